import { specFor } from '@app/testing';
import {
  cutOff,
  evaluated,
  evaluationOf,
  finalised,
  finalisedAt,
  july,
  opened,
} from '../compliance-period.examples.js';
import { compliancePeriodRules } from '../compliance-period.rules.js';
import { compliancePeriod, type CompliancePeriodState } from '../compliance-period.state.js';
import { FinalisePeriod, finalisePeriod } from './finalise-period.js';

const { given } = specFor(compliancePeriod, FinalisePeriod, finalisePeriod);
const none: CompliancePeriodState = { status: 'unopened' };
const beside = (facts: CompliancePeriodState, occurredAt = finalisedAt) => ({ occurredAt, facts });
const stateOf = (...events: Parameters<typeof compliancePeriod.evolve>[1][]) =>
  events.reduce(compliancePeriod.evolve, compliancePeriod.initial);

describe('finalise a compliance period', () => {
  it('is final when the dispute window is over', () =>
    given(opened, cutOff, evaluated('96.5')).when(july, beside(none)).then(finalised('96.5')));
  it('is final after a final period that its evaluation has counted', () => {
    const june = stateOf(opened, cutOff, evaluated('98'), finalised('98'));
    const counted = evaluationOf('96.5', {
      pin: { period: '2011-06', resultHash: evaluationOf('98').resultHash },
      missed: [],
    });
    given(opened, cutOff, { type: 'ComplianceEvaluated', data: counted })
      .when(july, beside(june))
      .then({ type: 'ComplianceFinalised', data: { finalisedAt, resultHash: counted.resultHash } });
  });
  it('sent twice, nothing happens', () =>
    given(opened, cutOff, evaluated('96.5'), finalised('96.5')).when(july, beside(none)).then());
  it(compliancePeriodRules.aPeriodIsOpenedFirst.sentence, () =>
    given().when(july, beside(none)).refused(compliancePeriodRules.aPeriodIsOpenedFirst),
  );
  it(compliancePeriodRules.onlyAnEvaluatedPeriodIsFinalised.sentence, () =>
    given(opened, cutOff).when(july, beside(none)).refused(compliancePeriodRules.onlyAnEvaluatedPeriodIsFinalised),
  );
  it(compliancePeriodRules.aPeriodIsFinalAfterItsDisputeWindow.sentence, () =>
    given(opened, cutOff, evaluated('96.5'))
      .when(july, beside(none, '2011-08-16T08:59:59Z'))
      .refused(compliancePeriodRules.aPeriodIsFinalAfterItsDisputeWindow),
  );
  it(compliancePeriodRules.periodsAreFinalisedInOrder.sentence, () =>
    given(opened, cutOff, evaluated('96.5'))
      .when(july, beside(stateOf(opened, cutOff, evaluated('98'))))
      .refused(compliancePeriodRules.periodsAreFinalisedInOrder),
  );
  it(compliancePeriodRules.repeatsCountFinalFigures.sentence, () =>
    given(opened, cutOff, evaluated('96.5'))
      .when(july, beside(stateOf(opened, cutOff, evaluated('98'), finalised('98'))))
      .refused(compliancePeriodRules.repeatsCountFinalFigures),
  );
});
