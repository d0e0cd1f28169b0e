import { exampleMetadata, specFor } from '@app/testing';
import { approved, awaiting, complete, endorsed, goalSet, hash, leaksGoal } from '../plan.examples.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { EndorsePlan, endorsePlan } from './endorse-plan.js';

const { given } = specFor(plan, EndorsePlan, endorsePlan);
const as = (person: string) => ({ actor: { ...exampleMetadata.actor, person, role: 'head-of-department' } });
const read = { contentHash: hash };

describe('endorse a plan', () => {
  it('is endorsed by the head of department as it was submitted', () =>
    given(...awaiting)
      .when(read, as('p-head'))
      .then(endorsed));
  it('sent twice, nothing happens', () =>
    given(...awaiting, endorsed)
      .when(read, as('p-head'))
      .then());
  it(planRules.aPlanIsOpenedFirst.sentence, () =>
    given().when(read, as('p-head')).refused(planRules.aPlanIsOpenedFirst),
  );
  it(planDecisionRules.onlyASubmittedPlanIsEndorsed.sentence, () => {
    for (const history of [complete, [...awaiting, endorsed, approved]])
      given(...history)
        .when(read, as('p-head'))
        .refused(planDecisionRules.onlyASubmittedPlanIsEndorsed);
    given(...awaiting, endorsed)
      .when(read, as('p-other-head'))
      .refused(planDecisionRules.onlyASubmittedPlanIsEndorsed);
  });
  it(planDecisionRules.everybodyDecidesOnTheSameContent.sentence, () =>
    given(...awaiting)
      .when({ contentHash: 'f'.repeat(64) }, as('p-head'))
      .refused(planDecisionRules.everybodyDecidesOnTheSameContent, '/contentHash'),
  );
  it(planDecisionRules.theAuthorDoesNotEndorse.sentence, () => {
    given(...awaiting)
      .when(read, as('p-clerk'))
      .refused(planDecisionRules.theAuthorDoesNotEndorse);
    const byHead = { type: 'GoalSet' as const, data: { ...leaksGoal, by: 'p-head' } };
    given(...awaiting.map((event) => (event === goalSet ? byHead : event)))
      .when(read, as('p-head'))
      .refused(planDecisionRules.theAuthorDoesNotEndorse);
  });
  it(planDecisionRules.anOwnerDoesNotEndorse.sentence, () =>
    given(...awaiting)
      .when(read, as('p-owner'))
      .refused(planDecisionRules.anOwnerDoesNotEndorse),
  );
});
