import fc from 'fast-check';
import { sent } from './documents.js';
import { DOCUMENT, ELEMENT, NUMBER, SCALAR } from './random-documents.js';
import {
  compare,
  matches,
  sortValue,
  toBson,
  toFilter,
  type Condition,
  type Plain,
  type PlainDoc,
  type Query as Question,
} from './slow-query.js';
import { Collection } from '../src/engine/collection.js';
import { implies } from '../src/engine/implication.js';
import { parseIndex } from '../src/engine/index-specification.js';
import { parseFilter } from '../src/engine/matcher.js';
import { choosePlan, execute, type Query } from '../src/engine/planner.js';
import { parsed } from '../src/engine/records.js';
import { parseSort } from '../src/engine/sort.js';
import { Unit } from '../src/engine/unit.js';

const PATH = fc.constantFrom('a', 'b', 'a.b', 'c.d');
const CONDITION: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    path: PATH,
    operator: fc.constantFrom<Condition['operator']>('$eq', '$eq', '$gt', '$gte', '$lt', '$lte', '$ne'),
    operands: fc.tuple(fc.oneof({ weight: 6, arbitrary: SCALAR }, { weight: 1, arbitrary: ELEMENT })),
  }),
  fc.record({
    path: PATH,
    operator: fc.constantFrom<Condition['operator']>('$in', '$nin'),
    operands: fc.array(SCALAR, { maxLength: 4 }),
  }),
  fc.record({
    path: PATH,
    operator: fc.constant<Condition['operator']>('$exists'),
    operands: fc.tuple(fc.boolean()),
  }),
  fc.record({
    path: PATH,
    operator: fc.constant<Condition['operator']>('$elemMatch'),
    operands: fc.tuple(NUMBER, NUMBER),
  }),
);
const LEAF: fc.Arbitrary<Question> = CONDITION.map((condition) => ({ kind: 'condition', condition }));
const and = (...conditions: Condition[]): Question => ({
  kind: '$and',
  parts: conditions.map((condition) => ({ kind: 'condition', condition })),
});
/** Two bounds on one array, or conditions on two fields of its elements: different elements may meet them. */
const PAIR: fc.Arbitrary<Question> = fc.oneof(
  fc
    .tuple(PATH, NUMBER, NUMBER)
    .map(([path, low, high]) =>
      and({ path, operator: '$gt', operands: [low] }, { path, operator: '$lt', operands: [high] }),
    ),
  fc
    .tuple(NUMBER, NUMBER)
    .map(([b, c]) =>
      and({ path: 'a.b', operator: '$eq', operands: [b] }, { path: 'a.c', operator: '$lte', operands: [c] }),
    ),
);
const QUERY: fc.Arbitrary<Question> = fc.oneof(
  LEAF,
  PAIR,
  fc.record({ kind: fc.constant('$and' as const), parts: fc.array(LEAF, { minLength: 1, maxLength: 3 }) }),
  fc.record({
    kind: fc.constantFrom('$or' as const, '$nor' as const),
    parts: fc.array(LEAF, { minLength: 1, maxLength: 3 }),
  }),
  fc
    .tuple(LEAF, fc.array(LEAF, { minLength: 2, maxLength: 2 }))
    .map(([leaf, parts]): Question => ({ kind: '$and', parts: [leaf, { kind: '$or', parts }] })),
);
const DIRECTION = fc.constantFrom(1, -1);
const SORT = fc.oneof(
  fc.constant({}),
  fc.record({ b: DIRECTION }),
  fc.record({ a: DIRECTION }),
  fc.record({ 'a.b': DIRECTION }),
  fc.record({ 'c.d': DIRECTION, b: DIRECTION }),
  fc.record({ b: DIRECTION, a: DIRECTION }),
  fc.record({ a: DIRECTION, b: DIRECTION }),
) as fc.Arbitrary<Record<string, number>>;
const QUESTION = fc.record({
  query: QUERY,
  sort: SORT,
  skip: fc.integer({ min: 0, max: 3 }),
  limit: fc.constantFrom(0, 0, 1, 3, 10),
});

const INDEXES = [
  { name: 'a', key: { a: 1 } },
  { name: 'a down, b', key: { a: -1, b: 1 } },
  { name: 'b, a down', key: { b: 1, a: -1 } },
  { name: 'b down, c.d', key: { b: -1, 'c.d': 1 } },
  { name: 'a.b', key: { 'a.b': 1 } },
  { name: 'c.d down, b down, sparse', key: { 'c.d': -1, b: -1 }, sparse: true },
  { name: 'b, partial', key: { b: 1 }, partialFilterExpression: { b: { $gt: 0 } } },
  { name: 'c.d, partial', key: { 'c.d': 1 }, partialFilterExpression: { b: { $exists: true } } },
  { name: 'a, a.b down', key: { a: 1, 'a.b': -1 } },
  { name: 'a.b down, a.c', key: { 'a.b': -1, 'a.c': 1 } },
] as const;

