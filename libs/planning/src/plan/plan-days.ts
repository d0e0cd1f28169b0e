import { boundsOf, cycleOf, firstDayOf, type PeriodKey } from '@app/kernel';

/** First and last calendar day. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

const aDay = 24 * 60 * 60 * 1000;

/** Month 1 to 12 in which the fiscal years of a plan begin: the month that the plan itself begins in. */
export const fiscalYearStartOf = ({ from }: Days): number => Number(from.slice(5, 7));

/** First and last day of a period; undefined for what is no period. */
export function daysOf(period: PeriodKey, fiscalYearStart: number): Days | undefined {
  if (cycleOf(period) === undefined) return undefined;
  const { to } = boundsOf(period, 'UTC', fiscalYearStart);
  return {
    from: firstDayOf(period, fiscalYearStart),
    to: new Date(to.getTime() - aDay).toISOString().slice(0, 10),
  };
}

export const overlap = (left: Days, right: Days): boolean => left.from <= right.to && right.from <= left.to;
