import { cycleOf, periodOf, type PeriodKey, type ReportingCycle } from '@app/kernel';
import { Temporal } from 'temporal-polyfill';

const starts = (key: PeriodKey): Temporal.PlainDate => {
  const quarter = /-Q([1-4])$/.exec(key)?.[1];
  const month = quarter === undefined ? Number(key.slice(5) || '1') : Number(quarter) * 3 - 2;
  return Temporal.PlainDate.from({ year: Number(key.slice(0, 4)), month, day: 1 });
};

/** `2011-Q3` starts on `2011-07-01`. */
export const firstDayOf = (key: PeriodKey): string => starts(key).toString();

/** `2011-Q3` comes after `2011-Q2`. */
export const periodBefore = (key: PeriodKey): PeriodKey =>
  periodOf(starts(key).subtract({ days: 1 }).toString(), cycleOf(key) ?? 'month');

/** How far back a case that falls due or closes in a period may have been opened. */
export const yearsBack = 5;

/**
 * Ledgers are kept by the opening of their cases. By due date or closing, a case of the period may have been opened
 * long before it; a ledger that does not exist costs one read.
 */
export function ledgersFor(
  period: PeriodKey,
  cycle: ReportingCycle,
  attribution: 'opening' | 'due' | 'closing',
): readonly PeriodKey[] {
  const own = cycleOf(period) ?? 'month';
  const first = starts(period);
  const end = first.add({ months: months[own] });
  const keys: PeriodKey[] = [];
  let day = attribution === 'opening' ? first : first.subtract({ years: yearsBack });
  for (; Temporal.PlainDate.compare(day, end) < 0; day = day.add({ months: 1 })) {
    const key = periodOf(day.toString(), cycle);
    if (keys.at(-1) !== key) keys.push(key);
  }
  return keys;
}

const months: Record<ReportingCycle, number> = { month: 1, quarter: 3, year: 12, 'fiscal-year': 12 };
