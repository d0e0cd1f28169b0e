import { cycleOf, type PeriodKey } from '@app/kernel';
import { Rational, type Amount } from './rational.js';

/** What is expected by the end of a period. */
export interface Milestone {
  readonly period: PeriodKey;
  readonly expected: string;
}

/** An amount on a calendar day (`2018-04-01`). */
export interface DatedAmount {
  readonly on: string;
  readonly amount: Amount;
}

/** Days since 1970 of a calendar day. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** First calendar day after a period; a fiscal year begins with its month 1 to 12. */
export function dayAfter(period: PeriodKey, fiscalYearStart = 1): string {
  const cycle = cycleOf(period);
  if (cycle === undefined) throw new RangeError(`${period} is not a period`);
  const year = Number(cycle === 'fiscal-year' ? period.slice(2, 6) : period.slice(0, 4));
  const month = {
    month: Number(period.slice(5)),
    quarter: Number(period.slice(6)) * 3,
    year: 12,
    'fiscal-year': fiscalYearStart + 11,
  }[cycle];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

/**
 * What is expected on a day: a straight line from each stated point to the next, piecewise linear. Before the first point it is
 * that point's amount, after the last one that one's. Undefined when no point is stated.
 */
export function expectedOn(points: readonly DatedAmount[], date: string): Rational | undefined {
  const day = dayNumber(date);
  const line = points
    .map(({ on, amount }) => ({ day: dayNumber(on), amount: Rational.of(amount) }))
    .sort((a, b) => a.day - b.day);
  const next = line.findIndex((point) => point.day >= day);
  const [before, after] = next < 0 ? [line.at(-1), undefined] : [line[next - 1], line[next]];
  if (before === undefined || after === undefined) return (before ?? after)?.amount;
  const share = Rational.of(day - before.day).dividedBy(after.day - before.day);
  return before.amount.plus(after.amount.minus(before.amount).times(share));
}
