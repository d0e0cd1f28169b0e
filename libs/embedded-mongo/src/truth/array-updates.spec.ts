import { BSONRegExp, Decimal128, Double, Int32, Long, type BSON } from 'mongodb';
import { ONE_OF_EACH } from '../../spec-support/types.js';
import { outcome, typedDocument } from '../../spec-support/updates.js';

const becomes = (before: BSON.Document, change: BSON.Document, after: BSON.Document | number): void => {
  const said = `${JSON.stringify(before)} under ${JSON.stringify(change)}`;
  expect([said, outcome(before, change)]).toEqual([said, typeof after === 'number' ? after : typedDocument(after)]);
};

describe('MongoDB manual, "$push", "$addToSet", "$pull": what the field may hold', () => {
  test.each(['$push', '$addToSet', '$pull'])('%s takes an array only', (operator) => {
    for (const held of ONE_OF_EACH) {
      if (!Array.isArray(held)) becomes({ a: held }, { [operator]: { a: 'z' } }, 2);
    }
  });

  test('a missing field becomes an array of what is added; nothing is pulled from it', () => {
    for (const operand of ONE_OF_EACH) {
      becomes({}, { $push: { a: operand } }, { a: [operand] });
      becomes({}, { $addToSet: { a: operand } }, { a: [operand] });
      if (!(operand instanceof BSONRegExp)) becomes({}, { $pull: { a: operand } }, {});
    }
  });

  test('every type is added at the end, an array as one element', () => {
    for (const operand of ONE_OF_EACH) becomes({ a: [7] }, { $push: { a: operand } }, { a: [7, operand] });
  });

  test('$addToSet adds what no element is equal to, in every pair of types', () => {
    for (const held of ONE_OF_EACH) {
      for (const operand of ONE_OF_EACH) {
        becomes({ a: [held] }, { $addToSet: { a: operand } }, { a: held === operand ? [held] : [held, operand] });
      }
    }
  });

  test('$pull of a value takes out what is equal to it, of every type', () => {
    for (const operand of ONE_OF_EACH) {
      becomes({ a: ONE_OF_EACH }, { $pull: { a: operand } }, { a: ONE_OF_EACH.filter((held) => held !== operand) });
    }
  });
});

describe('MongoDB manual, "$push": modifiers', () => {
  test.each<readonly [before: readonly unknown[], operand: BSON.Document, after: readonly unknown[] | number]>([
    [[1], { $each: [] }, [1]],
    [[1], { $each: [[2, 3]] }, [1, [2, 3]]],
    [[1, 2, 3], { $each: [9], $position: 1 }, [1, 9, 2, 3]],
    [[1, 2, 3], { $each: [9], $position: 7 }, [1, 2, 3, 9]],
    [[1, 2, 3], { $each: [8, 9], $position: -2 }, [1, 8, 9, 2, 3]],
    [[1, 2, 3], { $each: [9], $position: -7 }, [9, 1, 2, 3]],
    [[1, 2], { $each: [9], $position: new Double(1) }, [1, 9, 2]],
    [[1, 2], { $each: [9], $position: Long.fromNumber(1) }, [1, 9, 2]],
    [[1, 2], { $each: [3], $slice: 2 }, [1, 2]],
    [[1, 2], { $each: [3], $slice: -2 }, [2, 3]],
    [[1, 2], { $each: [3], $slice: 9 }, [1, 2, 3]],
    [[1, 2], { $each: [3], $slice: -9 }, [1, 2, 3]],
    [[1, 2], { $each: [3], $slice: 0 }, []],
    [[3, 1], { $each: [2], $sort: 1 }, [1, 2, 3]],
    [[3, 1], { $each: [2], $sort: -1 }, [3, 2, 1]],
    [[3, 1], { $slice: 2, $sort: 1, $each: [2] }, [1, 2]],
    [[2, 'x', null, [0], { b: 1 }], { $each: [true], $sort: 1 }, [null, 2, 'x', { b: 1 }, [0], true]],
    [[{ b: 2 }, { b: 1 }], { $each: [{ c: 1 }], $sort: { b: 1 } }, [{ c: 1 }, { b: 1 }, { b: 2 }]],
    [[{ b: 2, c: 1 }, { b: 1 }], { $each: [], $sort: { b: -1, c: 1 } }, [{ b: 2, c: 1 }, { b: 1 }]],
    [[{ b: { c: 2 } }, { b: { c: 1 } }], { $each: [], $sort: { 'b.c': 1 } }, [{ b: { c: 1 } }, { b: { c: 2 } }]],
    [[5], { $each: 9 }, 2],
    [[5], { $each: [9], $slice: 1.5 }, 2],
    [[5], { $each: [9], $slice: 'x' }, 2],
    [[5], { $each: [9], $position: 0.5 }, 2],
    [[5], { $each: [9], $position: null }, 2],
    [[5], { $each: [9], $sort: 0 }, 2],
    [[5], { $each: [9], $sort: 'x' }, 2],
    [[5], { $each: [9], $sort: {} }, 2],
    [[5], { $each: [9], $sort: { b: 2 } }, 2],
    [[5], { $each: [9], $other: 1 }, 2],
  ])('%j with %j', (before, operand, after) => {
    becomes({ a: before }, { $push: { a: operand } }, Array.isArray(after) ? { a: after } : after);
  });
});

