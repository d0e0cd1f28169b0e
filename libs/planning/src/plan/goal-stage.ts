import { ensure } from '@app/kernel';
import { draftOf } from './editing.js';
import { planRules } from './plan.rules.js';
import type { GoalSetting, PlanState, Prioritising } from './plan.state.js';

/** Refuses unless the diagnosis has ended and the plan is still written. */
export function withGoals(given: PlanState): GoalSetting | Prioritising {
  const state = draftOf(given);
  ensure(
    state.status === 'goal-setting' || state.status === 'prioritising',
    planRules.goalsFollowTheDiagnosis,
    '',
    `The plan is ${state.status}.`,
  );
  return state;
}
