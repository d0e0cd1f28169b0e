import type { AgreementState } from '@app/agreements/events';
import { specFor } from '@app/testing';
import { july, onTime, opened, opening } from '../compliance-period.examples.js';
import { compliancePeriodRules } from '../compliance-period.rules.js';
import { compliancePeriod } from '../compliance-period.state.js';
import { OpenPeriod, openPeriod, type OpenPeriodFacts } from './open-period.js';

const { given } = specFor(compliancePeriod, OpenPeriod, openPeriod);
const inForce: AgreementState = {
  status: 'active',
  version: 1,
  effectiveFrom: '2011-07-01',
  contentHash: opening.contentHash,
  signatures: [],
  terms: {
    title: 'Street services',
    kind: 'SLA',
    serviceIds: ['streets'],
    disputeWindowDays: 10,
    parties: [],
    objectives: [onTime],
    consequences: [],
    author: 'p-clerk',
    removedObjectives: [],
  },
};
const facts: OpenPeriodFacts = { agreement: inForce, agreementRevision: 9n, timeZone: 'America/New_York' };

describe('open a compliance period', () => {
  it('pins the agreement in force and the bounds in the zone of the agency', () =>
    given().when(july, { facts }).then(opened));
  it('sent twice, nothing happens', () => given(opened).when(july, { facts }).then());
  it(compliancePeriodRules.aPeriodIsACalendarPeriod.sentence, () =>
    given()
      .when({ ...july, period: 'July' }, { facts })
      .refused(compliancePeriodRules.aPeriodIsACalendarPeriod, '/period'),
  );
  it(compliancePeriodRules.anAgreementIsInForceWhenItsPeriodStarts.sentence, () =>
    given()
      .when({ ...july, period: '2011-06' }, { facts })
      .refused(compliancePeriodRules.anAgreementIsInForceWhenItsPeriodStarts, '/period'),
  );
  it(compliancePeriodRules.aPeriodIsTheWindowOfAnObjective.sentence, () =>
    given()
      .when({ ...july, period: '2011-Q3' }, { facts })
      .refused(compliancePeriodRules.aPeriodIsTheWindowOfAnObjective, '/period'),
  );
  it(compliancePeriodRules.anAgencyIsRegisteredFirst.sentence, () =>
    given()
      .when(july, { facts: { ...facts, timeZone: undefined } })
      .refused(compliancePeriodRules.anAgencyIsRegisteredFirst),
  );
});