describe('MongoDB manual, "$addToSet": what is the same', () => {
  test.each<readonly [held: unknown, operand: unknown, isAdded: boolean]>([
    [new Int32(1), new Double(1), false],
    [new Int32(1), Long.ONE, false],
    [new Int32(1), Decimal128.fromString('1.00'), false],
    [new Double(0), new Double(-0), false],
    [new Double(NaN), Decimal128.fromString('NaN'), false],
    [new Int32(1), true, true],
    ['a', 'A', true],
    [{ b: 1 }, { b: new Double(1) }, false],
    [{ b: 1, c: 2 }, { c: 2, b: 1 }, true],
    [{ b: 1, c: 2 }, { b: 1 }, true],
    [[1, 2], [1, 2], false],
    [[1, 2], [2, 1], true],
    [[1, 2], 1, true],
    [null, {}, true],
  ])('%p beside %p is added: %s', (held, operand, isAdded) => {
    becomes({ a: [held] }, { $addToSet: { a: operand } }, { a: isAdded ? [held, operand] : [held] });
  });

  test.each<readonly [operand: unknown, after: readonly unknown[] | number]>([
    [{ $each: [2, 3, 3, 1] }, [1, 2, 3]],
    [{ $each: [] }, [1]],
    [{ $each: [[1]] }, [1, [1]]],
    [
      [2, 3],
      [1, [2, 3]],
    ],
    [{ $each: 2 }, 14],
    [{ $each: [2], $slice: 1 }, 2],
  ])('[1] with %j', (operand, after) => {
    becomes({ a: [1] }, { $addToSet: { a: operand } }, typeof after === 'number' ? after : { a: after });
  });

  test('what stands twice already is left alone', () => {
    becomes({ a: [1, 1] }, { $addToSet: { a: 1 } }, { a: [1, 1] });
  });
});

describe('MongoDB manual, "$pull": by value, by condition, and by a query over documents', () => {
  const survey = [
    {
      item: 'A',
      answers: [
        { q: 1, a: 4 },
        { q: 2, a: 6 },
      ],
    },
    {
      item: 'B',
      answers: [
        { q: 1, a: 8 },
        { q: 2, a: 9 },
      ],
    },
  ];
  test.each<readonly [before: readonly unknown[], operand: unknown, after: readonly unknown[] | number]>([
    [[1, new Double(1), Long.ONE, '1'], 1, ['1']],
    [[1, [1], [1, 2]], 1, [[1], [1, 2]]],
    [
      [[1, 2], [2, 1], 1],
      [1, 2],
      [[2, 1], 1],
    ],
    [[null, {}, []], null, [{}, []]],
    [[1, 5, 8, 'x'], { $gte: 5 }, [1, 'x']],
    [[1, 5, 8], { $gt: 1, $lt: 8 }, [1, 8]],
    [[1, 'x', null], { $in: [1, null] }, ['x']],
    [[1, 'x', null], { $nin: ['x'] }, ['x']],
    [[1, 'x', null], { $ne: 1 }, [1]],
    [[1, 'x'], { $type: 'string' }, [1]],
    [[[1, 2], 3], { $size: 2 }, [3]],
    [[[1, 7], [2]], { $elemMatch: { $gt: 5 } }, [[2]]],
    [[[1, 7], 2], { $gt: 5 }, [2]],
    [['x1', 'y', ['x2']], /^x/, ['y']],
    [['x1', 'y'], { $regex: '^X', $options: 'i' }, ['y']],
    [['x1', 'y'], { $not: /^x/ }, ['x1']],
    [[{ b: 1, c: 1 }, { b: 2 }, 1], { b: 1 }, [{ b: 2 }, 1]],
    [
      [
        { b: 1, c: 2 },
        { c: 2, b: 1 },
      ],
      { c: 2, b: 1 },
      [],
    ],
    [[{ b: { c: 1 } }, { b: { c: 1, d: 1 } }], { b: { c: 1 } }, [{ b: { c: 1, d: 1 } }]],
    [[{ b: { c: 1 } }, { b: { c: 1, d: 1 } }], { 'b.c': 1 }, []],
    [[{ b: [1, 2] }, { b: [3] }], { b: 2 }, [{ b: [3] }]],
    [[{ b: 5 }, { b: 6 }], { b: { $gte: 6 } }, [{ b: 5 }]],
    [[{ b: 1 }, { c: 1 }], { b: null }, [{ b: 1 }]],
    [[{ b: 1 }, { b: 2 }, { b: 3 }], { $or: [{ b: 1 }, { b: 3 }] }, [{ b: 2 }]],
    [[{ b: 1, c: 1 }, { b: 1 }], { $and: [{ b: 1 }, { c: 1 }] }, [{ b: 1 }]],
    [[{ b: 1 }, { b: 2 }, 3], { $nor: [{ b: 1 }] }, [{ b: 1 }, 3]],
    [[{ b: 1 }, {}, 1, [{}]], {}, [1, [{}]]],
    [survey, { answers: { $elemMatch: { q: 2, a: { $gte: 8 } } } }, survey.slice(0, 1)],
    [[1], { $nothing: 1 }, 2],
  ])('%j without %j', (before, operand, after) => {
    becomes({ a: before }, { $pull: { a: operand } }, typeof after === 'number' ? after : { a: after });
  });

  test('a path leads into the array of one element only when a number says which', () => {
    becomes({ a: [{ b: [1, 2] }] }, { $pull: { 'a.0.b': 1 } }, { a: [{ b: [2] }] });
    becomes({ a: [{ b: [1, 2] }] }, { $pull: { 'a.b': 1 } }, { a: [{ b: [1, 2] }] });
    becomes({ a: { b: [1, 2] } }, { $pull: { 'a.b': 1 } }, { a: { b: [2] } });
  });
});
