import { canonicalType, compareValues } from '../codec/compare.js';
import { compareNumbers, toNumber } from '../codec/decimal.js';
import { encodeKey } from '../codec/key.js';
import { Arr, BSON_TYPE, bsonTypeOf, Doc, isNumeric, MAX_KEY, MIN_KEY, Regex, UNDEFINED } from '../codec/values.js';
import type { Value } from '../codec/values.js';
import { badValue, MongoError } from './errors.js';
import { visitPath, type Path } from './path.js';
import { regexTest } from './regex.js';

export type Single = (value: Value | undefined) => boolean;

/** A condition on one field: over a path with MongoDB's array rules, or on a single value inside $elemMatch. */
export interface FieldTest {
  matches(root: Doc, path: Path): boolean;
  single: Single;
}

export function leaf(single: Single, expand: boolean): FieldTest {
  return { matches: (root, path) => visitPath(root, path, expand, single), single };
}

export function not(test: FieldTest): FieldTest {
  return { matches: (root, path) => !test.matches(root, path), single: (value) => !test.single(value) };
}

export function all(tests: readonly FieldTest[]): FieldTest {
  if (tests.length === 1) return tests[0] as FieldTest;
  return {
    matches: (root, path) => tests.every((test) => test.matches(root, path)),
    single: (value) => tests.every((test) => test.single(value)),
  };
}

function isNullish(value: Value | undefined): boolean {
  return value === undefined || value === null || value === UNDEFINED;
}

export function equals(operand: Value): Single {
  if (operand === UNDEFINED) throw badValue('cannot compare to undefined');
  if (operand === null) return isNullish;
  if (isNumeric(operand)) return (value) => isNumeric(value) && compareNumbers(value, operand) === 0;
  const rank = canonicalType(operand);
  return (value) =>
    value === operand || (value !== undefined && canonicalType(value) === rank && compareValues(value, operand) === 0);
}

export type Comparison = '$gt' | '$gte' | '$lt' | '$lte';

/** Only values of the operand's type compare; null also stands for missing; MinKey and MaxKey meet every type. */
export function compares(operator: Comparison, operand: Value, path: string): Single {
  if (operand === UNDEFINED) throw badValue('cannot compare to undefined');
  if (operand instanceof Regex) throw badValue(`Can't have RegEx as arg to predicate over field '${path}'.`);
  const orEqual = operator === '$gte' || operator === '$lte';
  if (operand === null) return (value) => orEqual && isNullish(value);
  const upward = operator === '$gt' || operator === '$gte';
  if (operand === MIN_KEY || operand === MAX_KEY) {
    const others = upward === (operand === MIN_KEY);
    return (value) => (value === operand ? orEqual : others);
  }
  const isNaNOperand = isNumeric(operand) && Number.isNaN(toNumber(operand));
  if (isNaNOperand) return orEqual ? equals(operand) : () => false;
  const rank = canonicalType(operand);
  return (value) => {
    if (value === undefined || canonicalType(value) !== rank) return false;
    if (isNumeric(value) && Number.isNaN(toNumber(value))) return false;
    const order = compareValues(value, operand);
    return order === 0 ? orEqual : order > 0 === upward;
  };
}

/** Regular expressions in the list match, as they do alone; everything else is looked up by its index key. */
export function isIn(operands: readonly Value[]): Single {
  if (operands.includes(UNDEFINED)) throw badValue('cannot compare to undefined');
  const plain = operands.filter((item) => !(item instanceof Regex));
  if (plain.length === operands.length && plain.every((item) => typeof item === 'string')) {
    const strings = new Set<Value | undefined>(plain);
    return (value) => strings.has(value);
  }
  const patterns = operands.filter((item) => item instanceof Regex);
  const tests = patterns.map((item) => regexTest(item.pattern, item.options));
  const keys = new Set(plain.map((item) => encodeKey(item)));
  const holdsNull = plain.includes(null);
  return (value) =>
    isNullish(value) ? holdsNull : keys.has(encodeKey(value as Value)) || tests.some((test) => test(value));
}

const MAX_INT32 = 2 ** 31 - 1;

export function hasSize(operand: Value): Single {
  if (!isNumeric(operand)) {
    throw badValue(`Failed to parse $size. Expected a number in: $size: ${typeof operand}`);
  }
  const size = toNumber(operand);
  if (!Number.isInteger(size)) throw badValue('Failed to parse $size. Expected an integer: $size');
  if (size > MAX_INT32) throw badValue('Failed to parse $size. Cannot represent as a 32-bit integer: $size');
  if (size < 0) throw badValue('Failed to parse $size. Expected a non-negative number in: $size');
  return (value) => value instanceof Arr && value.items.length === size;
}

const TYPE_BY_NAME = new Map<string, number>(Object.entries(BSON_TYPE));

export function hasType(operand: Value): Single {
  const wanted = operand instanceof Arr ? operand.items : [operand];
  if (wanted.length === 0) throw new MongoError(9, '$type must match at least one type');
  const types = new Set<number>();
  for (const item of wanted) {
    if (item === 'number') {
      for (const type of [BSON_TYPE.double, BSON_TYPE.int, BSON_TYPE.long, BSON_TYPE.decimal]) types.add(type);
    } else if (typeof item === 'string') {
      const type = TYPE_BY_NAME.get(item);
      if (type === undefined) throw badValue(`Unknown type name alias: ${item}`);
      types.add(type);
    } else if (isNumeric(item)) {
      const code = toNumber(item);
      const known = [...TYPE_BY_NAME.values()].includes(code === -1 ? 255 : code);
      if (!known) throw badValue(`Invalid numerical type code: ${code}`);
      types.add(code === -1 ? 255 : code);
    } else throw new MongoError(14, 'type must be represented as a number or a string');
  }
  return (value) => value !== undefined && types.has(bsonTypeOf(value));
}
