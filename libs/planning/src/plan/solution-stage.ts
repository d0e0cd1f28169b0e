import { ensure } from '@app/kernel';
import { openedPlan } from './opened-plan.js';
import type { GoalSetting, PlanState, Prioritising, Solution } from './plan.state.js';
import { solutionRules } from './solution.rules.js';

/** Refuses unless goals are set or may be set: solutions are proposed for them. */
export function openForProposals(state: PlanState): GoalSetting | Prioritising {
  const plan = openedPlan(state);
  const isOpen = plan.status === 'goal-setting' || plan.status === 'prioritising';
  ensure(isOpen, solutionRules.solutionsAreProposedForGoals, '', `The plan is ${plan.status}.`);
  return plan;
}

export function prioritising(state: PlanState): Prioritising {
  const plan = openedPlan(state);
  ensure(plan.status === 'prioritising', solutionRules.prioritiesAreSetAfterGoals, '', `The plan is ${plan.status}.`);
  return plan;
}

/** A seat that verifies takes no part. */
export const ensureTeam = ({ team }: Prioritising, person: string): void =>
  ensure(
    team.some((one) => one.person === person && one.seat !== 'verifier'),
    solutionRules.theTeamPrioritises,
  );

export function solutionIn({ solutions }: Prioritising, solutionId: string): Solution {
  const solution = solutions.find((one) => one.solutionId === solutionId);
  ensure(solution !== undefined, solutionRules.aSolutionIsProposedFirst);
  return solution;
}

/** Proposed or selected. */
export const inTheRace = ({ solutions }: GoalSetting | Prioritising): readonly Solution[] =>
  solutions.filter(({ status }) => status !== 'rejected');
