import { specFor } from '@app/testing';
import { active, awaiting, complete, voided } from '../agreement.examples.js';
import { agreementRules } from '../agreement.rules.js';
import { agreement } from '../agreement.state.js';
import { RemoveObjective, removeObjective } from './remove-objective.js';

const { given } = specFor(agreement, RemoveObjective, removeObjective);
const onTime = { objectiveId: 'on-time' };
const removed = { type: 'ObjectiveRemoved' as const, data: onTime };

describe('remove an objective', () => {
  it('is removed', () =>
    given(...complete)
      .when(onTime)
      .then(removed));
  it('takes its consequence with it', () => {
    const state = [...complete, removed].reduce(agreement.evolve, agreement.initial);
    expect(state).toMatchObject({ terms: { objectives: [], consequences: [] } });
  });
  it('sent twice, nothing happens', () =>
    given(...complete, removed)
      .when(onTime)
      .then());
  it('voids what was submitted', () =>
    given(...awaiting)
      .when(onTime)
      .then(voided(), removed));
  it(agreementRules.anObjectiveExistsBeforeItIsChanged.sentence, () =>
    given(...complete)
      .when({ objectiveId: 'other' })
      .refused(agreementRules.anObjectiveExistsBeforeItIsChanged),
  );
  it(agreementRules.anAgreementInForceIsNotEdited.sentence, () =>
    given(...active)
      .when(onTime)
      .refused(agreementRules.anAgreementInForceIsNotEdited),
  );
});
