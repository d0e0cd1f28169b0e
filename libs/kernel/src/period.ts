import { Temporal } from 'temporal-polyfill';

export const reportingCycles = ['month', 'quarter', 'year'] as const;
export type ReportingCycle = (typeof reportingCycles)[number];

/** `2011-07`, `2011-Q3` or `2011`: a calendar period. */
export type PeriodKey = string;

/** The period that a local date or date-time text (`2011-07-01...`) falls in. */
export function periodOf(localDate: string, cycle: ReportingCycle): PeriodKey {
  const year = localDate.slice(0, 4);
  if (cycle === 'year') return year;
  const month = localDate.slice(5, 7);
  return cycle === 'month' ? `${year}-${month}` : `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

const shapes: Record<ReportingCycle, RegExp> = {
  month: /^\d{4}-(0[1-9]|1[0-2])$/,
  quarter: /^\d{4}-Q[1-4]$/,
  year: /^\d{4}$/,
};

export const isPeriodKey = (text: string, cycle: ReportingCycle): boolean => shapes[cycle].test(text);

export const cycleOf = (key: PeriodKey): ReportingCycle | undefined =>
  reportingCycles.find((cycle) => isPeriodKey(key, cycle));

/** Half-open `[from, to)` as UTC instants: boundaries are midnights of the local calendar. */
export function boundsOf(key: PeriodKey, timeZone: string): { from: Date; to: Date } {
  const cycle = cycleOf(key);
  if (cycle === undefined) throw new RangeError(`${key} is not a period: 2011-07, 2011-Q3 or 2011`);
  const year = Number(key.slice(0, 4));
  const month = cycle === 'year' ? 1 : cycle === 'month' ? Number(key.slice(5)) : Number(key.slice(6)) * 3 - 2;
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  const next = first.add({ months: cycle === 'year' ? 12 : cycle === 'quarter' ? 3 : 1 });
  const midnight = (day: Temporal.PlainDate): Date => new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
  return { from: midnight(first), to: midnight(next) };
}
