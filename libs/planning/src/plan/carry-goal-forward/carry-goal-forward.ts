import { Command, ensure, type Decide } from '@app/kernel';
import { openedPlan } from '../opened-plan.js';
import type { PlanEvent } from '../plan.events.js';
import type { PlanState } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';

export class CarryGoalForward extends Command<{ readonly goalId: string; readonly toPlan: string }> {}

export interface CarryGoalForwardFacts {
  /** The plan that the target plan was opened after; undefined where there is none. */
  readonly predecessor: string | undefined;
}

export const carryGoalForward: Decide<CarryGoalForward, PlanState, PlanEvent, CarryGoalForwardFacts> = (
  { id, data: { goalId, toPlan }, metadata },
  given,
  { predecessor },
) => {
  const state = openedPlan(given);
  ensure(
    state.status === 'cycle-closed' || state.status === 'evaluated',
    planDecisionRules.onlyAClosedCycleIsCarriedForward,
    '',
    `It is ${state.status}.`,
  );
  ensure(
    state.goals.some((goal) => goal.goalId === goalId),
    planDecisionRules.aCarriedGoalIsInThePlan,
  );
  const carried = state.carried.find((one) => one.goalId === goalId);
  if (carried?.toPlan === toPlan) return [];
  ensure(
    carried === undefined,
    planDecisionRules.aGoalIsCarriedForwardOnce,
    '/toPlan',
    `It went to ${carried?.toPlan}.`,
  );
  ensure(predecessor === id, planDecisionRules.aGoalGoesToTheNextCycle, '/toPlan');
  return [{ type: 'GoalCarriedForward', data: { goalId, toPlan, by: metadata.actor.person } }];
};
