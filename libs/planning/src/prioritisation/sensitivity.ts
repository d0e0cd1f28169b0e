import { Decimal } from '@app/kernel';
import type { Criterion, Sensitivity } from '../plan/plan.events.js';
import { inOrderOfTies, type Judged } from './candidates.js';
import { compareRatios, ratio, ratioText, type Ratio } from './ratio.js';

/** How the ranking by weighted score hangs on the weights; `ranked` is in order of rank. */
export const sensitivityOf = (criteria: readonly Criterion[], ranked: readonly Judged[]): Sensitivity => {
  const firstPlace = firstPlaceChange(criteria, ranked);
  return { ...(firstPlace === undefined ? {} : { firstPlace }), ranges: rankRanges(criteria, ranked) };
};

/** A score split by one criterion: its own value, and what the other criteria give under their weights. */
interface Split {
  readonly own: Decimal;
  readonly rest: Decimal;
}

const splitBy = ({ criterionId }: Criterion, criteria: readonly Criterion[], { values }: Judged): Split => ({
  own: values[criterionId]!,
  rest: criteria
    .filter((one) => one.criterionId !== criterionId)
    .reduce((sum, one) => sum.plus(values[one.criterionId]!.times(one.weight)), new Decimal(0)),
});

interface Crossing {
  readonly criterion: Criterion;
  readonly change: Ratio;
  /** How fast the challenger gains on the first beyond the change: decides between two that cross at once. */
  readonly pace: Decimal;
  readonly challenger: Judged;
}

function firstPlaceChange(criteria: readonly Criterion[], ranked: readonly Judged[]): Sensitivity['firstPlace'] {
  const [first, ...others] = ranked;
  if (first === undefined || criteria.length < 2) return undefined;
  const crossings = criteria.flatMap((criterion) => {
    const leader = splitBy(criterion, criteria, first);
    return others.flatMap(
      (challenger) => crossing(criterion, leader, splitBy(criterion, criteria, challenger), challenger) ?? [],
    );
  });
  const [nearest] = crossings.sort(nearestFirst);
  if (nearest === undefined) return undefined;
  return {
    criterionId: nearest.criterion.criterionId,
    change: ratioText(nearest.change),
    newFirst: nearest.challenger.candidate.solutionId,
  };
}

/**
 * With weight w + d the lead is lead(0) + d·m, where m = own − rest / (1 − w) of the two solutions' differences. It is gone at
 * d = −lead(0) / m, and lost beyond it, as long as w + d stays between 0 and 1.
 */
function crossing(criterion: Criterion, leader: Split, other: Split, challenger: Judged): Crossing | undefined {
  const weight = new Decimal(criterion.weight);
  const remaining = new Decimal(1).minus(weight);
  const own = leader.own.minus(other.own);
  const rest = leader.rest.minus(other.rest);
  const lead = own.times(weight).plus(rest);
  const slope = own.times(remaining).minus(rest);
  if (slope.isZero()) return undefined;
  const change = ratio(lead.times(remaining).negated(), slope);
  const room = slope.isNegative()
    ? compareRatios(change, ratio(remaining)) < 0
    : compareRatios(change, ratio(weight.negated())) > 0;
  return room ? { criterion, change, pace: slope.abs().dividedBy(remaining), challenger } : undefined;
}

const size = ({ over, under }: Ratio): Ratio => ({ over: over.abs(), under });

const nearestFirst = (left: Crossing, right: Crossing): number =>
  compareRatios(size(left.change), size(right.change)) ||
  (left.criterion.criterionId < right.criterion.criterionId
    ? -1
    : left.criterion.criterionId > right.criterion.criterionId
      ? 1
      : 0) ||
  compareRatios(right.change, left.change) ||
  right.pace.comparedTo(left.pace) ||
  inOrderOfTies(left.challenger, right.challenger);

const lowerAndHigher = ['0.9', '1.1'] as const;

function rankRanges(criteria: readonly Criterion[], ranked: readonly Judged[]): Sensitivity['ranges'] {
  const orders =
    criteria.length < 2
      ? []
      : criteria.flatMap((criterion) => lowerAndHigher.map((factor) => orderAt(criterion, factor, criteria, ranked)));
  return ranked.map(({ candidate: { solutionId } }, index) => {
    const places = [index + 1, ...orders.map((order) => order.indexOf(solutionId) + 1)];
    return { solutionId, best: Math.min(...places), worst: Math.max(...places) };
  });
}

/** Solutions in order while the weight of one criterion is multiplied, 1 at most. */
function orderAt(
  criterion: Criterion,
  factor: string,
  criteria: readonly Criterion[],
  ranked: readonly Judged[],
): readonly string[] {
  const weight = Decimal.min(1, new Decimal(criterion.weight).times(factor));
  const remaining = new Decimal(1).minus(criterion.weight);
  const rescaled = new Decimal(1).minus(weight);
  return ranked
    .map((judged) => {
      const { own, rest } = splitBy(criterion, criteria, judged);
      // Times (1 − w), so that nothing is divided.
      return { judged, score: own.times(weight).times(remaining).plus(rest.times(rescaled)) };
    })
    .sort((left, right) => right.score.comparedTo(left.score) || inOrderOfTies(left.judged, right.judged))
    .map(({ judged }) => judged.candidate.solutionId);
}
