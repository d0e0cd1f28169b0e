import { exampleMetadata, specFor } from '@app/testing';
import { inForce, oversightApproved, weakeningApproved, weakeningProposed } from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { RejectPlanRevision, rejectPlanRevision } from './reject-plan-revision.js';

const { given } = specFor(plan, RejectPlanRevision, rejectPlanRevision);
const as = (person: string, role: string) => ({ actor: { ...exampleMetadata.actor, person, role } });
const council = as('p-council', 'oversight');
const asked = { revisionId: 'drought', reason: 'The target can still be reached.' };
const rejectedBy = (by: string): PlanEvent => ({ type: 'PlanRevisionRejected', data: { ...asked, by } });
const proposed = [...inForce, weakeningProposed] as const;

describe('reject a revision of a plan', () => {
  it('leaves the plan in force as it was', () => {
    given(...proposed)
      .when(asked, council)
      .then(rejectedBy('p-council'));
    const state = [...proposed, rejectedBy('p-council')].reduce(plan.evolve, plan.initial);
    expect(state).toMatchObject({ status: 'published', version: 1, goals: [{ target: { value: '3' } }] });
  });
  it('is taken back by who proposed it', () =>
    given(...proposed)
      .when(asked, as('p-owner', 'service-owner'))
      .then(rejectedBy('p-owner')));
  it('sent twice, nothing happens', () =>
    given(...proposed, rejectedBy('p-council'))
      .when(asked, council)
      .then());
  it(planRules.aPlanIsOpenedFirst.sentence, () => given().when(asked, council).refused(planRules.aPlanIsOpenedFirst));
  it(planDecisionRules.aRevisionIsProposedFirst.sentence, () =>
    given(...inForce)
      .when(asked, council)
      .refused(planDecisionRules.aRevisionIsProposedFirst),
  );
  it(planDecisionRules.onlyAnOpenRevisionIsDecidedOn.sentence, () =>
    given(...proposed, oversightApproved, weakeningApproved, {
      type: 'PlanRevisionPublished',
      data: { revisionId: 'drought', version: 2, contentHash: 'c'.repeat(64), by: 'p-mayor' },
    })
      .when(asked, council)
      .refused(planDecisionRules.onlyAnOpenRevisionIsDecidedOn),
  );
  it(planDecisionRules.onlyWhoDecidesRejectsARevision.sentence, () =>
    given(...proposed)
      .when(asked, as('p-other', 'service-owner'))
      .refused(planDecisionRules.onlyWhoDecidesRejectsARevision),
  );
});
