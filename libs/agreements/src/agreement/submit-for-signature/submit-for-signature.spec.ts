import { specFor } from '@app/testing';
import {
  active,
  awaiting,
  complete,
  consumerAdded,
  drafted,
  onTime,
  onTimeAdded,
  points,
  pointsDefined,
  providerAdded,
  reviewSet,
  signedByAll,
  submitted,
} from '../agreement.examples.js';
import { agreementRules } from '../agreement.rules.js';
import { agreement } from '../agreement.state.js';
import { SubmitForSignature, submitForSignature } from './submit-for-signature.js';

const { given } = specFor(agreement, SubmitForSignature, submitForSignature);
const parties = [drafted, providerAdded, consumerAdded] as const;

describe('submit an agreement for signature', () => {
  it('is submitted with the hash of its content', () =>
    given(...complete)
      .when({})
      .then(submitted));
  it('has the same hash whatever the order in which it was written', () =>
    given(drafted, reviewSet, consumerAdded, onTimeAdded, providerAdded, pointsDefined).when({}).then(submitted));
  it('has another hash when one digit differs', () => {
    const other = { ...onTime, tolerance: '0.01' };
    expect(() =>
      given(...complete, { type: 'ObjectiveChanged', data: other })
        .when({})
        .then(submitted),
    ).toThrow();
  });
  it('sent twice, nothing happens', () => {
    given(...awaiting)
      .when({})
      .then();
    given(...signedByAll)
      .when({})
      .then();
  });
  it(agreementRules.anAgreementIsDraftedFirst.sentence, () =>
    given().when({}).refused(agreementRules.anAgreementIsDraftedFirst),
  );
  it(agreementRules.anAgreementInForceIsNotEdited.sentence, () =>
    given(...active)
      .when({})
      .refused(agreementRules.anAgreementInForceIsNotEdited),
  );
  it(agreementRules.aProviderAndAConsumerAgree.sentence, () =>
    given(drafted, providerAdded, onTimeAdded, pointsDefined, reviewSet)
      .when({})
      .refused(agreementRules.aProviderAndAConsumerAgree),
  );
  it(agreementRules.anAgreementPromisesSomething.sentence, () =>
    given(...parties, reviewSet)
      .when({})
      .refused(agreementRules.anAgreementPromisesSomething),
  );
  it(agreementRules.everyObjectiveHasAConsequence.sentence, () =>
    given(...parties, onTimeAdded, reviewSet)
      .when({})
      .refused(agreementRules.everyObjectiveHasAConsequence),
  );
  it(agreementRules.aConsequenceGivesPointsForEverySeverity.sentence, () =>
    given(...complete, {
      type: 'ObjectiveChanged',
      data: { ...onTime, severityBands: [{ severity: 'Minor', to: '99.9' }] },
    })
      .when({})
      .refused(agreementRules.aConsequenceGivesPointsForEverySeverity),
  );
  it(agreementRules.weightsSumToOne.sentence, () =>
    given(...complete, { type: 'ObjectiveChanged', data: { ...onTime, weight: '0.9' } })
      .when({})
      .refused(agreementRules.weightsSumToOne),
  );
  it(agreementRules.fiscalYearsStartInTheSameMonth.sentence, () => {
    const yearly = (objectiveId: string, fiscalYearStart: number) =>
      ({ ...onTime, objectiveId, weight: '0.5', window: 'fiscal-year', fiscalYearStart }) as const;
    given(
      ...parties,
      { type: 'ObjectiveAdded', data: yearly('on-time', 4) },
      { type: 'ObjectiveAdded', data: yearly('later', 7) },
      pointsDefined,
      { type: 'ConsequenceDefined', data: { kind: 'ServicePoints', ...points, objectiveId: 'later' } },
      reviewSet,
    )
      .when({})
      .refused(agreementRules.fiscalYearsStartInTheSameMonth, '/objectives');
  });
  it(agreementRules.aReviewIsScheduled.sentence, () =>
    given(...parties, onTimeAdded, pointsDefined)
      .when({})
      .refused(agreementRules.aReviewIsScheduled),
  );
});
