import { specFor } from '@app/testing';
import { change, hoursChanged, office, officeDefined } from '../calendar.examples.js';
import { calendarRules } from '../calendar.rules.js';
import { calendar } from '../calendar.state.js';
import { ChangeWorkingHours, changeWorkingHours } from './change-working-hours.js';

const { given } = specFor(calendar, ChangeWorkingHours, changeWorkingHours);

describe('change working hours', () => {
  it('change from a day on', () => given(officeDefined).when(change).then(hoursChanged));
  it('sent twice, nothing happens', () => given(officeDefined, hoursChanged).when(change).then());
  it('hours that hold already do not change', () =>
    given(officeDefined)
      .when({ ...change, weeklyHours: office.weeklyHours })
      .then());
  it('change back later', () => {
    const back = { effectiveFrom: '2026-09-07', weeklyHours: office.weeklyHours };
    given(officeDefined, hoursChanged).when(back).then({ type: 'WorkingHoursChanged', data: back });
  });
  it.each(['2026-03-02', '2026-03-01'])(
    `${calendarRules.changesOfHoursFollowOneAnother.sentence} Not on %s.`,
    (effectiveFrom) =>
      given(officeDefined, hoursChanged)
        .when({ effectiveFrom, weeklyHours: office.weeklyHours })
        .refused(calendarRules.changesOfHoursFollowOneAnother, '/effectiveFrom'),
  );
  it('keep to the rules of working hours', () =>
    given(officeDefined)
      .when({ ...change, weeklyHours: [{ weekday: 'sunday', from: '10:00', to: '10:00' }] })
      .refused(calendarRules.workingHoursLieWithinTheDay, '/weeklyHours/0'));
  it(calendarRules.aCalendarIsDefinedFirst.sentence, () =>
    given().when(change).refused(calendarRules.aCalendarIsDefinedFirst),
  );
});
