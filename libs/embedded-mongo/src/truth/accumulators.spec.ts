import { Double, Int32, Long, MaxKey, MinKey, type BSON } from 'mongodb';
import { sent } from '../../spec-support/documents.js';
import { run } from '../../spec-support/pipelines.js';
import { decimal, isNumber, ONE_OF_EACH } from '../../spec-support/types.js';
import { refusal, typed } from '../../spec-support/updates.js';
import { ACCUMULATORS } from '../engine/accumulators.js';

/** In a list of values: a document without the field. */
const MISSING = Symbol('missing');

/** What the accumulator makes of a field of these values, all in one group; its type can be seen. */
function accumulated(operator: string, values: readonly unknown[]): string {
  const documents = values.map((a) => (a === MISSING ? {} : { a }));
  const operand = operator === '$count' ? {} : '$a';
  const [group] = run(documents, { $group: { _id: null, result: { [operator]: operand } } });
  return typed(group!);
}
const made = (result: unknown): string => typed(sent({ _id: null, result }));
const shows = (operator: string, values: readonly unknown[], result: unknown): void => {
  const said = `${operator} of ${values.map((value) => (value === MISSING ? 'nothing' : made(value))).join()}`;
  expect([said, accumulated(operator, values)]).toEqual([said, made(result)]);
};

const long = (text: string): Long => Long.fromString(text);

describe('MongoDB manual, "$sum" and "$avg": numbers are taken, all else is passed over', () => {
  test.each<readonly [values: readonly unknown[], sum: unknown, average: unknown]>([
    [[], undefined, undefined],
    [[MISSING], new Int32(0), null],
    [[null], new Int32(0), null],
    [['1', true, {}, [1, 2], new Date(5)], new Int32(0), null],
    [[1, 'x', null, MISSING, 2], new Int32(3), new Double(1.5)],
    [[1], new Int32(1), new Double(1)],
    [[new Double(1)], new Double(1), new Double(1)],
    [[long('1'), 2], long('3'), new Double(1.5)],
    [[long('1'), new Double(0.5)], new Double(1.5), new Double(0.75)],
    [[1, new Double(0.25), long('2')], new Double(3.25), new Double(3.25 / 3)],
    [[decimal('0.10'), decimal('0.20')], decimal('0.30'), decimal('0.15')],
    [[decimal('1.0'), 2], decimal('3.0'), decimal('1.5')],
    [[2147483647, 1], long('2147483648'), new Double(1073741824)],
    [[-2147483648, -1], long('-2147483649'), new Double(-1073741824.5)],
    [[long('9223372036854775807'), 1], new Double(2 ** 63), new Double(2 ** 62)],
    [[long('9223372036854775807'), 1, -1], long('9223372036854775807'), new Double(2 ** 63 / 3)],
    [[1e308, 1e308, -1e308], new Double(Infinity), new Double(Infinity)],
    [[Infinity, -Infinity], new Double(NaN), new Double(NaN)],
    [[NaN, 1], new Double(NaN), new Double(NaN)],
    [[0.1, 0.2, 0.3, -0.3, -0.2, -0.1], new Double(0), new Double(0)],
    [[decimal('NaN'), 1], decimal('NaN'), decimal('NaN')],
  ])('%p', (values, sum, average) => {
    if (values.length === 0) {
      expect(run([], { $group: { _id: null, result: { $sum: '$a' } } })).toEqual([]);
      return;
    }
    shows('$sum', values, sum);
    shows('$avg', values, average);
  });

  test('of each type', () => {
    for (const value of ONE_OF_EACH) {
      shows('$sum', [value], isNumber(value) ? value : new Int32(0));
      if (!isNumber(value)) shows('$avg', [value], null);
    }
  });

  test('"$sum": millions of large numbers make an exact sum, beyond what a double can hold', () => {
    const sum = ACCUMULATORS.get('$sum')!();
    for (let i = 0; i < 5_000_000; i++) sum.add(2147483647);
    expect(sum.result()).toBe(10737418235000000n);
  });

  test('"$sum": a constant counts', () => {
    const [group] = run([{}, { a: 1 }, {}], { $group: { _id: null, result: { $sum: new Double(0.5) } } });
    expect(typed(group!)).toBe(made(new Double(1.5)));
  });
});

describe('MongoDB manual, "$min" and "$max": null and missing values are passed over', () => {
  test('of every pair of types, the lesser and the greater in the order of the types', () => {
    for (const [i, a] of ONE_OF_EACH.entries()) {
      for (const [j, b] of ONE_OF_EACH.entries()) {
        const lesser = i <= j ? a : b;
        const greater = i <= j ? b : a;
        shows('$min', [a, b], a === null ? b : b === null ? a : lesser);
        shows('$max', [a, b], a === null ? b : b === null ? a : greater);
      }
    }
  });

  test.each<readonly [values: readonly unknown[], least: unknown, most: unknown]>([
    [[MISSING], null, null],
    [[null, MISSING], null, null],
    [[MISSING, 5, null], 5, 5],
    [[1, new Double(1)], 1, 1],
    [[new Double(1), 1], new Double(1), new Double(1)],
    [[3, NaN], NaN, 3],
    [[[1, 9], 5], 5, [1, 9]],
    [[[2], [1, 9]], [1, 9], [2]],
  ])('%p', (values, least, most) => {
    shows('$min', values, least);
    shows('$max', values, most);
  });
});

