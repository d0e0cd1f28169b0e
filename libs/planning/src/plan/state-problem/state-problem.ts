import { Command, ensure, type Decide } from '@app/kernel';
import { runningPlan, same } from '../editing.js';
import type { Cause, PlanEvent, ProblemOrigin } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { isDraft, type OpenedPlan, type PlanState } from '../plan.state.js';
import { ensureSoundCauses, plainCause } from '../problem-causes.js';

export class StateProblem extends Command<{
  readonly problemId: string;
  readonly serviceId: string;
  readonly statement: string;
  readonly origin: ProblemOrigin;
  readonly causes: readonly Cause[];
}> {}

export interface StateProblemFacts {
  /** The input or breach that the origin names stands in its own stream, neither withdrawn; true for every other origin. */
  readonly isOriginRecorded: boolean;
}

export const stateProblem: Decide<StateProblem, PlanState, PlanEvent, StateProblemFacts> = (
  { data, metadata },
  given,
  { isOriginRecorded },
) => {
  const state = runningPlan(given);
  const { problemId, serviceId, statement, origin } = data;
  const causes = data.causes.map(plainCause);
  const standing = state.problems.find((one) => one.problemId === problemId);
  if (standing !== undefined) {
    const { causes: _causes, late: _late, ...its } = standing;
    ensure(same(its, { problemId, serviceId, statement, origin }), planRules.aProblemIsStatedOnce, '/id');
    return [];
  }
  ensure(
    state.keyServices.some((one) => one.serviceId === serviceId),
    planRules.aProblemIsOfAKeyService,
    '/service',
  );
  ensure(isDraft(state) || origin.kind !== 'gap', planRules.aLateProblemComesFromOutside, '/origin');
  ensure(isNamed(origin), planRules.whatIsFiledElsewhereHasAReference, '/origin/reference');
  ensure(isOriginRecorded && isGapThere(state, origin), planRules.theOriginOfAProblemIsRecorded, '/origin');
  ensureSoundCauses(problemId, causes, state.problems);
  const by = metadata.actor.person;
  return [{ type: 'ProblemStated', data: { problemId, serviceId, statement, origin: { ...origin }, causes, by } }];
};

/** Nobody here can look it up: it has to be found by what it is called. */
const isNamed = (origin: ProblemOrigin): boolean =>
  !('reference' in origin) || /^[\p{L}\p{N}](.*[\p{L}\p{N}])?$/u.test(origin.reference);

const isGapThere = ({ gaps }: OpenedPlan, origin: ProblemOrigin): boolean =>
  origin.kind !== 'gap' || gaps.some(({ gapId }) => gapId === origin.gapId);
