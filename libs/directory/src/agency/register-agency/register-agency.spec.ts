import { specFor } from '@app/testing';
import { agency } from '../agency.state.js';
import { agencyRules } from '../agency.rules.js';
import { boston, bostonRegistered } from '../agency.examples.js';
import { RegisterAgency, registerAgency } from './register-agency.js';

const { given } = specFor(agency, RegisterAgency, registerAgency);

describe('register an agency', () => {
  it('is registered under its name and time zone', () => given().when(boston).then(bostonRegistered));
  it('sent twice, nothing happens', () => given(bostonRegistered).when(boston).then());
  it(agencyRules.anAgencyIsRegisteredOnce.sentence, () =>
    given(bostonRegistered)
      .when({ ...boston, name: 'Boston' })
      .refused(agencyRules.anAgencyIsRegisteredOnce),
  );
  it(agencyRules.anAgencyNamesAKnownTimeZone.sentence, () =>
    given()
      .when({ ...boston, timeZone: 'Mars/Olympus' })
      .refused(agencyRules.anAgencyNamesAKnownTimeZone, '/timeZone'),
  );
});
