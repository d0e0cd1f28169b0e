import { Command, ensure, type Decide } from '@app/kernel';
import { draftOf, same } from '../editing.js';
import type { Cause, PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState } from '../plan.state.js';
import { ensureSoundCauses, plainCause } from '../problem-causes.js';

export class StateProblemCauses extends Command<{ readonly problemId: string; readonly causes: readonly Cause[] }> {}

export const stateProblemCauses: Decide<StateProblemCauses, PlanState, PlanEvent> = ({ data, metadata }, given) => {
  const { problemId } = data;
  const causes = data.causes.map(plainCause);
  const { problems } = draftOf(given);
  const problem = problems.find((one) => one.problemId === problemId);
  ensure(problem !== undefined, planRules.aProblemExistsBeforeItsCauses, '/problem');
  if (same(problem.causes, causes)) return [];
  ensureSoundCauses(problemId, causes, problems);
  return [{ type: 'ProblemCausesStated', data: { problemId, causes, by: metadata.actor.person } }];
};
