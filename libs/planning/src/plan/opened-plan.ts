import { ensure } from '@app/kernel';
import { planRules } from './plan.rules.js';
import type { OpenedPlan, PlanState } from './plan.state.js';

/** Refuses unless the cycle was opened. */
export function openedPlan(state: PlanState): OpenedPlan {
  ensure(state.status !== 'unopened', planRules.aPlanIsOpenedFirst);
  return state;
}
