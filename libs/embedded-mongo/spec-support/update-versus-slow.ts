import fc from 'fast-check';
import { BSON, Decimal128, Double, Int32, Long } from 'mongodb';
import { sent } from './documents.js';
import { DOCUMENT, ELEMENT, NUMBER, SCALAR } from './random-documents.js';
import { Num, toBson, type Plain, type PlainDoc } from './slow-query.js';
import { slowUpdate, type Change } from './slow-update.js';
import { MongoError } from '../src/engine/errors.js';
import { parseUpdate } from '../src/engine/update.js';

const PATH = fc.constantFrom('a', 'b', 'c', 'a.b', 'a.c', 'c.d', 'a.0', 'a.1.b', 'a.3', 'new', 'new.b');
const ANY = fc.oneof(SCALAR, ELEMENT);
const changeOf = (operator: Change['operator'], operand: fc.Arbitrary<Plain>): fc.Arbitrary<Change> =>
  fc.record({ operator: fc.constant(operator), path: PATH, operand });
const CHANGE: fc.Arbitrary<Change> = fc.oneof(
  changeOf('$set', ANY),
  changeOf('$unset', fc.constant('')),
  changeOf('$inc', NUMBER),
  changeOf('$min', ANY),
  changeOf('$max', ANY),
  changeOf('$push', ANY),
  fc.record({
    operator: fc.constant('$push' as const),
    path: PATH,
    operand: fc.array(SCALAR, { maxLength: 3 }),
    modifiers: fc.record({
      position: fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined }),
      slice: fc.option(fc.integer({ min: -4, max: 4 }), { nil: undefined }),
    }),
  }),
  changeOf('$addToSet', ANY),
  changeOf('$pull', ANY),
  changeOf(
    '$pull',
    NUMBER.map(($gte) => ({ $gte })),
  ),
);
const CASE = fc.record({ document: DOCUMENT, changes: fc.array(CHANGE, { minLength: 1, maxLength: 3 }) });

function operandOf({ operand, modifiers }: Change): unknown {
  if (!modifiers) return toBson(operand);
  const { position, slice } = modifiers;
  return {
    $each: toBson(operand),
    ...(position !== undefined && { $position: position }),
    ...(slice !== undefined && { $slice: slice }),
  };
}

function toUpdate(changes: readonly Change[]): BSON.Document {
  const update: { [operator: string]: { [path: string]: unknown } } = {};
  for (const change of changes) (update[change.operator] ??= {})[change.path] = operandOf(change);
  return update;
}

function fromBson(value: unknown): Plain {
  if (value instanceof Int32) return new Num(value.value, 'int');
  if (value instanceof Long) return new Num(value.toNumber(), 'long');
  if (value instanceof Double) return new Num(value.value, 'double');
  if (value instanceof Decimal128) return new Num(Number(value.toString()), 'decimal');
  if (Array.isArray(value)) return value.map(fromBson);
  if (typeof value !== 'object' || value === null) return value as Plain;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fromBson(item)]));
}

function engineUpdate(document: PlainDoc, changes: readonly Change[]): Plain | number {
  const before = sent({ ...(toBson(document) as object), _id: 1 });
  try {
    const after = parseUpdate(sent({ change: toUpdate(changes) }).get('change')).apply(before, false);
    const { _id, ...rest } = BSON.deserialize(after.bytes, { promoteValues: false });
    return fromBson(rest);
  } catch (error) {
    if (error instanceof MongoError) return error.code;
    throw error;
  }
}

export interface Updates {
  updates: number;
  changed: number;
  refused: { [code: number]: number };
}

/** Random updates of random documents: engine and slow implementation agree on the document or on the refusal. */
export function updateVersusSlow(runs: number): Updates {
  const seen: Updates = { updates: 0, changed: 0, refused: {} };
  fc.assert(
    fc.property(CASE, ({ document, changes }) => {
      // Two changes of one path by one operator are one field of the update.
      const asked = changes.filter(
        ({ operator, path }, i) =>
          !changes.slice(i + 1).some((next) => next.operator === operator && next.path === path),
      );
      const wanted = slowUpdate(document, asked);
      expect(engineUpdate(document, asked)).toEqual(wanted);
      seen.updates++;
      if (typeof wanted === 'number') seen.refused[wanted] = (seen.refused[wanted] ?? 0) + 1;
      else if (JSON.stringify(wanted) !== JSON.stringify(document)) seen.changed++;
    }),
    { numRuns: runs },
  );
  console.info(`Updates by two implementations: ${JSON.stringify(seen)}`);
  return seen;
}
