import { Command, ensure, type Decide } from '@app/kernel';
import type { PlanEvent } from '../plan.events.js';
import type { PlanState } from '../plan.state.js';
import { ensureTeam, prioritising, solutionIn } from '../solution-stage.js';
import { solutionRules } from '../solution.rules.js';

export class NameSolutionOwner extends Command<{
  readonly solutionId: string;
  /** Digest of a person. */
  readonly owner: string;
}> {}

export const nameSolutionOwner: Decide<NameSolutionOwner, PlanState, PlanEvent> = ({ data, metadata }, state) => {
  const { solutionId, owner } = data;
  const by = metadata.actor.person;
  const plan = prioritising(state);
  const solution = solutionIn(plan, solutionId);
  ensureTeam(plan, by);
  ensure(solution.status === 'selected', solutionRules.onlyASelectedSolutionHasAnOwner);
  return solution.owner === owner ? [] : [{ type: 'SolutionOwnerNamed', data: { solutionId, owner, by } }];
};
