import { exampleMetadata, specFor } from '@app/testing';
import { approved, awaiting, endorsed, hash, inForce } from '../plan.examples.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { ApprovePlan, approvePlan } from './approve-plan.js';

const { given } = specFor(plan, ApprovePlan, approvePlan);
const as = (person: string) => ({ actor: { ...exampleMetadata.actor, person, role: 'executive' } });
const read = { contentHash: hash };

describe('approve a plan', () => {
  it('is approved by the executive as it was endorsed', () =>
    given(...awaiting, endorsed)
      .when(read, as('p-mayor'))
      .then(approved));
  it('sent twice, nothing happens', () =>
    given(...awaiting, endorsed, approved)
      .when(read, as('p-mayor'))
      .then());
  it(planRules.aPlanIsOpenedFirst.sentence, () =>
    given().when(read, as('p-mayor')).refused(planRules.aPlanIsOpenedFirst),
  );
  it(planDecisionRules.onlyAnEndorsedPlanIsApproved.sentence, () => {
    for (const history of [awaiting, inForce])
      given(...history)
        .when(read, as('p-mayor'))
        .refused(planDecisionRules.onlyAnEndorsedPlanIsApproved);
  });
  it(planDecisionRules.everybodyDecidesOnTheSameContent.sentence, () =>
    given(...awaiting, endorsed)
      .when({ contentHash: 'f'.repeat(64) }, as('p-mayor'))
      .refused(planDecisionRules.everybodyDecidesOnTheSameContent, '/contentHash'),
  );
  it(planDecisionRules.theAuthorDoesNotApprove.sentence, () =>
    given(...awaiting, endorsed)
      .when(read, as('p-clerk'))
      .refused(planDecisionRules.theAuthorDoesNotApprove),
  );
  it(planDecisionRules.theEndorserDoesNotApprove.sentence, () =>
    given(...awaiting, endorsed)
      .when(read, as('p-head'))
      .refused(planDecisionRules.theEndorserDoesNotApprove),
  );
  it(planDecisionRules.anOwnerDoesNotApprove.sentence, () =>
    given(...awaiting, endorsed)
      .when(read, as('p-owner'))
      .refused(planDecisionRules.anOwnerDoesNotApprove),
  );
  it(planDecisionRules.theTeamDoesNotApprove.sentence, () =>
    given(...awaiting, endorsed)
      .when(read, as('p-supervisor'))
      .refused(planDecisionRules.theTeamDoesNotApprove),
  );
});
