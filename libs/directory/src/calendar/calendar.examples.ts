import { weekdays, type CalendarEvent, type WorkingHours } from './calendar.events.js';

export const allDayHours: readonly WorkingHours[] = weekdays.map((weekday) => ({
  weekday,
  from: '00:00',
  to: '24:00',
}));
export const officeHours: readonly WorkingHours[] = weekdays.slice(0, 5).flatMap((weekday) => [
  { weekday, from: '09:00', to: '12:30' },
  { weekday, from: '13:00', to: '17:00' },
]);
export const longThursday: readonly WorkingHours[] = officeHours.map((hours) =>
  hours.weekday === 'thursday' && hours.from === '13:00' ? { ...hours, to: '19:00' } : hours,
);
export const office = { name: 'Office hours', timeZone: 'America/New_York', weeklyHours: [...officeHours] };
export const change = { effectiveFrom: '2026-03-02', weeklyHours: [...longThursday] };
export const independenceDay = { date: '2026-07-04', name: 'Independence Day' };
export const patriotsDay = { date: '2026-04-20', name: "Patriots' Day" };
export const revocation = { date: '2026-04-20', reason: 'Council order 2026/7' };

export const officeDefined: CalendarEvent = { type: 'CalendarDefined', data: office };
export const hoursChanged: CalendarEvent = { type: 'WorkingHoursChanged', data: change };
export const independenceDayDeclared: CalendarEvent = { type: 'HolidayDeclared', data: independenceDay };
export const patriotsDayDeclared: CalendarEvent = { type: 'HolidayDeclared', data: patriotsDay };
export const patriotsDayRevoked: CalendarEvent = { type: 'HolidayRevoked', data: revocation };
