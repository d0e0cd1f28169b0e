import { exampleMetadata, specFor } from '@app/testing';
import {
  awaiting,
  closed,
  cycle,
  hash,
  inForce,
  leaksGoal,
  strengtheningProposed,
  strongerGoal,
  weakeningProposed,
  weakerGoal,
} from '../plan.examples.js';
import type { Goal, PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import type { GoalCard } from '../sound-goal.js';
import { ProposePlanRevision, proposePlanRevision } from './propose-plan-revision.js';

const { given } = specFor(plan, ProposePlanRevision, proposePlanRevision);
const card: GoalCard = { direction: 'lower-is-better', unit: 'working days', dimensions: ['district'] };
const owner = {
  actor: { ...exampleMetadata.actor, person: 'p-owner', role: 'service-owner' },
  facts: { cards: new Map([['leaks-in-three-days', card]]) },
};
const terms = ({ goalId, target, dueDate, trajectory, equityFloor, weight }: Goal) => ({
  goalId,
  target,
  dueDate,
  trajectory,
  equityFloor,
  weight,
});
const drought = { revisionId: 'drought', reason: 'The drought left the pipes dry.', changes: [terms(weakerGoal)] };
const changed = (change: Partial<Goal>) => ({ ...drought, changes: [{ ...terms(leaksGoal), ...change }] });

describe('propose a revision of a plan', () => {
  it('says what was and what will be, and that a target that asks for less weakens', () =>
    given(...inForce)
      .when(drought, owner)
      .then(weakeningProposed));
  it('does not call a target that asks for more a weakening', () =>
    given(...inForce)
      .when(
        { revisionId: 'second-year', reason: 'The crew is quicker than was thought.', changes: [terms(strongerGoal)] },
        owner,
      )
      .then(strengtheningProposed));
  it('sent twice, nothing happens', () =>
    given(...inForce, weakeningProposed)
      .when(drought, owner)
      .then());
  it(planRules.aPlanIsOpenedFirst.sentence, () => given().when(drought, owner).refused(planRules.aPlanIsOpenedFirst));
  it(planDecisionRules.onlyAPlanInForceIsRevised.sentence, () => {
    for (const history of [awaiting, closed, [...inForce, strengtheningProposed]])
      given(...history)
        .when(drought, owner)
        .refused(planDecisionRules.onlyAPlanInForceIsRevised);
  });
  it(planDecisionRules.aRecordedPlanIsRevisedByItsPublisher.sentence, () =>
    given(
      {
        type: 'PublishedPlanRecorded',
        data: { ...cycle, publishedBy: 'Canada', source: 'goals.csv', sourceHash: hash, by: 'p-clerk' },
      },
      { type: 'GoalSet', data: { ...leaksGoal, by: 'p-clerk' } },
    )
      .when(drought, owner)
      .refused(planDecisionRules.aRecordedPlanIsRevisedByItsPublisher),
  );
  it(planDecisionRules.aRevisionIsProposedOnce.sentence, () =>
    given(...inForce, weakeningProposed)
      .when({ ...drought, reason: 'Another one.' }, owner)
      .refused(planDecisionRules.aRevisionIsProposedOnce, '/revisionId'),
  );
  it(planDecisionRules.aRevisionChangesGoals.sentence, () => {
    for (const changes of [[], [terms(weakerGoal), terms(strongerGoal)]])
      given(...inForce)
        .when({ ...drought, changes }, owner)
        .refused(planDecisionRules.aRevisionChangesGoals, '/changes');
    given(...inForce)
      .when(changed({}), owner)
      .refused(planDecisionRules.aRevisionChangesGoals, '/changes/0');
  });
  it(planDecisionRules.aRevisedGoalIsInThePlan.sentence, () =>
    given(...inForce)
      .when(changed({ goalId: 'another' }), owner)
      .refused(planDecisionRules.aRevisedGoalIsInThePlan, '/changes/0/goalId'),
  );
  it.each(['target', 'dueDate', 'weight'] as const)(
    `${planDecisionRules.aRevisedGoalStaysComplete.sentence} Not without %s.`,
    (part) =>
      given(...inForce)
        .when(changed({ [part]: undefined }), owner)
        .refused(planDecisionRules.aRevisedGoalStaysComplete, '/changes/0'),
  );
  it(`${planRules.theDueDateLiesInThePlan.sentence} So does that of a revised goal.`, () =>
    given(...inForce)
      .when(changed({ dueDate: '2031-01-01' }), owner)
      .refused(planRules.theDueDateLiesInThePlan, '/changes/0/dueDate'));
  it(`${planDecisionRules.weightsOfGoalsSumToOne.sentence} After a revision, too.`, () => {
    given(...inForce)
      .when(changed({ weight: '0.5' }), owner)
      .refused(planDecisionRules.weightsOfGoalsSumToOne, '/changes');
    const other: PlanEvent = {
      type: 'GoalSet',
      data: { ...leaksGoal, goalId: 'another', weight: '0.5', by: 'p-clerk' },
    };
    given(...inForce, other)
      .when(changed({ weight: '0.6' }), owner)
      .refused(planDecisionRules.weightsOfGoalsSumToOne, '/changes');
  });
});
