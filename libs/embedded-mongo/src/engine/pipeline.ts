import { encodeKey } from '../codec/key.js';
import { toNumber } from '../codec/decimal.js';
import { Arr, Doc, isNumeric, type Value } from '../codec/values.js';
import { ACCUMULATORS, type Accumulator } from './accumulators.js';
import { MongoError } from './errors.js';
import { parseExpression, parseFieldPath, type Expression } from './expression.js';
import { parseFilter } from './matcher.js';
import { splitPath } from './path.js';
import { parseProjection, type Projection } from './projection.js';
import { changeAt } from './set-path.js';
import { parseSort, sortBy } from './sort.js';

export type Stage = (input: Iterable<Doc>) => Iterable<Doc>;

function operandDoc(stage: string, code: number, operand: Value): Doc {
  if (operand instanceof Doc) return operand;
  throw new MongoError(code, `the ${stage} specification must be an object`);
}

export function stageCount(stage: string, operand: Value, least: number): number {
  const count = isNumeric(operand) ? toNumber(operand) : NaN;
  if (!Number.isInteger(count))
    throw new MongoError(
      stage === '$limit' ? 2107201 : 5107200,
      `invalid argument to ${stage} stage: Expected an integer`,
    );
  if (count < least)
    throw new MongoError(
      stage === '$limit' ? 15958 : 5107200,
      `invalid argument to ${stage} stage: the value must be at least ${least}`,
    );
  return count;
}

function* take(input: Iterable<Doc>, limit: number): Generator<Doc> {
  let left = limit;
  for (const document of input) {
    yield document;
    if (--left === 0) return;
  }
}

function* dropFirst(input: Iterable<Doc>, count: number): Generator<Doc> {
  let left = count;
  for (const document of input) if (left-- <= 0) yield document;
}

function* mapped(input: Iterable<Doc>, change: (document: Doc) => Doc): Generator<Doc> {
  for (const document of input) yield change(document);
}

function* kept(input: Iterable<Doc>, test: (document: Doc) => boolean): Generator<Doc> {
  for (const document of input) if (test(document)) yield document;
}

function isPlainFlag(value: Value): boolean {
  if (typeof value === 'boolean' || isNumeric(value)) return true;
  return value instanceof Doc && [...value.fields].every(([name, item]) => !name.startsWith('$') && isPlainFlag(item));
}

/** Inclusion and exclusion as in find, and top-level fields computed from field paths beside inclusions. */
function project(operand: Value): Stage {
  const spec = operandDoc('$project', 15969, operand);
  if (spec.fields.size === 0)
    throw new MongoError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  const computed: [string, Expression][] = [];
  const flags = new Map<string, Value>();
  for (const [name, value] of spec.fields) {
    if (isPlainFlag(value)) flags.set(name, value);
    else computed.push([name, parseExpression(value)]);
  }
  for (const [name] of computed) splitPath(name).forEach(checkName);
  const includesNothing = [...flags.keys()].every((name) => name === '_id');
  const narrow: Projection | undefined = projectionWith(flags, computed.length > 0 && includesNothing);
  return (input) =>
    mapped(input, (document) => {
      let made = narrow ? narrow(document) : document;
      for (const [name, expression] of computed) {
        const value = expression(document);
        made = changeAt(made, splitPath(name), value !== undefined, () => value);
      }
      return made;
    });
}

function checkName(part: string): void {
  if (part === '' || part.startsWith('$'))
    throw new MongoError(16410, "FieldPath field names may not start with '$' or be empty.");
}

function projectionWith(flags: Map<string, Value>, onlyComputed: boolean): Projection | undefined {
  if (!onlyComputed) return parseProjection(new Doc(undefined, flags));
  const withoutId = flags.has('_id') && !isTrue(flags.get('_id'));
  return withoutId ? () => new Doc(undefined, new Map()) : parseProjection(Doc.of([['_id', true]]));
}

function isTrue(value: Value | undefined): boolean {
  return value === true || (isNumeric(value) && toNumber(value) !== 0);
}

function group(operand: Value): Stage {
  const spec = operandDoc('$group', 15947, operand);
  const idSpec = spec.get('_id');
  if (idSpec === undefined) throw new MongoError(15955, 'a group specification must include an _id');
  const id = parseExpression(idSpec);
  const fields: { name: string; make: () => Accumulator; expression: Expression }[] = [];
  for (const [name, value] of spec.fields) {
    if (name === '_id') continue;
    if (name.includes('.')) throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
    if (!(value instanceof Doc)) throw new MongoError(40234, `The field '${name}' must be an accumulator object`);
    const [entry] = value.fields;
    if (!entry || value.fields.size !== 1)
      throw new MongoError(40238, `The field '${name}' must specify one accumulator`);
    const make = ACCUMULATORS.get(entry[0]);
    if (!make) throw new MongoError(15952, `unknown group operator '${entry[0]}'`);
    if (entry[0] === '$count' && !(entry[1] instanceof Doc && entry[1].fields.size === 0)) {
      throw new MongoError(2, '$count takes no arguments, i.e. $count:{}');
    }
    if (entry[1] instanceof Arr) throw new MongoError(40237, `The ${entry[0]} accumulator is a unary operator`);
    fields.push({ name, make, expression: entry[0] === '$count' ? () => 1 : parseExpression(entry[1]) });
  }
  return (input) => runGroup(input, id, fields);
}

