import { Decimal } from '@app/kernel';
import type { Goal, SolutionTerms } from '../plan/plan.events.js';

const places = 12;

/**
 * How much of its goals a solution is expected to reach: per goal the share, 0 to 1, of the way from baseline to target, times the
 * weight of the goal, or 1 where goals have none; half up at 12 places. A goal without baseline or in words adds nothing.
 */
export function estimatedEffect({ estimatedEffects }: SolutionTerms, goals: readonly Goal[]): string {
  return estimatedEffects
    .reduce((sum, { goalId, change }) => {
      const goal = goals.find((one) => one.goalId === goalId);
      const way = goal === undefined ? undefined : wayOf(goal);
      if (goal === undefined || way === undefined || way.isZero()) return sum;
      const share = Decimal.max(0, Decimal.min(1, new Decimal(change).dividedBy(way)));
      return sum.plus(share.times(goal.weight ?? '1'));
    }, new Decimal(0))
    .toDecimalPlaces(places)
    .toString();
}

/** From the baseline to the nearest value that reaches the target; undefined where there is nothing to subtract. */
function wayOf({ baseline, target }: Goal): Decimal | undefined {
  if (baseline === undefined || target === undefined || target.kind === 'text') return undefined;
  if (target.kind !== 'range') return new Decimal(target.value).minus(baseline.value);
  if (new Decimal(baseline.value).lessThan(target.from)) return new Decimal(target.from).minus(baseline.value);
  return Decimal.min(0, new Decimal(target.to).minus(baseline.value));
}
