import type { GoalTarget } from '../plan/plan.events.js';
import { Rational, type Amount } from './rational.js';

/** What a goal promises. */
export type Target = GoalTarget;
export type NumericTarget = Exclude<Target, { readonly kind: 'text' }>;

export const isNumeric = (target: Target | undefined): target is NumericTarget =>
  target !== undefined && target.kind !== 'text';

/** The amounts that meet a target, both ends included; an end that is left out has no bound. */
export interface Accepted {
  readonly from?: string;
  readonly to?: string;
}

export function acceptedBy(target: NumericTarget): Accepted {
  switch (target.kind) {
    case 'max':
      return { from: target.value };
    case 'min':
      return { to: target.value };
    case 'target':
      return { from: target.value, to: target.value };
    case 'range':
      return { from: target.from, to: target.to };
  }
}

/** How far an amount is from the nearest one that meets the target; 0 when it does. */
export function distanceFrom(target: NumericTarget, amount: Amount): Rational {
  const { from, to } = acceptedBy(target);
  const actual = Rational.of(amount);
  if (from !== undefined && actual.compare(from) < 0) return Rational.of(from).minus(actual);
  if (to !== undefined && actual.compare(to) > 0) return actual.minus(to);
  return Rational.of(0);
}

/** Compared unrounded. */
export const meets = (target: NumericTarget, amount: Amount): boolean => distanceFrom(target, amount).sign === 0;

/** A target with the unit that it is in: 4 of 5 points and 80 percent do not compare. */
export interface Promised {
  /** Left out while it has not been determined. */
  readonly target?: Target;
  readonly unit: string;
}

/**
 * Whether the new target would let pass what the old one would not: some amount meets the new and fails the old. A target that
 * goes away weakens, a first one does not. Undefined where the two cannot be compared: texts, and other units.
 */
export function weakens(was: Promised, now: Promised): boolean | undefined {
  if (was.target === undefined) return false;
  if (now.target === undefined) return true;
  if (!isNumeric(was.target) || !isNumeric(now.target) || was.unit !== now.unit) return undefined;
  const [old, next] = [acceptedBy(was.target), acceptedBy(now.target)];
  const opensBelow =
    old.from !== undefined && (next.from === undefined || Rational.of(next.from).compare(old.from) < 0);
  const opensAbove = old.to !== undefined && (next.to === undefined || Rational.of(next.to).compare(old.to) > 0);
  return opensBelow || opensAbove;
}