function* runGroup(
  input: Iterable<Doc>,
  id: Expression,
  fields: readonly { name: string; make: () => Accumulator; expression: Expression }[],
): Generator<Doc> {
  const groups = new Map<string, { id: Value; accumulators: Accumulator[] }>();
  for (const document of input) {
    const value = id(document) ?? null;
    const key = encodeKey(value);
    let found = groups.get(key);
    if (!found) {
      found = { id: value, accumulators: fields.map((field) => field.make()) };
      groups.set(key, found);
    }
    for (let i = 0; i < fields.length; i++) found.accumulators[i]?.add(fields[i]?.expression(document));
  }
  for (const found of groups.values()) {
    const made = new Map<string, Value>([['_id', found.id]]);
    fields.forEach((field, i) => made.set(field.name, found.accumulators[i]?.result() ?? null));
    yield new Doc(undefined, made);
  }
}

function unwind(operand: Value): Stage {
  const spec = operand instanceof Doc ? operand : Doc.of([['path', operand]]);
  for (const name of spec.fields.keys()) {
    if (!['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(name)) {
      throw new MongoError(28811, `unrecognized option to $unwind stage: ${name}`);
    }
  }
  const [path, keep, index] = ['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].map((name) => spec.get(name));
  if (typeof path !== 'string') throw new MongoError(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$'))
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (keep !== undefined && typeof keep !== 'boolean')
    throw new MongoError(28809, 'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage');
  if (index !== undefined && (typeof index !== 'string' || index === '' || index.startsWith('$'))) {
    throw new MongoError(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  }
  parseFieldPath(path);
  const parts = splitPath(path.slice(1));
  const withIndex = (document: Doc, at: bigint | null): Doc =>
    typeof index === 'string' ? changeAt(document, splitPath(index), true, () => at) : document;
  return function* (input) {
    for (const document of input) {
      let value: Value | undefined = document;
      for (const part of parts) value = value instanceof Doc ? value.get(part) : undefined;
      if (!(value instanceof Arr)) {
        if ((value !== undefined && value !== null) || keep) yield withIndex(document, null);
      } else if (value.items.length === 0) {
        if (keep)
          yield withIndex(
            changeAt(document, parts, false, () => undefined),
            null,
          );
      } else {
        for (const [at, item] of value.items.entries()) {
          yield withIndex(
            changeAt(document, parts, true, () => item),
            BigInt(at),
          );
        }
      }
    }
  };
}

function countStage(operand: Value): Stage {
  if (typeof operand !== 'string' || operand === '' || operand.startsWith('$') || operand.includes('.')) {
    throw new MongoError(40156, 'the count field must be a non-empty string without $ and dots');
  }
  return function* (input) {
    let n = 0;
    for (const document of input) if (document) n++;
    if (n > 0) yield Doc.of([[operand, n]]);
  };
}

const STAGES: ReadonlyMap<string, (operand: Value) => Stage> = new Map<string, (operand: Value) => Stage>([
  [
    '$match',
    (operand) => {
      const { test } = parseFilter(operandDoc('$match', 15959, operand));
      return (input) => kept(input, test);
    },
  ],
  [
    '$sort',
    (operand) => {
      const fields = parseSort(operandDoc('$sort', 15973, operand));
      if (fields.length === 0) throw new MongoError(15976, '$sort stage must have at least one sort key');
      return (input) => sortBy([...input], (document) => document, fields);
    },
  ],
  [
    '$limit',
    (operand) => {
      const limit = stageCount('$limit', operand, 1);
      return (input) => take(input, limit);
    },
  ],
  [
    '$skip',
    (operand) => {
      const skip = stageCount('$skip', operand, 0);
      return (input) => dropFirst(input, skip);
    },
  ],
  ['$project', project],
  ['$group', group],
  ['$unwind', unwind],
  ['$count', countStage],
]);

export function stageOf(spec: Value): readonly [string, Value] {
  const entries = spec instanceof Doc ? [...spec.fields] : [];
  const [entry] = entries;
  if (!entry || entries.length !== 1) {
    throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  return entry;
}

export function parseStage(spec: Value): Stage {
  const [name, operand] = stageOf(spec);
  const make = STAGES.get(name);
  if (!make) throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
  return make(operand);
}
