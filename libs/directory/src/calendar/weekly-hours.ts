import { ensure } from '@app/kernel';
import { weekdays, type WorkingHours } from './calendar.events.js';
import { calendarRules } from './calendar.rules.js';
import type { BusinessCalendar, CalendarState } from './calendar.state.js';

/** Checked, and in order of weekday and time. Text order of `HH:MM` is time order. */
export function orderedHours(given: readonly WorkingHours[]): WorkingHours[] {
  ensure(given.length > 0, calendarRules.aWeekHasWorkingHours, '/weeklyHours');
  for (const [at, { from, to }] of given.entries())
    ensure(
      isTimeOfDay(from) && (isTimeOfDay(to) || to === '24:00') && from < to,
      calendarRules.workingHoursLieWithinTheDay,
      `/weeklyHours/${at}`,
    );
  const ordered = given
    .map(({ weekday, from, to }) => ({ weekday, from, to }))
    .sort(
      (left, right) =>
        weekdays.indexOf(left.weekday) - weekdays.indexOf(right.weekday) || (left.from < right.from ? -1 : 1),
    );
  for (const [at, { weekday, from, to }] of ordered.entries()) {
    const next = ordered[at + 1];
    ensure(
      next === undefined || next.weekday !== weekday || to <= next.from,
      calendarRules.workingHoursDoNotOverlap,
      '/weeklyHours',
      `${weekday} ${from} to ${to} and ${next?.from} to ${next?.to}.`,
    );
  }
  return ordered;
}

const isTimeOfDay = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

export const sameHours = (left: readonly WorkingHours[], right: readonly WorkingHours[]): boolean =>
  left.length === right.length &&
  left.every(({ weekday, from, to }, at) => {
    const other = right[at]!;
    return weekday === other.weekday && from === other.from && to === other.to;
  });

export function defined(state: CalendarState): BusinessCalendar {
  ensure(state.status === 'defined', calendarRules.aCalendarIsDefinedFirst);
  return state;
}
