import { cycleOf, firstDayOf, type PeriodKey } from '@app/kernel';
import { Temporal } from 'temporal-polyfill';

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
