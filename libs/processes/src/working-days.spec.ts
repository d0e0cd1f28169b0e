import { readerOf } from '../spec-support/reader.js';
import { dayAt, endOf, workingDayAfter, workingDaysOf } from './working-days.js';

const registered = { type: 'AgencyRegistered', data: { name: 'City of Boston', timeZone: 'America/New_York' } };
const mondays = [{ weekday: 'monday', from: '09:00', to: '17:00' }];
const office = [
  { type: 'CalendarDefined', data: { name: 'Office', timeZone: 'America/New_York', weeklyHours: mondays } },
  { type: 'HolidayDeclared', data: { date: '2026-04-20', name: "Patriots' Day" } },
];
const of = (streams: Parameters<typeof readerOf>[0]) => workingDaysOf(readerOf(streams), 'boston');
const boston = { 'agency-boston/boston': [registered] };

describe('the working days of an agency', () => {
  it('are those of its calendar called office', async () => {
    const days = await of({ ...boston, 'calendar-boston/office': office });
    // Mondays only, and the second one is a holiday.
    expect(workingDayAfter(days, '2026-04-10', 2)).toBe('2026-04-27');
  });
  it('are Monday to Friday where it has none', async () =>
    expect(workingDayAfter(await of(boston), '2026-04-17', 2)).toBe('2026-04-21'));
  it('end at midnight where the agency is, also when the clocks change', async () => {
    const days = await of(boston);
    expect(endOf(days, '2026-03-07')).toBe('2026-03-08T00:00:00-05:00');
    expect(endOf(days, '2026-03-08')).toBe('2026-03-09T00:00:00-04:00');
    expect(dayAt(days, '2026-03-09T03:59:59.999Z')).toBe('2026-03-08');
    expect(dayAt(days, '2026-03-09T04:00:00Z')).toBe('2026-03-09');
  });
  it('are counted in UTC for an agency that is not registered', async () =>
    expect(endOf(await of({}), '2026-02-28')).toBe('2026-03-01T00:00:00+00:00'));
});
