import { exampleMetadata, specFor } from '@app/testing';
import { contentHash } from '../content-hash.js';
import {
  inForce,
  leaksGoal,
  oversightApproved,
  strengtheningApproved,
  strengtheningProposed,
  strongerGoal,
  weakeningApproved,
  weakeningProposed,
  weakerGoal,
} from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan, type Published } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { PublishPlanRevision, publishPlanRevision } from './publish-plan-revision.js';

const { given } = specFor(plan, PublishPlanRevision, publishPlanRevision);
const as = (person: string) => ({ actor: { ...exampleMetadata.actor, person, role: 'executive' } });
const mayor = as('p-mayor');
const drought = { revisionId: 'drought' };
const approved = [...inForce, weakeningProposed, oversightApproved, weakeningApproved] as const;
const before = inForce.reduce(plan.evolve, plan.initial) as Published;
const publishedAs = (revisionId: string, goal = weakerGoal): PlanEvent => ({
  type: 'PlanRevisionPublished',
  data: {
    revisionId,
    version: 2,
    contentHash: contentHash('boston', 'boston', 2, { ...before, goals: [goal] }, ['water-2026']),
    by: 'p-mayor',
  },
});
const revised: PlanEvent = {
  type: 'GoalRevised',
  data: {
    goalId: 'leaks-in-three-days',
    was: leaksGoal,
    now: weakerGoal,
    weakening: true,
    reason: 'The drought left the pipes dry.',
    authority: 'oversight',
  },
};

describe('publish a revision of a plan', () => {
  it('puts the revised plan in force, under a version and hash of its own', () => {
    given(...approved)
      .when(drought, mayor)
      .then(publishedAs('drought'), revised);
    const state = [...approved, publishedAs('drought'), revised].reduce(plan.evolve, plan.initial) as Published;
    expect(state).toMatchObject({ status: 'published', version: 2, goals: [weakerGoal] });
    expect(state.contentHash).toBe(contentHash('boston', 'boston', 2, state, ['water-2026']));
  });
  it('names the executive where nothing is weakened', () =>
    given(...inForce, strengtheningProposed, strengtheningApproved)
      .when({ revisionId: 'second-year' }, mayor)
      .then(publishedAs('second-year', strongerGoal), {
        type: 'GoalRevised',
        data: {
          goalId: 'leaks-in-three-days',
          was: leaksGoal,
          now: strongerGoal,
          weakening: false,
          reason: 'The crew is quicker than was thought.',
          authority: 'executive',
        },
      }));
  it('sent twice, nothing happens', () =>
    given(...approved, publishedAs('drought'), revised)
      .when(drought, mayor)
      .then());
  it(planRules.aPlanIsOpenedFirst.sentence, () => given().when(drought, mayor).refused(planRules.aPlanIsOpenedFirst));
  it(planDecisionRules.aRevisionIsProposedFirst.sentence, () =>
    given(...inForce)
      .when(drought, mayor)
      .refused(planDecisionRules.aRevisionIsProposedFirst),
  );
  it(planDecisionRules.onlyAnOpenRevisionIsDecidedOn.sentence, () =>
    given(...approved, { type: 'PlanRevisionRejected', data: { ...drought, reason: 'No.', by: 'p-mayor' } })
      .when(drought, mayor)
      .refused(planDecisionRules.onlyAnOpenRevisionIsDecidedOn),
  );
  it(planDecisionRules.onlyAnApprovedRevisionIsPublished.sentence, () => {
    for (const history of [
      [...inForce, weakeningProposed],
      [...inForce, weakeningProposed, oversightApproved],
    ])
      given(...history)
        .when(drought, mayor)
        .refused(planDecisionRules.onlyAnApprovedRevisionIsPublished);
  });
  it(planDecisionRules.theProposerDoesNotPublish.sentence, () =>
    given(...approved)
      .when(drought, as('p-owner'))
      .refused(planDecisionRules.theProposerDoesNotPublish),
  );
});
