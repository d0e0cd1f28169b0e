import { Command, ensure, isTimeZone, type Decide } from '@app/kernel';
import type { AgencyFacts } from '../../agency/agency-facts.js';
import type { CalendarEvent, WorkingHours } from '../calendar.events.js';
import { calendarRules } from '../calendar.rules.js';
import type { CalendarState } from '../calendar.state.js';
import { orderedHours, sameHours } from '../weekly-hours.js';

export class DefineCalendar extends Command<{
  readonly name: string;
  readonly timeZone: string;
  readonly weeklyHours: readonly WorkingHours[];
}> {}

export const defineCalendar: Decide<DefineCalendar, CalendarState, CalendarEvent, AgencyFacts> = (
  { data: { name, timeZone, weeklyHours: given } },
  state,
  agency,
) => {
  ensure(agency.isRegistered, calendarRules.aCalendarBelongsToARegisteredAgency);
  ensure(isTimeZone(timeZone), calendarRules.aCalendarNamesAKnownTimeZone, '/timeZone');
  const weeklyHours = orderedHours(given);
  if (state.status === 'defined') {
    ensure(
      state.name === name && state.timeZone === timeZone && sameHours(state.hours[0].weeklyHours, weeklyHours),
      calendarRules.aCalendarIsDefinedOnce,
      '',
      `It stands as ${state.name}, ${state.timeZone}.`,
    );
    return [];
  }
  return [{ type: 'CalendarDefined', data: { name, timeZone, weeklyHours } }];
};
