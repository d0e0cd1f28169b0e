import { exampleMetadata, specFor } from '@app/testing';
import { approved, awaiting, closed, endorsed, hash, inForce, published } from '../plan.examples.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { PublishPlan, publishPlan } from './publish-plan.js';

const { given } = specFor(plan, PublishPlan, publishPlan);
const heard = { consultationId: 'water-2026', isAboutThePlan: true, isAdequate: true, unlinkedAccepted: [] };
const as = (person: string, facts = [heard]) => ({
  actor: { ...exampleMetadata.actor, person, role: 'executive' },
  facts,
});
const read = { contentHash: hash };
const decided = [...awaiting, endorsed, approved] as const;

describe('publish a plan', () => {
  it('is in force as it was approved', () =>
    given(...decided)
      .when(read, as('p-mayor'))
      .then(published));
  it('sent twice, nothing happens', () =>
    given(...inForce)
      .when(read, as('p-mayor'))
      .then());
  it(planRules.aPlanIsOpenedFirst.sentence, () =>
    given().when(read, as('p-mayor')).refused(planRules.aPlanIsOpenedFirst),
  );
  it(planDecisionRules.onlyAnApprovedPlanIsPublished.sentence, () => {
    for (const history of [awaiting, [...awaiting, endorsed], closed])
      given(...history)
        .when(read, as('p-mayor'))
        .refused(planDecisionRules.onlyAnApprovedPlanIsPublished);
  });
  it(planDecisionRules.everybodyDecidesOnTheSameContent.sentence, () =>
    given(...decided)
      .when({ contentHash: 'f'.repeat(64) }, as('p-mayor'))
      .refused(planDecisionRules.everybodyDecidesOnTheSameContent, '/contentHash'),
  );
  it(planDecisionRules.theAuthorDoesNotPublish.sentence, () =>
    given(...decided)
      .when(read, as('p-clerk'))
      .refused(planDecisionRules.theAuthorDoesNotPublish),
  );
  it(planDecisionRules.everyAcceptedInputLeadsSomewhere.sentence, () => {
    const unlinked = { ...heard, unlinkedAccepted: Array.from({ length: 12 }, (_, index) => `input-${index}`) };
    given(...decided)
      .when(read, as('p-mayor', [heard, unlinked as never]))
      .refused(planDecisionRules.everyAcceptedInputLeadsSomewhere);
  });
});