const CASE = fc.record({
  documents: fc.array(DOCUMENT, { minLength: 25, maxLength: 40 }),
  replacements: fc.array(fc.tuple(fc.nat(), fc.option(DOCUMENT)), { maxLength: 10 }),
  indexes: fc.subarray([...INDEXES], { minLength: 3 }),
  questions: fc.array(QUESTION, { minLength: 8, maxLength: 12 }),
});

type Setting = typeof CASE extends fc.Arbitrary<infer Setting> ? Setting : never;

/** A collection with its documents beside it; a third of the indexes is made before the documents are there. */
function given({ documents, replacements, indexes }: Setting): {
  readonly collection: Collection;
  readonly held: ReadonlyMap<number, PlainDoc>;
} {
  const collection = new Collection(1, 'test.c');
  const unit = new Unit();
  const held = new Map<number, PlainDoc>();
  const early = indexes.length / 3;
  const create = (spec: (typeof INDEXES)[number]): void => collection.createIndex(unit, parseIndex(sent(spec)));
  indexes.slice(0, early).forEach(create);
  const stored = (id: number, document: PlainDoc): ReturnType<typeof sent> =>
    sent({ _id: id, ...(toBson(document) as object) });
  for (const [id, document] of documents.entries()) {
    collection.insert(unit, stored(id, document));
    held.set(id, document);
  }
  for (const [pick, replacement] of replacements) {
    const id = pick % documents.length;
    const before = collection.byId(id);
    if (!before) continue;
    if (replacement) {
      collection.replace(unit, before, stored(id, replacement));
      held.set(id, replacement);
    } else {
      collection.remove(unit, before);
      held.delete(id);
    }
  }
  indexes.slice(early).forEach(create);
  return { collection, held };
}

const compareKeys = (a: readonly (Plain | undefined)[], b: typeof a, directions: readonly number[]): number =>
  directions.reduce((order, direction, i) => order || direction * compare(a[i], b[i]), 0);

export interface Seen {
  questions: number;
  matched: number;
  byIndex: number;
  inIndexOrder: number;
  byPartialIndex: number;
  hinted: number;
}

function ask(setting: Setting, seen: Seen): void {
  const { collection, held } = given(setting);
  for (const { query, sort, skip, limit } of setting.questions) {
    const filter = parseFilter(sent(toFilter(query)));
    const asked: Query = { filter, sort: parseSort(sent(sort)), skip, limit };
    const directions = Object.values(sort);
    const keys = new Map<number, (Plain | undefined)[]>();
    for (const [id, document] of held)
      keys.set(
        id,
        Object.entries(sort).map(([path, direction]) => sortValue(document, path, direction === -1)),
      );
    const order = (a: number, b: number): number => compareKeys(keys.get(a)!, keys.get(b)!, directions);
    const wanted = [...held.keys()].filter((id) => matches(held.get(id)!, query)).sort(order);
    const members = new Set(wanted);
    const slice = wanted.slice(skip, limit > 0 ? skip + limit : undefined);
    const check = (hint?: Query['hint']): void => {
      const { matches: found } = execute(collection, { ...asked, ...(hint && { hint }) });
      const ids = found.map((stored) => parsed(stored).get('_id') as number);
      const agrees =
        ids.length === slice.length &&
        new Set(ids).size === ids.length &&
        ids.every((id, i) => members.has(id) && order(id, slice[i]!) === 0);
      if (agrees) return;
      const way =
        hint === undefined ? 'the planner' : hint === 'natural' ? 'a scan' : `the index ${hint.definition.name}`;
      throw new Error(`${way} found ${ids.join()} where the slow implementation finds ${slice.join()}`);
    };
    check();
    check('natural');
    const plan = choosePlan(collection, asked);
    seen.questions++;
    seen.matched += wanted.length;
    if (plan.scans) seen.byIndex++;
    if (plan.scans && directions.length > 0 && !plan.needsSort) seen.inIndexOrder++;
    for (const index of collection.indexes) {
      const { partial, sparse } = index.definition;
      if (sparse || (partial && !implies(filter.conjuncts, partial.filter.conjuncts))) continue;
      if (partial) seen.byPartialIndex++;
      seen.hinted++;
      check(index);
    }
  }
}

/**
 * Random documents, indexes, filters and sorts: the planner's choice, every index that may be asked for, a scan of the
 * whole collection and the slow implementation must agree. A counterexample is told with its seed.
 */
export function indexVersusScan(runs: number): Seen {
  const seen: Seen = { questions: 0, matched: 0, byIndex: 0, inIndexOrder: 0, byPartialIndex: 0, hinted: 0 };
  fc.assert(
    fc.property(CASE, (setting) => ask(setting, seen)),
    { numRuns: runs },
  );
  console.info(`Index versus scan: ${JSON.stringify(seen)}`);
  return seen;
}
