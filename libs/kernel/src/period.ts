import { Temporal } from 'temporal-polyfill';

export const reportingCycles = ['month', 'quarter', 'year', 'fiscal-year'] as const;
export type ReportingCycle = (typeof reportingCycles)[number];

/** `2011-07`, `2011-Q3`, `2011` or `FY2018-19`, the fiscal year that starts in 2018: a period of the local calendar. */
export type PeriodKey = string;

const twoDigits = (count: number): string => String(count % 100).padStart(2, '0');
const fourDigits = (year: number): string => String(year).padStart(4, '0');

/** The period that a local date or date-time text (`2011-07-01...`) falls in; a fiscal year begins with its month 1 to 12. */
export function periodOf(localDate: string, cycle: ReportingCycle, fiscalYearStart = 1): PeriodKey {
  const year = localDate.slice(0, 4);
  if (cycle === 'year') return year;
  const month = localDate.slice(5, 7);
  if (cycle === 'month') return `${year}-${month}`;
  if (cycle === 'quarter') return `${year}-Q${Math.ceil(Number(month) / 3)}`;
  const first = Number(month) < fiscalYearStart ? Number(year) - 1 : Number(year);
  return `FY${fourDigits(first)}-${twoDigits(first + 1)}`;
}

const shapes: Record<ReportingCycle, RegExp> = {
  month: /^\d{4}-(0[1-9]|1[0-2])$/,
  quarter: /^\d{4}-Q[1-4]$/,
  year: /^\d{4}$/,
  'fiscal-year': /^FY\d{4}-\d{2}$/,
};

/** A fiscal year names the two years that it begins and ends in: FY2018-20 is none. */
export const isPeriodKey = (text: string, cycle: ReportingCycle): boolean =>
  shapes[cycle].test(text) && (cycle !== 'fiscal-year' || twoDigits(Number(text.slice(2, 6)) + 1) === text.slice(7));

export const cycleOf = (key: PeriodKey): ReportingCycle | undefined =>
  reportingCycles.find((cycle) => isPeriodKey(key, cycle));

const monthsOf: Record<ReportingCycle, number> = { month: 1, quarter: 3, year: 12, 'fiscal-year': 12 };

/** First day of a period, and of the one after it. */
function days(key: PeriodKey, fiscalYearStart: number): { first: Temporal.PlainDate; next: Temporal.PlainDate } {
  const cycle = cycleOf(key);
  if (cycle === undefined) throw new RangeError(`${key} is not a period: 2011-07, 2011-Q3, 2011 or FY2018-19`);
  const year = Number(cycle === 'fiscal-year' ? key.slice(2, 6) : key.slice(0, 4));
  const month = {
    month: () => Number(key.slice(5)),
    quarter: () => Number(key.slice(6)) * 3 - 2,
    year: () => 1,
    'fiscal-year': () => fiscalYearStart,
  }[cycle]();
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return { first, next: first.add({ months: monthsOf[cycle] }) };
}

/** Local date on which a period begins: periods of any cycles are in order of it. */
export const firstDayOf = (key: PeriodKey, fiscalYearStart = 1): string => days(key, fiscalYearStart).first.toString();

const mostBounds = 10_000;
const boundsKnown = new Map<string, readonly [from: number, to: number]>();

/** Half-open `[from, to)` as UTC instants: boundaries are midnights of the local calendar. */
export function boundsOf(key: PeriodKey, timeZone: string, fiscalYearStart = 1): { from: Date; to: Date } {
  // Calendar arithmetic is slow, and figures of many indicators ask about the same few periods.
  const name = `${key} ${timeZone} ${fiscalYearStart}`;
  let bounds = boundsKnown.get(name);
  if (bounds === undefined) {
    const { first, next } = days(key, fiscalYearStart);
    const midnight = (day: Temporal.PlainDate): number => day.toZonedDateTime(timeZone).epochMilliseconds;
    bounds = [midnight(first), midnight(next)];
    if (boundsKnown.size >= mostBounds) boundsKnown.clear();
    boundsKnown.set(name, bounds);
  }
  return { from: new Date(bounds[0]), to: new Date(bounds[1]) };
}
