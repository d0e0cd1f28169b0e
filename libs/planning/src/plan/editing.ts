import { differences, ensure } from '@app/kernel';
import { openedPlan } from './opened-plan.js';
import { planRules } from './plan.rules.js';
import {
  isDraft,
  type CycleClosed,
  type Draft,
  type Evaluated,
  type OpenedPlan,
  type PlanInForce,
  type PlanState,
} from './plan.state.js';

/** Refuses unless the plan is still written. */
export function draftOf(given: PlanState): Draft {
  const state = openedPlan(given);
  ensure(isDraft(state), planRules.aDraftIsEdited, '', `It is ${state.status}.`);
  return state;
}

/** Refuses unless the cycle runs: before its submission, under decision or in force. */
export function runningPlan(given: PlanState): Exclude<OpenedPlan, CycleClosed | Evaluated> {
  const state = openedPlan(given);
  ensure(state.status !== 'cycle-closed' && state.status !== 'evaluated', planRules.aClosedCycleIsOnlyEvaluated);
  return state;
}

/** Refuses while the plan is decided on: its team is part of what is endorsed and approved. */
export function withTeam(given: PlanState): Draft | PlanInForce {
  const state = runningPlan(given);
  ensure(
    isDraft(state) || state.status === 'published' || state.status === 'under-revision',
    planRules.aTeamStandsWhileItsPlanIsDecidedOn,
    '',
    `It is ${state.status}.`,
  );
  return state;
}

/** A member that is undefined and one that is not there are the same. */
export const same = (left: unknown, right: unknown): boolean => differences(left, right).length === 0;

/** A word: not only spaces. */
export const says = (text: string): boolean => text.trim() !== '';
