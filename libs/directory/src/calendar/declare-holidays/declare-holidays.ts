import { Command, ensure, type Decide } from '@app/kernel';
import type { CalendarEvent } from '../calendar.events.js';
import { calendarRules } from '../calendar.rules.js';
import type { CalendarState } from '../calendar.state.js';
import { defined } from '../weekly-hours.js';

export interface Holiday {
  readonly date: string;
  readonly name: string;
}

/** All of them or none. */
export class DeclareHolidays extends Command<{ readonly holidays: readonly Holiday[] }> {}

export const declareHolidays: Decide<DeclareHolidays, CalendarState, CalendarEvent> = ({ data }, state) => {
  const known = new Map(defined(state).holidays);
  const events: CalendarEvent[] = [];
  for (const [at, { date, name }] of data.holidays.entries()) {
    const standing = known.get(date);
    ensure(
      standing === undefined || standing === name,
      calendarRules.aDayIsOneHoliday,
      `/holidays/${at}/date`,
      `${date} is ${standing}.`,
    );
    if (standing === undefined) events.push({ type: 'HolidayDeclared', data: { date, name } });
    known.set(date, name);
  }
  return events;
};
