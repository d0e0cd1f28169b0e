import { Command, ensure, type Decide } from '@app/kernel';
import type { CalendarEvent } from '../calendar.events.js';
import { calendarRules } from '../calendar.rules.js';
import type { CalendarState } from '../calendar.state.js';
import { defined } from '../weekly-hours.js';

export class RevokeHoliday extends Command<{ readonly date: string; readonly reason: string }> {}

export const revokeHoliday: Decide<RevokeHoliday, CalendarState, CalendarEvent> = (
  { data: { date, reason } },
  state,
) => {
  const { holidays, revokedHolidays } = defined(state);
  if (revokedHolidays.get(date) === reason) return [];
  ensure(holidays.has(date), calendarRules.aHolidayThatIsRevokedWasDeclared, '', `${date} is no holiday.`);
  return [{ type: 'HolidayRevoked', data: { date, reason } }];
};
