import { Command, ensure, type Decide } from '@app/kernel';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState } from '../plan.state.js';
import { followable } from '../followable.js';

/** Sent to the plan that is followed, before the next one is opened: of two that are opened at once, it says yes to one. */
export class FollowPlan extends Command<{
  readonly toPlan: string;
  /** Number and first day of the next cycle. */
  readonly cycle: number;
  readonly from: string;
}> {}

export const followPlan: Decide<FollowPlan, PlanState, PlanEvent> = (
  { data: { toPlan, ...next }, metadata },
  state,
) => {
  const { successor } = followable(state, next);
  if (successor === toPlan) return [];
  ensure(successor === undefined, planRules.aPlanHasOneSuccessor, '/predecessor', `It is followed by ${successor}.`);
  return [{ type: 'PlanCycleFollowed', data: { toPlan, by: metadata.actor.person } }];
};
