import { compareValues } from '../codec/compare.js';
import { add, toNumber } from '../codec/decimal.js';
import {
  Arr,
  bsonTypeOf,
  DateTime,
  Doc,
  isNumeric,
  Regex,
  Timestamp,
  typeNameOf,
  type Value,
} from '../codec/values.js';
import { badValue, MongoError, notSupported } from './errors.js';
import { show } from './index-definition.js';
import { parseFilter } from './matcher.js';
import type { Change } from './set-path.js';
import { sortBy, parseSort, type SortField } from './sort.js';
import { equals, type Single } from './value-tests.js';

/** What an operator may need to know about the document it changes. */
export interface Subject {
  readonly document: Doc;
  readonly now: () => bigint;
}

export interface Operator {
  /** Whether missing parents are created; otherwise a missing path is left alone. */
  readonly creates: boolean;
  /** Checks the operand once and returns the change for one document. */
  prepare(operand: Value, path: string): (subject: Subject) => Change;
}

function describeId(document: Doc): string {
  return `{_id: ${show(document.get('_id') ?? null)}}`;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

const inc: Operator = {
  creates: true,
  prepare(operand, path) {
    if (!isNumeric(operand)) {
      throw new MongoError(14, `Cannot increment with non-numeric argument: {${path}: ${show(operand)}}`);
    }
    return ({ document }) =>
      (current) => {
        if (current === undefined) return operand;
        if (!isNumeric(current)) {
          throw new MongoError(
            14,
            `Cannot apply $inc to a value of non-numeric type. ${describeId(document)} has the field '${lastPart(path)}' of non-numeric type ${typeNameOf(current)}`,
          );
        }
        const sum = add(current, operand);
        if (sum === undefined) {
          throw badValue(
            `Failed to apply $inc operations to current value (${show(current)}) for document ${describeId(document)}`,
          );
        }
        // A sum that changes nothing leaves the value as it is, which keeps -0.
        return bsonTypeOf(sum) === bsonTypeOf(current) && compareValues(sum, current) === 0 ? current : sum;
      };
  },
};

function extreme(keepWhen: (order: number) => boolean): Operator {
  return {
    creates: true,
    prepare: (operand) => () => (current) =>
      current !== undefined && keepWhen(compareValues(current, operand)) ? current : operand,
  };
}

function integer(value: Value | undefined, what: string): number | undefined {
  if (value === undefined) return undefined;
  if (!isNumeric(value) || !Number.isInteger(toNumber(value))) {
    throw badValue(`The value for ${what} must be an integer value`);
  }
  return toNumber(value);
}

function currentArray(current: Value | undefined, path: string, document: Doc, operator: string): readonly Value[] {
  if (current === undefined) return [];
  if (current instanceof Arr) return current.items;
  throw badValue(
    `The field '${path}' must be an array but is of type ${typeNameOf(current)} in document ${describeId(document)} (${operator})`,
  );
}

function eachOf(operand: Value, operator: string): readonly Value[] | undefined {
  if (!(operand instanceof Doc) || !operand.fields.has('$each')) return undefined;
  const each = operand.get('$each');
  if (!(each instanceof Arr)) {
    const code = operator === '$push' ? 2 : 14;
    throw new MongoError(
      code,
      `The argument to $each in ${operator} must be an array but it was of type ${typeNameOf(each)}`,
    );
  }
  return each.items;
}

/** The pattern of a sort in an array has a code of its own for all that is wrong with it. */
function pushSortFields(pattern: Doc): readonly SortField[] {
  try {
    return parseSort(pattern);
  } catch (error) {
    throw error instanceof MongoError ? badValue(`The $sort is invalid: ${error.message}`) : error;
  }
}

function pushSort(value: Value): (items: readonly Value[]) => readonly Value[] {
  if (isNumeric(value)) {
    const direction = toNumber(value);
    if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
    return (items) => [...items].sort((a, b) => direction * compareValues(a, b));
  }
  if (!(value instanceof Doc))
    throw badValue('The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1}');
  if (value.fields.size === 0) throw badValue('The $sort pattern is empty when it should be a set of fields.');
  const fields = pushSortFields(value);
  const empty = new Doc(undefined, new Map());
  return (items) => sortBy(items, (item) => (item instanceof Doc ? item : empty), fields);
}

const push: Operator = {
  creates: true,
  prepare(operand, path) {
    const each = eachOf(operand, '$push');
    const modifiers = each && operand instanceof Doc ? operand : undefined;
    for (const name of modifiers?.fields.keys() ?? []) {
      if (!['$each', '$position', '$slice', '$sort'].includes(name))
        throw badValue(`Unrecognized clause in $push: ${name}`);
    }
    const position = integer(modifiers?.get('$position'), '$position');
    const slice = integer(modifiers?.get('$slice'), '$slice');
    const sort = modifiers?.get('$sort');
    const order = sort === undefined ? undefined : pushSort(sort);
    const added = each ?? [operand];
    return ({ document }) =>
      (current) => {
        let items: readonly Value[] = [...currentArray(current, path, document, '$push')];
        const at = position ?? items.length;
        const start = at < 0 ? Math.max(0, items.length + at) : Math.min(at, items.length);
        items = [...items.slice(0, start), ...added, ...items.slice(start)];
        if (order) items = order(items);
        if (slice !== undefined) items = slice < 0 ? items.slice(slice) : items.slice(0, slice);
        return Arr.of([...items]);
      };
  },
};

const addToSet: Operator = {
  creates: true,
  prepare(operand, path) {
    const each = eachOf(operand, '$addToSet');
    if (each && operand instanceof Doc && operand.fields.size > 1)
      throw badValue('Found unexpected fields after $each in $addToSet');
    const added = each ?? [operand];
    return ({ document }) =>
      (current) => {
        const items = [...currentArray(current, path, document, '$addToSet')];
        const before = items.length;
        for (const value of added) if (!items.some((item) => compareValues(item, value) === 0)) items.push(value);
        return current !== undefined && items.length === before ? current : Arr.of(items);
      };
  },
};

/** Operators of a query over whole documents; others are conditions on the element itself, whatever it is. */
const OVER_DOCUMENTS: ReadonlySet<string | undefined> = new Set(['$and', '$or', '$nor']);

function pullTest(operand: Value): Single {
  if (operand instanceof Doc && (!operand.firstName?.startsWith('$') || OVER_DOCUMENTS.has(operand.firstName))) {
    const filter = parseFilter(operand);
    return (value) => value instanceof Doc && filter.test(value);
  }
  if (operand instanceof Doc || operand instanceof Regex) {
    const filter = parseFilter(Doc.of([['v', operand]]));
    return (value) => value !== undefined && filter.test(Doc.of([['v', value]]));
  }
  const test = equals(operand);
  return (value) => test(value);
}

const pull: Operator = {
  creates: false,
  prepare(operand, path) {
    const test = pullTest(operand);
    return ({ document }) =>
      (current) => {
        if (current === undefined) return undefined;
        const items = currentArray(current, path, document, '$pull');
        const kept = items.filter((item) => !test(item));
        return kept.length === items.length ? current : Arr.of(kept);
      };
  },
};

const currentDate: Operator = {
  creates: true,
  prepare(operand) {
    const type = operand instanceof Doc && operand.fields.size === 1 ? operand.get('$type') : undefined;
    if (typeof operand === 'boolean' || type === 'date')
      return ({ now }) =>
        () =>
          new DateTime(now());
    if (type === 'timestamp')
      return ({ now }) =>
        () =>
          new Timestamp(((now() / 1000n) << 32n) | 1n);
    throw badValue(
      `${show(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression`,
    );
  },
};

const set: Operator = { creates: true, prepare: (operand) => () => () => operand };

export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$set', set],
  ['$setOnInsert', set],
  ['$unset', { creates: false, prepare: () => () => () => undefined }],
  ['$inc', inc],
  ['$min', extreme((order) => order <= 0)],
  ['$max', extreme((order) => order >= 0)],
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pull', pull],
  ['$currentDate', currentDate],
]);

const KNOWN_ELSEWHERE = new Set(['$mul', '$rename', '$pop', '$pullAll', '$bit', '$pushAll']);

export function operatorNamed(name: string): Operator {
  const operator = OPERATORS.get(name);
  if (operator) return operator;
  if (KNOWN_ELSEWHERE.has(name)) throw notSupported(`the update operator ${name}`);
  throw new MongoError(
    9,
    `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
  );
}
