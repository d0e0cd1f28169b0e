import { specFor } from '@app/testing';
import { officeDefined, patriotsDayDeclared, patriotsDayRevoked, revocation } from '../calendar.examples.js';
import { calendarRules } from '../calendar.rules.js';
import { calendar } from '../calendar.state.js';
import { RevokeHoliday, revokeHoliday } from './revoke-holiday.js';

const { given } = specFor(calendar, RevokeHoliday, revokeHoliday);

describe('revoke a holiday', () => {
  it('is revoked for a reason', () =>
    given(officeDefined, patriotsDayDeclared).when(revocation).then(patriotsDayRevoked));
  it('sent twice, nothing happens', () =>
    given(officeDefined, patriotsDayDeclared, patriotsDayRevoked).when(revocation).then());
  it('is revoked again after it was declared again', () =>
    given(officeDefined, patriotsDayDeclared, patriotsDayRevoked, patriotsDayDeclared)
      .when(revocation)
      .then(patriotsDayRevoked));
  it(calendarRules.aHolidayThatIsRevokedWasDeclared.sentence, () => {
    given(officeDefined).when(revocation).refused(calendarRules.aHolidayThatIsRevokedWasDeclared);
    given(officeDefined, patriotsDayDeclared, patriotsDayRevoked)
      .when({ ...revocation, reason: 'Mistake' })
      .refused(calendarRules.aHolidayThatIsRevokedWasDeclared);
  });
  it('belongs to a calendar that is defined', () =>
    given().when(revocation).refused(calendarRules.aCalendarIsDefinedFirst));
});
