import { specFor } from '@app/testing';
import { hoursChanged, office, officeDefined, officeHours } from '../calendar.examples.js';
import { calendarRules } from '../calendar.rules.js';
import { calendar } from '../calendar.state.js';
import { DefineCalendar, defineCalendar } from './define-calendar.js';

const { given } = specFor(calendar, DefineCalendar, defineCalendar);
const facts = { isRegistered: true, today: '2026-01-05' };
const on = (from: string, to: string) => ({ weekday: 'monday' as const, from, to });

describe('define a business calendar', () => {
  it('is defined with its hours in order', () =>
    given()
      .when({ ...office, weeklyHours: officeHours.toReversed() }, { facts })
      .then(officeDefined));
  it('sent twice, nothing happens', () => {
    given(officeDefined).when(office, { facts }).then();
    given(officeDefined, hoursChanged).when(office, { facts }).then();
  });
  it.each([
    ['name', 'Hours'],
    ['timeZone', 'America/Chicago'],
    ['weeklyHours', [on('09:00', '12:00')]],
  ])(`${calendarRules.aCalendarIsDefinedOnce.sentence} Not with another %s.`, (field, value) =>
    given(officeDefined)
      .when({ ...office, [field]: value }, { facts })
      .refused(calendarRules.aCalendarIsDefinedOnce),
  );
  it(calendarRules.aCalendarBelongsToARegisteredAgency.sentence, () =>
    given()
      .when(office, { facts: { ...facts, isRegistered: false } })
      .refused(calendarRules.aCalendarBelongsToARegisteredAgency),
  );
  it(calendarRules.aCalendarNamesAKnownTimeZone.sentence, () =>
    given()
      .when({ ...office, timeZone: 'Mars/Olympus' }, { facts })
      .refused(calendarRules.aCalendarNamesAKnownTimeZone, '/timeZone'),
  );
  it(calendarRules.aWeekHasWorkingHours.sentence, () =>
    given()
      .when({ ...office, weeklyHours: [] }, { facts })
      .refused(calendarRules.aWeekHasWorkingHours, '/weeklyHours'),
  );
  it.each([
    ['09:00', '09:00'],
    ['17:00', '09:00'],
    ['22:00', '06:00'],
    ['24:00', '24:00'],
    ['09:00', '24:01'],
    ['09:00', '12:60'],
    ['9:00', '12:00'],
  ])(`${calendarRules.workingHoursLieWithinTheDay.sentence} Not %s to %s.`, (from, to) =>
    given()
      .when({ ...office, weeklyHours: [on('00:00', '01:00'), on(from, to)] }, { facts })
      .refused(calendarRules.workingHoursLieWithinTheDay, '/weeklyHours/1'),
  );
  it.each([
    [on('09:00', '12:00'), on('11:59', '13:00')],
    [on('09:00', '12:00'), on('09:00', '12:00')],
    [on('09:00', '17:00'), on('10:00', '11:00')],
  ])(`${calendarRules.workingHoursDoNotOverlap.sentence} Not %j and %j.`, (...weeklyHours) =>
    given()
      .when({ ...office, weeklyHours }, { facts })
      .refused(calendarRules.workingHoursDoNotOverlap, '/weeklyHours'),
  );
  it('hours that touch do not overlap', () => {
    const weeklyHours = [on('09:00', '12:00'), on('12:00', '24:00')];
    given()
      .when({ ...office, weeklyHours }, { facts })
      .then({ type: 'CalendarDefined', data: { ...office, weeklyHours } });
  });
});
