import { cycleOf, firstDayOf, periodOf, type PeriodKey } from '@app/kernel';
import { Temporal } from 'temporal-polyfill';

/** `2011-Q3` comes after `2011-Q2`, `FY2018-19` after `FY2017-18`. */
export function periodBefore(key: PeriodKey): PeriodKey {
  const lastDayBefore = Temporal.PlainDate.from(firstDayOf(key)).subtract({ days: 1 }).toString();
  return periodOf(lastDayBefore, cycleOf(key) ?? 'month');
}

/** Whether readings of a ledger may belong to a period. */
export interface Ledger {
  readonly key: PeriodKey;
  readonly fiscalYearStart: number;
}

const months = { month: 1, quarter: 3, year: 12, 'fiscal-year': 12 } as const;

/** First day, and the first day after it. */
function daysOf({ key, fiscalYearStart }: Ledger): { readonly first: string; readonly next: string } {
  const first = firstDayOf(key, fiscalYearStart);
  const next = Temporal.PlainDate.from(first).add({ months: months[cycleOf(key) ?? 'month'] });
  return { first, next: next.toString() };
}

/**
 * Ledgers are kept by the opening of their cases: by due date or closing, a case of the period may be in any ledger that
 * began before the period ended.
 */
export function mayHoldReadingsOf(period: Ledger, ledger: Ledger, attribution: 'opening' | 'due' | 'closing'): boolean {
  const [asked, kept] = [daysOf(period), daysOf(ledger)];
  return kept.first < asked.next && (attribution !== 'opening' || asked.first < kept.next);
}
