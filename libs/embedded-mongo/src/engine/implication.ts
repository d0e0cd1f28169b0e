import { compareValues } from '../codec/compare.js';
import { Arr, MAX_KEY, MIN_KEY, Regex, type Value } from '../codec/values.js';
import type { Conjunct } from './matcher.js';
import { compares, equals, isIn, type Single } from './value-tests.js';

type Kind = Conjunct['operator'];

function isScalar(value: Value): boolean {
  if (value === null || value === MIN_KEY || value === MAX_KEY) return false;
  return !(value instanceof Arr || value instanceof Regex);
}

function testOf({ operator, operands, path }: Conjunct): Single {
  if (operator === '$exists') return (value) => value !== undefined;
  if (operator === '$in') return isIn(operands);
  return operator === '$eq' ? equals(operands[0] as Value) : compares(operator, operands[0] as Value, path);
}

/** The two ends of a range that `wider` must reach at least as far as `narrower` does. */
function reaches(narrower: Conjunct, wider: Conjunct): boolean {
  const [inner, outer] = [narrower.operands[0] as Value, wider.operands[0] as Value];
  const upward = (kind: Kind): boolean => kind === '$gt' || kind === '$gte';
  if (!['$gt', '$gte', '$lt', '$lte'].includes(wider.operator)) return false;
  if (upward(narrower.operator) !== upward(wider.operator)) return false;
  if (compareValues(inner, outer) === 0) {
    const inclusive = (kind: Kind): boolean => kind === '$gte' || kind === '$lte';
    return inclusive(wider.operator) || !inclusive(narrower.operator);
  }
  return testOf(wider)(inner);
}

function impliesOne(known: Conjunct, wanted: Conjunct): boolean {
  if (known.path !== wanted.path) return false;
  if (known.operator === '$exists') return wanted.operator === '$exists';
  if (!known.operands.every(isScalar)) return false;
  if (known.operator === '$eq' || known.operator === '$in') return known.operands.every(testOf(wanted));
  return wanted.operator === '$exists' || (wanted.operands.every(isScalar) && reaches(known, wanted));
}

/**
 * Whether every document that fulfils `known` fulfils `wanted` too, as far as it shows from one condition at a time.
 * Each condition asks for some value at its path, in an array as well, so a narrower one implies a wider one.
 */
export function implies(known: readonly Conjunct[], wanted: readonly Conjunct[]): boolean {
  return wanted.every((one) => known.some((other) => impliesOne(other, one)));
}
