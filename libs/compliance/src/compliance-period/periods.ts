import { cycleOf, firstDayOf, periodOf, type PeriodKey } from '@app/kernel';
import { Temporal } from 'temporal-polyfill';

/** `2011-Q3` comes after `2011-Q2`, `FY2018-19` after `FY2017-18`. */
export function periodBefore(key: PeriodKey): PeriodKey {
  const lastDayBefore = Temporal.PlainDate.from(firstDayOf(key)).subtract({ days: 1 }).toString();
  return periodOf(lastDayBefore, cycleOf(key) ?? 'month');
}
