import { ensure } from '@app/kernel';
import type { Cause } from './plan.events.js';
import { planRules } from './plan.rules.js';
import type { Problem } from './plan-content.js';

/** Refuses causes that the plan does not state, and a problem that would be a cause of itself through them. */
export function ensureSoundCauses(problemId: string, causes: readonly Cause[], problems: readonly Problem[]): void {
  const causesOf = new Map(problems.map((one) => [one.problemId, named(one.causes)]));
  const absent = named(causes).find((cause) => cause !== problemId && !causesOf.has(cause));
  ensure(absent === undefined, planRules.aCauseIsAProblemOfThePlan, '/causes', absent);
  const waiting = [...named(causes)];
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    ensure(next !== problemId, planRules.aProblemIsNoCauseOfItself, '/causes');
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(causesOf.get(next) ?? []));
  }
}

const named = (causes: readonly Cause[]): readonly string[] => causes.flatMap(({ problemId }) => problemId ?? []);

export const plainCause = ({ statement, problemId }: Cause): Cause =>
  problemId === undefined ? { statement } : { statement, problemId };
