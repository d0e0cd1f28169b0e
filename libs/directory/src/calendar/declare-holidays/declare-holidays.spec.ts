import { specFor } from '@app/testing';
import {
  independenceDay,
  independenceDayDeclared,
  officeDefined,
  patriotsDay,
  patriotsDayDeclared,
  patriotsDayRevoked,
} from '../calendar.examples.js';
import { calendarRules } from '../calendar.rules.js';
import { calendar } from '../calendar.state.js';
import { DeclareHolidays, declareHolidays } from './declare-holidays.js';

const { given } = specFor(calendar, DeclareHolidays, declareHolidays);

describe('declare holidays', () => {
  it('are declared together', () =>
    given(officeDefined)
      .when({ holidays: [patriotsDay, independenceDay] })
      .then(patriotsDayDeclared, independenceDayDeclared));
  it('sent twice, nothing happens', () =>
    given(officeDefined, patriotsDayDeclared, independenceDayDeclared)
      .when({ holidays: [patriotsDay, independenceDay] })
      .then());
  it('listed twice in one request, it is declared once', () =>
    given(officeDefined)
      .when({ holidays: [patriotsDay, patriotsDay] })
      .then(patriotsDayDeclared));
  it('after its revocation, a day is a holiday again', () =>
    given(officeDefined, patriotsDayDeclared, patriotsDayRevoked)
      .when({ holidays: [patriotsDay] })
      .then(patriotsDayDeclared));
  it(calendarRules.aDayIsOneHoliday.sentence, () => {
    const renamed = { ...patriotsDay, name: 'Marathon Monday' };
    given(officeDefined, patriotsDayDeclared)
      .when({ holidays: [independenceDay, renamed] })
      .refused(calendarRules.aDayIsOneHoliday, '/holidays/1/date');
    given(officeDefined)
      .when({ holidays: [patriotsDay, renamed] })
      .refused(calendarRules.aDayIsOneHoliday, '/holidays/1/date');
  });
  it('belong to a calendar that is defined', () =>
    given()
      .when({ holidays: [patriotsDay] })
      .refused(calendarRules.aCalendarIsDefinedFirst));
});