describe('MongoDB manual, "$first" and "$last": the value of one document, null when it has none', () => {
  test.each<readonly [values: readonly unknown[], first: unknown, last: unknown]>([
    [[1, 2, 3], 1, 3],
    [[MISSING, 2, MISSING], null, null],
    [[null, 2, null], null, null],
    [[[1, 2], { b: 1 }], [1, 2], { b: 1 }],
    [[long('1')], long('1'), long('1')],
  ])('%p', (values, first, last) => {
    shows('$first', values, first);
    shows('$last', values, last);
  });

  test('of each type', () => {
    for (const value of ONE_OF_EACH) {
      shows('$first', [value, 0], value);
      shows('$last', [0, value], value);
    }
  });
});

describe('MongoDB manual, "$push" and "$addToSet": a missing value adds nothing, a null adds null', () => {
  test.each<readonly [values: readonly unknown[], list: readonly unknown[], set: readonly unknown[]]>([
    [[MISSING], [], []],
    [
      [1, null, MISSING, 1, null],
      [1, null, 1, null],
      [1, null],
    ],
    [[1, new Double(1), long('1'), decimal('1.0')], [1, new Double(1), long('1'), decimal('1.0')], [1]],
    [
      [[1, 2], [1, 2], [2, 1], 1],
      [[1, 2], [1, 2], [2, 1], 1],
      [[1, 2], [2, 1], 1],
    ],
    [
      [
        { b: 1, c: 2 },
        { c: 2, b: 1 },
        { b: 1, c: 2 },
      ],
      [
        { b: 1, c: 2 },
        { c: 2, b: 1 },
        { b: 1, c: 2 },
      ],
      [
        { b: 1, c: 2 },
        { c: 2, b: 1 },
      ],
    ],
  ])('%p', (values, list, set) => {
    shows('$push', values, list);
    shows('$addToSet', values, set);
  });

  test('of each type', () => {
    shows('$push', [...ONE_OF_EACH, ...ONE_OF_EACH], [...ONE_OF_EACH, ...ONE_OF_EACH]);
    shows('$addToSet', [...ONE_OF_EACH, ...ONE_OF_EACH], ONE_OF_EACH);
  });
});

test('MongoDB manual, "$count": documents are counted, whatever they hold', () => {
  shows('$count', [MISSING, null, ...ONE_OF_EACH], new Int32(ONE_OF_EACH.length + 2));
});

describe('MongoDB manual, "$group": which documents are one group', () => {
  test('those whose keys are equal, numbers of any type; the first key is shown', () => {
    const keys = [1, new Double(1), long('1'), decimal('1'), 'a', 'A', [1], [1], { b: 1 }, { b: 2 }, null, MISSING];
    const documents = keys.map((a) => (a === MISSING ? {} : { a }));
    const groups = run(documents, { $group: { _id: '$a', n: { $sum: 1 } } }).map(typed);
    const wanted = [
      [1, 4],
      ['a', 1],
      ['A', 1],
      [[1], 2],
      [{ b: 1 }, 1],
      [{ b: 2 }, 1],
      [null, 2],
    ];
    expect(groups).toEqual(wanted.map(([_id, n]) => typed(sent({ _id, n }))));
  });

  test('each type is a group of its own', () => {
    const groups = run(
      ONE_OF_EACH.map((a) => ({ a })),
      { $group: { _id: '$a', n: { $sum: 1 } } },
    );
    expect(groups.map(typed)).toEqual(ONE_OF_EACH.map((_id) => typed(sent({ _id, n: 1 }))));
  });

  test('a key of several fields leaves out what is missing', () => {
    const groups = run([{ a: 1 }, { a: 1, b: null }, { b: 2 }], { $group: { _id: { a: '$a', b: '$b' } } });
    const wanted = [{ a: 1 }, { a: 1, b: null }, { b: 2 }];
    expect(groups.map(typed)).toEqual(wanted.map((_id) => typed(sent({ _id }))));
  });
});

describe('MongoDB 8.2 hands MinKey and MaxKey out of a $group to the next stage in a document of its own making', () => {
  const documents = [{ v: new MinKey() }, { v: new MaxKey() }];
  const last = { $project: { r: 1 } };

  test.each<BSON.Document>([
    { _id: null, r: { $min: '$v' } },
    { _id: null, r: { $last: '$v' } },
    { _id: null, r: { $push: '$v' } },
    { _id: null, r: { $addToSet: '$v' } },
    { _id: null, r: { $first: new MaxKey() } },
    { _id: '$v' },
  ])('{$group: %j} is refused before another stage, and only there', ($group) => {
    expect(refusal(() => run(documents, { $group }, last))).toMatchObject({ code: 115 });
    expect(run(documents, { $group })).not.toHaveLength(0);
    expect(run(documents, { $facet: { f: [{ $group }, last] } })).toHaveLength(1);
  });

  test('what is inside a document of the collection goes on as it is', () => {
    const [shown] = run([{ v: { a: new MinKey() } }], { $group: { _id: null, r: { $first: '$v' } } }, last);
    expect(shown?.get('r')).toEqual(sent({ a: new MinKey() }));
  });
});
