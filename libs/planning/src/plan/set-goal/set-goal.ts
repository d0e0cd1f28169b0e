import { Command, ensure, type Decide } from '@app/kernel';
import { same } from '../editing.js';
import { withGoals } from '../goal-stage.js';
import type { Goal, PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState } from '../plan.state.js';
import { ensureSoundGoal, type GoalFacts } from '../sound-goal.js';

export class SetGoal extends Command<Goal> {}

export const setGoal: Decide<SetGoal, PlanState, PlanEvent, GoalFacts> = ({ data, metadata }, given, facts) => {
  const state = withGoals(given);
  const standing = state.goals.find(({ goalId }) => goalId === data.goalId);
  if (standing !== undefined) {
    ensure(same(standing, data), planRules.aGoalIsSetOnce, '/id');
    return [];
  }
  ensure(!state.removedGoals.includes(data.goalId), planRules.aRemovedGoalDoesNotComeBack, '/id');
  ensureSoundGoal(data, state, facts);
  return [{ type: 'GoalSet', data: { ...data, by: metadata.actor.person } }];
};
