import { Command, ensure, type Decide } from '@app/kernel';
import { isDeepStrictEqual } from 'node:util';
import { unreadableIn } from '../../prioritisation/methods.js';
import type { PlanEvent, ScoringMethod } from '../plan.events.js';
import type { PlanState } from '../plan.state.js';
import { ensureTeam, prioritising, solutionIn } from '../solution-stage.js';
import { solutionRules } from '../solution.rules.js';

export class ScoreSolution extends Command<{
  readonly solutionId: string;
  readonly method: ScoringMethod;
  /** By name, as the method says. */
  readonly values: Readonly<Record<string, string>>;
}> {}

export const scoreSolution: Decide<ScoreSolution, PlanState, PlanEvent> = ({ data, metadata }, state) => {
  const { solutionId, method } = data;
  const values = { ...data.values };
  const rater = metadata.actor.person;
  const plan = prioritising(state);
  const solution = solutionIn(plan, solutionId);
  ensureTeam(plan, rater);
  ensure(solution.status !== 'rejected', solutionRules.aRejectedSolutionIsOutOfTheRace);
  const unreadable = unreadableIn(method, values);
  ensure(
    unreadable === undefined,
    solutionRules.aScoreLiesOnItsScale,
    unreadable?.name ? `/values/${escaped(unreadable.name)}` : '/values',
    unreadable && `It is ${unreadable.says}.`,
  );
  const given = plan.scores.find(
    (one) => one.solutionId === solutionId && one.method === method && one.rater === rater,
  );
  if (given !== undefined && isDeepStrictEqual(given.values, values)) return [];
  const isRanked = plan.rankings.some(
    (one) => one.method === method && one.standing && one.ranking.some((place) => place.solutionId === solutionId),
  );
  ensure(given === undefined || !isRanked, solutionRules.aRankedScoreStands, '/values');
  return [{ type: 'SolutionScored', data: { solutionId, method, values, rater } }];
};

/** As a step of a JSON pointer (RFC 6901). */
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
