import { Decimal } from '@app/kernel';
import { Rational, type Amount } from './rational.js';
import { acceptedBy, distanceFrom, type NumericTarget } from './target.js';

/**
 * Share of the way from the baseline to the target that was gone: (A-B)/(T-B), below 0 when it went backwards. For a range and
 * for an exact amount it is 1 less the distance that is left over the distance that there was. Undefined where the baseline
 * meets the target already: there is no way to go.
 */
export function attainedFrom(baseline: Amount, target: NumericTarget, actual: Amount): Rational | undefined {
  const way = distanceFrom(target, baseline);
  if (way.sign === 0) return undefined;
  if (target.kind === 'max' || target.kind === 'min')
    return Rational.of(actual).minus(baseline).dividedBy(Rational.of(target.value).minus(baseline));
  return way.minus(distanceFrom(target, actual)).dividedBy(way);
}

/**
 * Share of the target without regard to a baseline: A/T where more is better, 2-A/T where less is better, 1 anywhere between goal
 * posts and as above outside them. A bound of 0 gives 1 when it is kept and else 0; a bound below 0 turns the two formulas round.
 */
export function attainedOf(target: NumericTarget, actual: Amount): Rational {
  const { from, to } = acceptedBy(target);
  const amount = Rational.of(actual);
  if (from !== undefined && (target.kind === 'max' || amount.compare(from) < 0))
    return shareOf(from, amount, amount.compare(from) >= 0, 1);
  if (to !== undefined && (target.kind === 'min' || amount.compare(to) > 0))
    return shareOf(to, amount, amount.compare(to) <= 0, -1);
  return Rational.of(1);
}

function shareOf(bound: string, amount: Rational, isKept: boolean, better: 1 | -1): Rational {
  const size = Rational.of(bound);
  if (size.sign === 0) return Rational.of(isKept ? 1 : 0);
  return size.sign === better ? amount.dividedBy(size) : Rational.of(2).minus(amount.dividedBy(size));
}

/** The way from the baseline where there is one to go, else the share of the target. */
export const attainment = (target: NumericTarget, actual: Amount, baseline?: Amount): Rational =>
  (baseline === undefined ? undefined : attainedFrom(baseline, target, actual)) ?? attainedOf(target, actual);

/** For display only: between -1 and 2, since on a short way anything is a large share. */
export const clipped = (share: Decimal): Decimal => Decimal.max(-1, Decimal.min(2, share));
