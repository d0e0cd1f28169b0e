import { instantSeconds, type OffsetDateTime } from '@app/kernel';
import { Temporal } from 'temporal-polyfill';
import { weekdays } from './calendar.events.js';
import type { BusinessCalendar, HoursInForce } from './calendar.state.js';
import { offsetsBetween } from './utc-offsets.js';

/** Half-open `[from, to)`, in seconds of the wall clock since midnight. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** A calendar in numbers. A day is its number since 1 January 1970. */
interface Timetable {
  /** Spans of each weekday from Monday on, by first day, in order of time. */
  readonly weeks: readonly { readonly from: number; readonly spans: readonly (readonly Span[])[] }[];
  readonly holidays: ReadonlySet<number>;
}

const daySeconds = 86_400;
const noSpans: readonly Span[] = [];

/** True when the calendar has working hours on that date. */
export const isWorkingDay = (calendar: BusinessCalendar, date: string): boolean =>
  spansOn(timetableOf(calendar), dayOf(date)).length > 0;

/**
 * The `days`-th working day after `date`, which itself does not count; before it when `days` is negative.
 * No days give the date as it is, working day or not.
 */
export function addWorkingDays(calendar: BusinessCalendar, date: string, days: number): string {
  if (!Number.isSafeInteger(days)) throw new RangeError(`${days} is not a number of whole days`);
  const timetable = timetableOf(calendar);
  const step = Math.sign(days);
  let day = dayOf(date);
  for (let left = Math.abs(days); left > 0;) {
    day += step;
    if (spansOn(timetable, day).length > 0) left--;
  }
  return dateOf(day);
}

/**
 * Seconds of real time in `[from, to)` at which the wall clock of the calendar shows a working time; 0 when `to` is not
 * after `from`. An hour that the clock shows twice counts twice, one that it leaves out does not count.
 */
export function workingSeconds(calendar: BusinessCalendar, from: OffsetDateTime, to: OffsetDateTime): number {
  const timetable = timetableOf(calendar);
  let seconds = 0;
  for (const stretch of offsetsBetween(calendar.timeZone, instantSeconds(from), instantSeconds(to))) {
    const [begin, end] = [stretch.from + stretch.offset, stretch.to + stretch.offset];
    for (let day = Math.floor(begin / daySeconds); day * daySeconds < end; day++) {
      const midnight = day * daySeconds;
      for (const span of spansOn(timetable, day))
        seconds += Math.max(0, Math.min(end, midnight + span.to) - Math.max(begin, midnight + span.from));
    }
  }
  return seconds;
}

const timetables = new WeakMap<BusinessCalendar, Timetable>();

function timetableOf(calendar: BusinessCalendar): Timetable {
  let timetable = timetables.get(calendar);
  if (timetable === undefined) {
    timetable = {
      weeks: calendar.hours.map(({ effectiveFrom, weeklyHours }) => ({
        from: effectiveFrom === undefined ? Number.NEGATIVE_INFINITY : dayOf(effectiveFrom),
        spans: weekdays.map((weekday) => spansOf(weeklyHours, weekday)),
      })),
      holidays: new Set([...calendar.holidays.keys()].map(dayOf)),
    };
    timetables.set(calendar, timetable);
  }
  return timetable;
}

const spansOf = (weeklyHours: HoursInForce['weeklyHours'], weekday: string): readonly Span[] =>
  weeklyHours
    .filter((hours) => hours.weekday === weekday)
    .map(({ from, to }) => ({ from: secondsOf(from), to: secondsOf(to) }));

const secondsOf = (time: string): number => Number(time.slice(0, 2)) * 3600 + Number(time.slice(3)) * 60;

function spansOn({ weeks, holidays }: Timetable, day: number): readonly Span[] {
  if (holidays.has(day)) return noSpans;
  const week = weeks.findLast(({ from }) => from <= day);
  // 1 January 1970 was a Thursday.
  return week?.spans[(((day + 3) % 7) + 7) % 7] ?? noSpans;
}

const epoch = Temporal.PlainDate.from('1970-01-01');
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / (daySeconds * 1000);
const dateOf = (day: number): string => epoch.add({ days: day }).toString();
