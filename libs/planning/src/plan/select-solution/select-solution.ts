import { Command, ensure, type Decide } from '@app/kernel';
import type { PlanEvent } from '../plan.events.js';
import type { PlanState } from '../plan.state.js';
import { ensureTeam, prioritising, solutionIn } from '../solution-stage.js';
import { solutionRules } from '../solution.rules.js';

export class SelectSolution extends Command<{
  readonly solutionId: string;
  readonly reason: string;
  /** Digest of the person who answers for it; may be named later. */
  readonly owner?: string;
}> {}

export const selectSolution: Decide<SelectSolution, PlanState, PlanEvent> = ({ data, metadata }, state) => {
  const { solutionId, reason, owner } = data;
  const by = metadata.actor.person;
  const plan = prioritising(state);
  const solution = solutionIn(plan, solutionId);
  ensureTeam(plan, by);
  ensure(reason.trim() !== '', solutionRules.aDecisionHasAReason, '/reason');
  ensure(solution.status !== 'rejected', solutionRules.aRejectedSolutionIsOutOfTheRace);
  if (solution.status === 'selected') {
    const isSame = solution.decision?.reason === reason && (owner === undefined || owner === solution.owner);
    ensure(isSame, solutionRules.aSolutionIsSelectedOnce);
    return [];
  }
  ensure(
    plan.rankings.some(({ standing, ranking }) => standing && ranking.some((one) => one.solutionId === solutionId)),
    solutionRules.onlyARankedSolutionIsSelected,
  );
  const named = owner === undefined ? {} : { owner };
  return [{ type: 'SolutionSelected', data: { solutionId, reason, ...named, by } }];
};
