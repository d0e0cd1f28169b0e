import { specFor } from '@app/testing';
import {
  cutOff,
  evaluated,
  evaluatedAt,
  evaluationOf,
  finalised,
  july,
  measured,
  onTime,
  opened,
} from '../compliance-period.examples.js';
import { compliancePeriodRules } from '../compliance-period.rules.js';
import { compliancePeriod } from '../compliance-period.state.js';
import { EvaluatePeriod, evaluatePeriod, type EvaluateFacts } from './evaluate-period.js';

const { given } = specFor(compliancePeriod, EvaluatePeriod, evaluatePeriod);
const facts = (value: string, previous?: EvaluateFacts['previous']) => ({
  occurredAt: evaluatedAt,
  facts: {
    objectives: [onTime],
    measures: [measured(value)],
    ...(previous === undefined ? {} : { previous }),
  } satisfies EvaluateFacts,
});
const juneMissed = {
  pin: { period: '2011-06', resultHash: 'b'.repeat(64) },
  missed: [{ objectiveId: 'on-time', scope: 'all', repeatCount: 0 }],
};

describe('evaluate a compliance period', () => {
  it('records figure, verdict, severity, pins and both hashes', () => {
    given(opened, cutOff).when(july, facts('96.5')).then(evaluated('96.5'));
    expect(evaluationOf('96.5')).toMatchObject({
      results: [{ n: 200, value: '96.5', verdict: 'NotMet', severity: 'Severe', belowMinimum: true, repeatCount: 0 }],
      pins: { agreementVersion: 1, readings: [{ ledger: '2011-07', revision: '199' }], engineVersion: '1' },
      inputHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      resultHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
  it('sent twice with the same inputs, nothing happens', () => {
    given(opened, cutOff, evaluated('96.5')).when(july, facts('96.5')).then();
    given(opened, cutOff, evaluated('96.5'), finalised('96.5')).when(july, facts('96.5')).then();
  });
  it('counts a repeat when the period before became final since', () =>
    given(opened, cutOff, evaluated('96.5'))
      .when(july, facts('96.5', juneMissed))
      .then({ type: 'ComplianceEvaluated', data: evaluationOf('96.5', juneMissed) }));
  it(compliancePeriodRules.aPeriodIsOpenedFirst.sentence, () =>
    given().when(july, facts('96.5')).refused(compliancePeriodRules.aPeriodIsOpenedFirst),
  );
  it(compliancePeriodRules.onlyACutOffPeriodIsEvaluated.sentence, () =>
    given(opened).when(july, facts('96.5')).refused(compliancePeriodRules.onlyACutOffPeriodIsEvaluated),
  );
  it(compliancePeriodRules.aFinalFigureIsNeverEdited.sentence, () =>
    given(opened, cutOff, evaluated('96.5'), finalised('96.5'))
      .when(july, facts('96.5', juneMissed))
      .refused(compliancePeriodRules.aFinalFigureIsNeverEdited),
  );
});
