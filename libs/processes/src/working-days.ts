import { addWorkingDays, agency, calendar, type BusinessCalendar } from '@app/directory/events';
import type { AggregateReader } from '@app/event-store';
import { inZone, onWallClock, type OffsetDateTime } from '@app/kernel';
import { Temporal } from 'temporal-polyfill';

/** Days of an agency: its business calendar, and the zone in which its days begin and end. */
export interface WorkingDays {
  readonly timeZone: string;
  readonly calendar: BusinessCalendar;
}

/** Id of the calendar that deadlines are counted by. */
const officeCalendar = 'office';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;

/** For an agency without an office calendar: Monday to Friday, without holidays. */
const mondayToFriday = (timeZone: string): BusinessCalendar => ({
  name: 'Monday to Friday',
  timeZone,
  hours: [{ weeklyHours: weekdays.map((weekday) => ({ weekday, from: '00:00', to: '24:00' })) }],
  holidays: new Map(),
  revokedHolidays: new Map(),
});

/** As the calendar stands now: a holiday that is declared later moves the deadlines that are still to come. */
export async function workingDaysOf(reader: AggregateReader, tenant: string): Promise<WorkingDays> {
  const { state: registered } = await reader.load(agency, tenant, tenant);
  const { state: office } = await reader.load(calendar, tenant, officeCalendar);
  const timeZone = registered.status === 'registered' ? registered.timeZone : 'UTC';
  return { timeZone, calendar: office.status === 'defined' ? office : mondayToFriday(timeZone) };
}

/** The `days`-th working day after `date`. */
export const workingDayAfter = ({ calendar: of }: WorkingDays, date: string, days: number): string =>
  addWorkingDays(of, date, days);

/** First moment after a day: until then there is time. */
export const endOf = ({ timeZone }: WorkingDays, date: string): OffsetDateTime =>
  inZone(`${dayAfter(date)}T00:00:00`, timeZone);

/** Calendar day, where the agency is, at a moment. */
export const dayAt = ({ timeZone }: WorkingDays, now: string): string => onWallClock(now, timeZone).slice(0, 10);

export const dayAfter = (date: string): string => Temporal.PlainDate.from(date).add({ days: 1 }).toString();
