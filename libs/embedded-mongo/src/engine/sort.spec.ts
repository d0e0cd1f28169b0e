import type { BSON } from 'mongodb';
import { sent } from '../../spec-support/documents.js';
import { ONE_OF_EACH } from '../../spec-support/types.js';
import { refusal } from '../../spec-support/updates.js';
import { Doc } from '../codec/values.js';
import { Collection } from './collection.js';
import { MongoError } from './errors.js';
import { emptyFilter } from './matcher.js';
import { execute, type Query } from './planner.js';
import { parseSort, sortBy } from './sort.js';

function sorted(documents: readonly BSON.Document[], sort: BSON.Document): unknown[] {
  return sortBy(documents.map(sent), (document) => document, parseSort(sent(sort))).map((document) =>
    document.get('_id'),
  );
}

describe('MongoDB manual, "cursor.sort()": arrays and missing fields', () => {
  const documents = [
    { _id: 'empty', a: [] },
    { _id: 'missing' },
    { _id: 'null', a: null },
    { _id: 'two', a: 2 },
    { _id: 'one to nine', a: [9, 1] },
    { _id: 'five', a: [5] },
    { _id: 'text', a: 'x' },
  ];

  test('ascending, an array stands at its least element, an empty one below null and missing', () => {
    expect(sorted(documents, { a: 1 })).toEqual(['empty', 'missing', 'null', 'one to nine', 'two', 'five', 'text']);
  });

  test('descending, it stands at its greatest; equal ones keep their order', () => {
    expect(sorted(documents, { a: -1 })).toEqual(['text', 'one to nine', 'five', 'two', 'missing', 'null', 'empty']);
  });

  test('every type has its place', () => {
    const typesBackwards = ONE_OF_EACH.map((a, _id) => ({ _id, a: Array.isArray(a) ? [a] : a })).reverse();
    const order = [...ONE_OF_EACH.keys()];
    expect(sorted(typesBackwards, { a: 1 })).toEqual(order);
    expect(sorted(typesBackwards, { a: -1 })).toEqual([...order].reverse());
  });

  test('a compound sort looks at one element at a time', () => {
    const pairs = [
      {
        _id: 1,
        a: [
          { x: 1, y: 9 },
          { x: 2, y: 0 },
        ],
      },
      { _id: 2, a: [{ x: 1, y: 5 }] },
    ];
    expect(sorted(pairs, { 'a.x': 1, 'a.y': 1 })).toEqual([2, 1]);
  });

  test('a number in the path is a position', () => {
    const lists = [
      { _id: 1, a: [5, 0] },
      { _id: 2, a: [3, 9] },
      { _id: 3, a: [] },
    ];
    expect(sorted(lists, { 'a.0': 1 })).toEqual([3, 2, 1]);
    expect(sorted(lists, { 'a.1': -1 })).toEqual([2, 1, 3]);
  });
});

test.each<readonly [documents: BSON.Document[], sort: BSON.Document, code: number]>([
  [[{ a: [1], b: [2] }], { a: 1, b: 1 }, 2],
  [[{ a: [{ '0': 1 }] }], { 'a.0': 1 }, 16746],
  [[], { a: 2 }, 15975],
  [[], { a: { $meta: 'textScore' } }, 2],
  [[], { $natural: 1 }, 2],
  [[], { 'a..b': 1 }, 15998],
  [[], Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`f${i}`, 1])), 13103],
])('%j sorted by %j is refused with code %i', (documents, sort, code) => {
  let refusal: unknown;
  try {
    sorted(documents, sort);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(MongoError);
  expect((refusal as MongoError).code).toBe(code);
});

test('a sort that names a field twice is refused with code 7472500', () => {
  const twice = Buffer.from(sent({ a: 1, b: -1 }).bytes);
  twice[12] = twice[5] as number;
  expect(() => parseSort(new Doc(twice))).toThrow(expect.objectContaining({ code: 7472500 }));
});

describe('MongoDB manual, "allowDiskUse": a sort that may not use the disk holds 100 MiB of documents', () => {
  const collection = new Collection(1, 'test.c');
  const { bytes } = sent({ a: Buffer.alloc(15 * 1024 * 1024) });
  for (let rid = 1; rid <= 7; rid++) collection.load(rid, bytes);

  const query = (more: Partial<Query>): Query => ({
    filter: emptyFilter(),
    sort: parseSort(sent({ n: 1 })),
    skip: 0,
    limit: 0,
    ...more,
  });

  test.each<[more: Partial<Query>]>([[{ sortsInMemory: true }], [{ sortsInMemory: true, skip: 5, limit: 2 }]])(
    '105 MiB are refused with %j',
    (more) => {
      expect(refusal(() => execute(collection, query(more))).code).toBe(292);
    },
  );

  test.each<[more: Partial<Query>, found: number]>([
    [{}, 7],
    [{ sortsInMemory: false }, 7],
    [{ sortsInMemory: true, limit: 6 }, 6],
    [{ sortsInMemory: true, skip: 5, limit: 1 }, 1],
    [{ sortsInMemory: true, sort: [] }, 7],
  ])('they are sorted, or need not be, with %j: %i', (more, found) => {
    expect(execute(collection, query(more)).matches).toHaveLength(found);
  });
});
