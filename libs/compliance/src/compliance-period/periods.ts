import { cycleOf, periodOf, type PeriodKey } from '@app/kernel';
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
