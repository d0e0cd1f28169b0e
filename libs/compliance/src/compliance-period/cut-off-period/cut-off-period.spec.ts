import { specFor } from '@app/testing';
import { cutOff, cutOffAt, cutOffFacts, july, opened } from '../compliance-period.examples.js';
import { compliancePeriodRules } from '../compliance-period.rules.js';
import { compliancePeriod } from '../compliance-period.state.js';
import { CutOffPeriod, cutOffPeriod } from './cut-off-period.js';

const { given } = specFor(compliancePeriod, CutOffPeriod, cutOffPeriod);
const at = (occurredAt: string) => ({ occurredAt, facts: cutOffFacts });

describe('cut off a compliance period', () => {
  it('pins where indicators and reading ledgers stand', () => given(opened).when(july, at(cutOffAt)).then(cutOff));
  it('is cut off at the very end of the period', () =>
    given(opened)
      .when(july, at('2011-08-01T04:00:00Z'))
      .then({ ...cutOff, data: { ...cutOff.data, at: '2011-08-01T04:00:00Z' } } as typeof cutOff));
  it('sent twice, nothing happens', () => given(opened, cutOff).when(july, at('2011-09-01T00:00:00Z')).then());
  it(compliancePeriodRules.aPeriodIsOpenedFirst.sentence, () =>
    given().when(july, at(cutOffAt)).refused(compliancePeriodRules.aPeriodIsOpenedFirst),
  );
  it(compliancePeriodRules.aPeriodIsCutOffAfterItsEnd.sentence, () =>
    given(opened).when(july, at('2011-08-01T03:59:59Z')).refused(compliancePeriodRules.aPeriodIsCutOffAfterItsEnd),
  );
});
