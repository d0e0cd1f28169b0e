import { Command, ensure, type Decide } from '@app/kernel';
import { says } from '../editing.js';
import { withGoals } from '../goal-stage.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState } from '../plan.state.js';

export class RemoveGoal extends Command<{ readonly goalId: string; readonly reason: string }> {}

export const removeGoal: Decide<RemoveGoal, PlanState, PlanEvent> = ({ data, metadata }, given) => {
  const { goalId, reason } = data;
  const state = withGoals(given);
  if (state.removedGoals.includes(goalId)) return [];
  ensure(
    state.goals.some((one) => one.goalId === goalId),
    planRules.aGoalExistsBeforeItIsChanged,
    '/goal',
  );
  ensure(says(reason), planRules.aRemovalNamesItsReason, '/reason');
  const serving = state.solutions.find(({ goalIds }) => goalIds.includes(goalId));
  ensure(serving === undefined, planRules.aGoalThatASolutionServesStays, '/goal', `${serving?.solutionId} serves it.`);
  return [{ type: 'GoalRemoved', data: { goalId, reason, by: metadata.actor.person } }];
};
