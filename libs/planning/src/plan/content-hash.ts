import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Plan } from './plan.state.js';

const inOrderOf = <T>(all: readonly T[], key: (one: T) => string): readonly T[] =>
  [...all].sort((left, right) => (key(left) < key(right) ? -1 : 1));

/**
 * What is endorsed, approved and published, as lower-case hex: SHA-256 of the plan in canonical JSON (RFC 8785), lists in order of
 * id. Not part of it: authors, single scores (a ranking holds the hash of what it ranked), removed ids, problems that were stated
 * after submission, and what happens to the plan in force.
 */
export function contentHash(
  agency: string,
  planId: string,
  version: number,
  plan: Plan,
  consultations: readonly string[],
): string {
  const { title, cycle, from, to, predecessor, strategicPlanRef, team, keyServices, standards, gaps } = plan;
  const content = {
    agency,
    plan: planId,
    version,
    title,
    cycle,
    from,
    to,
    predecessor,
    strategicPlanRef,
    consultations: [...consultations].sort(),
    team: inOrderOf(team, ({ person, seat }) => `${person} ${seat}`),
    keyServices: inOrderOf(keyServices, ({ serviceId }) => serviceId),
    standards: inOrderOf(standards, ({ standardId }) => standardId),
    gaps: inOrderOf(gaps, ({ gapId }) => gapId),
    problems: inOrderOf(
      plan.problems.filter(({ late }) => !late).map(({ late: _late, ...problem }) => problem),
      ({ problemId }) => problemId,
    ),
    goals: inOrderOf(plan.goals, ({ goalId }) => goalId),
    solutions: inOrderOf(plan.solutions, ({ solutionId }) => solutionId),
    rankings: inOrderOf(
      plan.rankings.map(({ standing: _standing, outdated: _outdated, ...ranking }) => ranking),
      ({ method }) => method,
    ),
  };
  return createHash('sha256').update(canonicalize(content)!).digest('hex');
}
