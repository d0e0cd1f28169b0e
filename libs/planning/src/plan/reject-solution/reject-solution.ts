import { Command, ensure, type Decide } from '@app/kernel';
import type { PlanEvent } from '../plan.events.js';
import type { PlanState } from '../plan.state.js';
import { ensureTeam, prioritising, solutionIn } from '../solution-stage.js';
import { solutionRules } from '../solution.rules.js';

export class RejectSolution extends Command<{ readonly solutionId: string; readonly reason: string }> {}

/** One that was selected may be rejected, too: a plan that was returned may have to go another way. */
export const rejectSolution: Decide<RejectSolution, PlanState, PlanEvent> = ({ data, metadata }, state) => {
  const { solutionId, reason } = data;
  const by = metadata.actor.person;
  const plan = prioritising(state);
  const solution = solutionIn(plan, solutionId);
  ensureTeam(plan, by);
  ensure(reason.trim() !== '', solutionRules.aDecisionHasAReason, '/reason');
  if (solution.status === 'rejected') {
    ensure(solution.decision?.reason === reason, solutionRules.aSolutionIsRejectedOnce);
    return [];
  }
  return [{ type: 'SolutionRejected', data: { solutionId, reason, by } }];
};
