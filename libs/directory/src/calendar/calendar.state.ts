import { unhandled, type Aggregate } from '@app/kernel';
import { calendarEvents, type CalendarEvent, type WorkingHours } from './calendar.events.js';

export interface HoursInForce {
  /** First day; absent for the hours of the definition, which hold for all days before the first change. */
  readonly effectiveFrom?: string;
  readonly weeklyHours: readonly WorkingHours[];
}

/** When an agency works: days and times of its own wall clock. */
export interface BusinessCalendar {
  readonly name: string;
  readonly timeZone: string;
  /** In order of time. */
  readonly hours: readonly [HoursInForce, ...HoursInForce[]];
  /** Name by date. */
  readonly holidays: ReadonlyMap<string, string>;
  /** Reason by date, for a revocation that is sent twice. */
  readonly revokedHolidays: ReadonlyMap<string, string>;
}

export type CalendarState = { readonly status: 'absent' } | (BusinessCalendar & { readonly status: 'defined' });

export const calendar: Aggregate<CalendarState, CalendarEvent> = {
  category: 'calendar',
  events: calendarEvents,
  initial: { status: 'absent' },
  evolve: (state, event) => {
    if (event.type === 'CalendarDefined') {
      const { name, timeZone, weeklyHours } = event.data;
      return {
        status: 'defined',
        name,
        timeZone,
        hours: [{ weeklyHours }],
        holidays: new Map(),
        revokedHolidays: new Map(),
      };
    }
    if (state.status === 'absent') return state;
    switch (event.type) {
      case 'WorkingHoursChanged':
        return { ...state, hours: [...state.hours, event.data] };
      case 'HolidayDeclared': {
        const { date, name } = event.data;
        return {
          ...state,
          holidays: new Map(state.holidays).set(date, name),
          revokedHolidays: without(state.revokedHolidays, date),
        };
      }
      case 'HolidayRevoked': {
        const { date, reason } = event.data;
        return {
          ...state,
          holidays: without(state.holidays, date),
          revokedHolidays: new Map(state.revokedHolidays).set(date, reason),
        };
      }
      default:
        return unhandled(event);
    }
  },
};

const without = (all: ReadonlyMap<string, string>, date: string): ReadonlyMap<string, string> =>
  new Map([...all].filter(([one]) => one !== date));
