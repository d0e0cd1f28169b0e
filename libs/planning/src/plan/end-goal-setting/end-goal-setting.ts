import { Command, ensure, type Decide } from '@app/kernel';
import { openedPlan } from '../opened-plan.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState } from '../plan.state.js';

export class EndGoalSetting extends Command<Readonly<Record<string, never>>> {}

export const endGoalSetting: Decide<EndGoalSetting, PlanState, PlanEvent> = ({ metadata }, given) => {
  const state = openedPlan(given);
  if (state.status === 'prioritising') return [];
  ensure(state.status === 'goal-setting', planRules.onlyGoalSettingEnds, '', `The plan is ${state.status}.`);
  const without = state.problems.filter(
    ({ problemId }) => !state.goals.some(({ problemIds }) => problemIds.includes(problemId)),
  );
  ensure(
    without.length === 0,
    planRules.everyProblemHasAGoalBeforePrioritising,
    '/problems',
    `None serves ${without.map(({ problemId }) => problemId).join(', ')}.`,
  );
  return [{ type: 'GoalSettingEnded', data: { by: metadata.actor.person } }];
};
