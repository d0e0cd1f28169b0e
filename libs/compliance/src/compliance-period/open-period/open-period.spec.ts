import type { Active } from '@app/agreements/events';
import { specFor } from '@app/testing';
import { july, onTime, opened, opening } from '../compliance-period.examples.js';
import { compliancePeriodRules } from '../compliance-period.rules.js';
import { compliancePeriod } from '../compliance-period.state.js';
import { OpenPeriod, openPeriod, type OpenPeriodFacts } from './open-period.js';

const { given } = specFor(compliancePeriod, OpenPeriod, openPeriod);
const inForce: Active = {
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
  it('counts a fiscal year from the month that the agreement names', () => {
    const yearly = { ...inForce, effectiveFrom: '2018-04-01' };
    const objectives = [{ ...onTime, window: 'fiscal-year' as const, fiscalYearStart: 4 }];
    const agreement = { ...yearly, terms: { ...inForce.terms, objectives } };
    const { data } = opened as Extract<typeof opened, { type: 'CompliancePeriodOpened' }>;
    given()
      .when({ ...july, period: 'FY2018-19' }, { facts: { ...facts, agreement } })
      .then({
        type: 'CompliancePeriodOpened',
        data: { ...data, period: 'FY2018-19', from: '2018-04-01T04:00:00.000Z', to: '2019-04-01T04:00:00.000Z' },
      });
  });
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
