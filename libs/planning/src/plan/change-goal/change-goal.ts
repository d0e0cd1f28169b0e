import { Command, ensure, type Decide } from '@app/kernel';
import { same } from '../editing.js';
import { withGoals } from '../goal-stage.js';
import type { Goal, PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState } from '../plan.state.js';
import { ensureSoundGoal, type GoalFacts } from '../sound-goal.js';

export class ChangeGoal extends Command<Goal> {}

export const changeGoal: Decide<ChangeGoal, PlanState, PlanEvent, GoalFacts> = ({ data, metadata }, given, facts) => {
  const state = withGoals(given);
  const standing = state.goals.find(({ goalId }) => goalId === data.goalId);
  ensure(standing !== undefined, planRules.aGoalExistsBeforeItIsChanged, '/goal');
  if (same(standing, data)) return [];
  ensureSoundGoal(data, state, facts);
  return [{ type: 'GoalChanged', data: { ...data, by: metadata.actor.person } }];
};
