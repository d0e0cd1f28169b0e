import { Decimal128, Double, Long, type BSON } from 'mongodb';
import { sent, shown } from '../../spec-support/documents.js';
import { run as runTyped } from '../../spec-support/pipelines.js';
import { parseStage } from './pipeline.js';

const run = (documents: readonly BSON.Document[], ...stages: BSON.Document[]): BSON.Document[] =>
  runTyped(documents, ...stages).map(shown);

const SALES = [
  { _id: 1, item: 'a', n: 2, tags: ['x', 'y'] },
  { _id: 2, item: 'a', n: 3, tags: [] },
  { _id: 3, item: 'b', n: 5 },
  { _id: 4, item: null, n: 'none', tags: 'z' },
];

describe('MongoDB manual, "Aggregation Stages"', () => {
  test('$group gathers by value; missing and null are one group', () => {
    const groups = run(
      [...SALES, { _id: 5, n: 1 }],
      { $group: { _id: '$item', sum: { $sum: '$n' }, count: { $count: {} }, first: { $first: '$_id' } } },
      { $sort: { _id: 1 } },
    );
    expect(groups).toEqual([
      { _id: null, sum: 1, count: 2, first: 4 },
      { _id: 'a', sum: 5, count: 2, first: 1 },
      { _id: 'b', sum: 5, count: 1, first: 3 },
    ]);
  });

  test('accumulators leave out what they cannot use', () => {
    const [all] = run(SALES, {
      $group: {
        _id: null,
        avg: { $avg: '$n' },
        none: { $avg: '$item' },
        least: { $min: '$item' },
        most: { $max: '$n' },
        last: { $last: '$tags' },
        tags: { $push: '$tags' },
        items: { $addToSet: '$item' },
      },
    });
    expect(all).toEqual({
      _id: null,
      avg: 10 / 3,
      none: null,
      least: 'a',
      most: 'none',
      last: 'z',
      tags: [['x', 'y'], [], 'z'],
      items: ['a', 'b', null],
    });
  });

  test('$sum is exact and keeps the widest type; a double joins decimals with 15 digits', () => {
    const sum = (...values: unknown[]): unknown =>
      run(
        values.map((v) => ({ v })),
        { $group: { _id: null, sum: { $sum: '$v' } } },
      )[0]?.['sum'];
    expect(sum(2147483647, 1)).toEqual(Long.fromNumber(2147483648));
    expect(sum(1, new Double(2))).toBe(3);
    expect(sum(0.1, 0.2, 0.3, -0.3, -0.2, -0.1)).toBe(0);
    expect(String(sum(Decimal128.fromString('0.10'), 1, 0.5))).toBe('1.600000000000000');
    expect(sum('x')).toBe(0);
  });

  test('$unwind makes a document of each element', () => {
    expect(run(SALES, { $unwind: '$tags' }).map(({ _id, tags }) => [_id, tags])).toEqual([
      [1, 'x'],
      [1, 'y'],
      [4, 'z'],
    ]);
    const kept = run(SALES, {
      $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' },
    });
    expect(kept.map(({ _id, tags, i }) => [_id, tags, i === null ? null : Number(i)])).toEqual([
      [1, 'x', 0],
      [1, 'y', 1],
      [2, undefined, null],
      [3, undefined, null],
      [4, 'z', null],
    ]);
  });

  test('$project includes, excludes and computes from field paths', () => {
    expect(run(SALES.slice(0, 1), { $project: { item: 1, _id: 0 } })).toEqual([{ item: 'a' }]);
    expect(run(SALES.slice(0, 1), { $project: { tags: 0 } })).toEqual([{ _id: 1, item: 'a', n: 2 }]);
    expect(run(SALES.slice(0, 1), { $project: { name: '$item', none: '$nothing', one: { $literal: 1 } } })).toEqual([
      { _id: 1, name: 'a', one: 1 },
    ]);
    expect(run([{ _id: 1, a: [{ b: 1 }, 2, { b: 3 }] }], { $project: { b: '$a.b' } })).toEqual([{ _id: 1, b: [1, 3] }]);
  });

  test('$match, $sort, $skip, $limit and $count work together', () => {
    const page = run(SALES, { $match: { n: { $type: 'number' } } }, { $sort: { n: -1 } }, { $skip: 1 }, { $limit: 1 });
    expect(page.map(({ _id }) => _id)).toEqual([2]);
    expect(run(SALES, { $match: { item: 'a' } }, { $count: 'n' })).toEqual([{ n: 2 }]);
    expect(run([], { $count: 'n' })).toEqual([]);
  });

  test('field paths reach the fields of a DBRef', () => {
    const link = { $ref: 'other', $id: 5 };
    expect(run([{ _id: 1, link }], { $project: { $ref: '$link.$ref', id: '$$ROOT.link.$id' } })).toEqual([
      { _id: 1, $ref: 'other', id: 5 },
    ]);
  });

  test('$facet runs each pipeline over the whole input', () => {
    const [facets] = run(SALES, {
      $facet: { count: [{ $count: 'n' }], best: [{ $sort: { _id: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }] },
    });
    expect(facets).toEqual({ count: [{ n: 4 }], best: [{ _id: 4 }] });
  });
});

test.each<readonly [stage: BSON.Document, code: number, named: string]>([
  [{ $lookup: {} }, 40324, '$lookup'],
  [{ $out: 'x' }, 40324, '$out'],
  [{ $addFields: {} }, 40324, '$addFields'],
  [{ $match: 1 }, 15959, '$match'],
  [{ $sort: {} }, 15976, '$sort'],
  [{ $limit: 0 }, 15958, '$limit'],
  [{ $skip: -1 }, 5107200, '$skip'],
  [{ $group: { a: 1 } }, 15955, '_id'],
  [{ $group: { _id: null, a: { $stdDevPop: '$n' } } }, 15952, '$stdDevPop'],
  [{ $group: { _id: null, a: { $sum: { $add: [1, 2] } } } }, 168, '$add'],
  [{ $group: { _id: { $year: '$n' } } }, 168, '$year'],
  [{ $project: { a: { $add: [1, 2] } } }, 168, '$add'],
  [{ $project: { a: 0, b: '$c' } }, 31310, 'a'],
  [{ $project: { 'a.b': '$c' } }, 115, 'a.b'],
  [{ $project: { a: { b: '$c', d: 1 } } }, 115, "'a'"],
  [{ $project: { a: '$$NOW' } }, 115, 'NOW'],
  [{ $project: { a: '$$$' } }, 9, "'$' is not the name of a variable"],
  [{ $project: { a: '$$a-b' } }, 9, "'a-b' is not the name of a variable"],
  [{ $project: { a: '$a.$b' } }, 16410, '$'],
  [{ $project: {} }, 51272, '$project'],
  [{ $unwind: 'tags' }, 28818, 'tags'],
  [{ $unwind: '$a\0b' }, 16419, '$unwind'],
  [{ $count: '$n' }, 40158, 'count'],
  [{ $facet: { a: [{ $facet: {} }] } }, 40600, '$facet'],
  [{ $match: {}, $limit: 1 }, 40323, 'exactly one field'],
  [{ $facet: { a: [5] } }, 40171, 'must be objects'],
])('the stage %j is refused with code %i', (stage, code, named) => {
  expect(() => parseStage(sent(stage))).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(named) as string }),
  );
});

test('what is no document is no stage', () => {
  expect(() => parseStage(5)).toThrow(expect.objectContaining({ code: 14 }));
});

test('a sort and a group above their memory are refused, not answered in part', () => {
  const large = Array.from({ length: 120 }, (_, i) => ({ _id: i, text: 'x'.repeat(1024 * 1024) }));
  expect(() => run(large, { $sort: { text: 1 } })).toThrow(expect.objectContaining({ code: 292 }));
  expect(() => run(large, { $group: { _id: null, all: { $push: '$text' } } })).toThrow(
    expect.objectContaining({ code: 292 }),
  );
});
