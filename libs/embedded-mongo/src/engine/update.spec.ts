import { Decimal128, Double, Int32, Long, Timestamp, type BSON } from 'mongodb';
import { sent, shown } from '../../spec-support/documents.js';
import { refusal, updated as applied } from '../../spec-support/updates.js';
import { parseUpdate, upsertDocument } from './update.js';

const updated = (before: BSON.Document, change: BSON.Document): BSON.Document => shown(applied(before, change));

describe('MongoDB manual, "Field Update Operators"', () => {
  test.each<readonly [before: BSON.Document, change: BSON.Document, after: BSON.Document]>([
    [{ a: 1 }, { $set: { a: 2, b: 3 } }, { a: 2, b: 3 }],
    [{}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
    [{ a: [1, 2] }, { $set: { 'a.1': 9 } }, { a: [1, 9] }],
    [{ a: [1] }, { $set: { 'a.3': 9 } }, { a: [1, null, null, 9] }],
    [{}, { $set: { 'a.0': 9 } }, { a: { '0': 9 } }],
    [{}, { $set: { '10': 'ten', '9': 'nine' } }, { '9': 'nine', '10': 'ten' }],
    [{ a: 1, b: 2 }, { $unset: { a: '', c: '' } }, { b: 2 }],
    [{ a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
    [{ a: 5 }, { $unset: { 'a.b': '' } }, { a: 5 }],
    [{ a: 1 }, { $inc: { a: 2, b: -1 } }, { a: 3, b: -1 }],
    [{ a: 1 }, { $setOnInsert: { b: 1 } }, { a: 1 }],
    [{ a: 5 }, { $min: { a: 3, b: 1 } }, { a: 3, b: 1 }],
    [{ a: 5 }, { $min: { a: 'x' } }, { a: 5 }],
    [{ a: 5 }, { $max: { a: 'x' } }, { a: 'x' }],
    [{ a: null }, { $max: { a: 0 } }, { a: 0 }],
  ])('%j under %j becomes %j', (before, change, after) => {
    expect(updated(before, change)).toEqual({ _id: 1, ...after });
  });

  test('new fields stand in the order of their names, numbers as numbers', () => {
    const after = parseUpdate(sent({ u: { $set: { b: 1, '10': 1, '9': 1, a: 1 } } }).get('u'));
    expect([...after.apply(sent({ _id: 1 }), false).fields.keys()]).toEqual(['_id', '9', '10', 'a', 'b']);
  });

  test('$inc keeps the wider type and widens int32', () => {
    expect(updated({ a: new Int32(2147483647) }, { $inc: { a: 1 } })['a']).toEqual(Long.fromNumber(2147483648));
    expect(updated({ a: Long.fromNumber(1) }, { $inc: { a: 1 } })['a']).toEqual(Long.fromNumber(2));
    expect(updated({ a: 1 }, { $inc: { a: new Double(0.5) } })['a']).toBe(1.5);
    expect(String(updated({ a: Decimal128.fromString('0.10') }, { $inc: { a: 1 } })['a'])).toBe('1.10');
  });

  test('$currentDate sets a date or a timestamp', () => {
    const after = updated({}, { $currentDate: { a: true, b: { $type: 'timestamp' } } });
    expect(after['a']).toBeInstanceOf(Date);
    expect(after['b']).toBeInstanceOf(Timestamp);
  });
});

describe('MongoDB manual, "Array Update Operators"', () => {
  test.each<readonly [before: BSON.Document, change: BSON.Document, after: BSON.Document]>([
    [{}, { $push: { a: 1 } }, { a: [1] }],
    [{ a: [1] }, { $push: { a: [2] } }, { a: [1, [2]] }],
    [{ a: [3] }, { $push: { a: { $each: [1, 2] } } }, { a: [3, 1, 2] }],
    [{ a: [3] }, { $push: { a: { $each: [1, 2], $position: 0 } } }, { a: [1, 2, 3] }],
    [{ a: [1, 2] }, { $push: { a: { $each: [9], $position: -1 } } }, { a: [1, 9, 2] }],
    [{ a: [3, 1] }, { $push: { a: { $each: [2], $sort: 1, $slice: 2 } } }, { a: [1, 2] }],
    [{ a: [3, 1] }, { $push: { a: { $each: [2], $slice: -2 } } }, { a: [1, 2] }],
    [{ a: [3, 1] }, { $push: { a: { $each: [], $slice: 0 } } }, { a: [] }],
    [{ a: [{ b: 2 }] }, { $push: { a: { $each: [{ b: 1 }], $sort: { b: 1 } } } }, { a: [{ b: 1 }, { b: 2 }] }],
    [{ a: [1] }, { $addToSet: { a: 1 } }, { a: [1] }],
    [{ a: [1] }, { $addToSet: { a: new Double(1) } }, { a: [1] }],
    [{ a: [1] }, { $addToSet: { a: { $each: [2, 2, 1] } } }, { a: [1, 2] }],
    [{ a: [{ b: 1 }] }, { $addToSet: { a: { b: 1 } } }, { a: [{ b: 1 }] }],
    [{ a: [1, 5, 3] }, { $pull: { a: { $gte: 3 } } }, { a: [1] }],
    [{ a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
    [{ a: [{ b: 1, c: 1 }, { b: 2 }] }, { $pull: { a: { b: 1 } } }, { a: [{ b: 2 }] }],
    [{ a: ['x1', 'y'] }, { $pull: { a: /^x/ } }, { a: ['y'] }],
    [{}, { $pull: { a: 1 } }, {}],
  ])('%j under %j becomes %j', (before, change, after) => {
    expect(updated(before, change)).toEqual({ _id: 1, ...after });
  });
});

describe('MongoDB manual, "Replace a Document"', () => {
  test('a replacement keeps the id, first, and nothing else', () => {
    const after = parseUpdate(sent({ u: { b: 2 } }).get('u')).apply(sent({ _id: 7, a: 1 }), false);
    expect([...after.fields.keys()]).toEqual(['_id', 'b']);
  });
});

describe('MongoDB manual, "Upsert Behavior"', () => {
  const upserted = (filter: BSON.Document, change: BSON.Document): BSON.Document =>
    shown(upsertDocument(sent(filter), parseUpdate(sent({ change }).get('change'))));

  test('it starts from the equalities of the filter', () => {
    expect(upserted({ _id: 1, 'a.b': 2, c: { $gt: 3 }, d: { $in: [4] } }, { $set: { e: 5 } })).toEqual({
      _id: 1,
      a: { b: 2 },
      d: 4,
      e: 5,
    });
    expect(upserted({ _id: 1, a: 2 }, { b: 3 })).toEqual({ _id: 1, b: 3 });
    expect(upserted({ $and: [{ _id: 1 }, { a: 2 }] }, { $setOnInsert: { b: 3 } })).toEqual({ _id: 1, a: 2, b: 3 });
  });

  test('an id is made where none is given', () => {
    expect(upserted({ a: 1 }, { $set: { b: 1 } })['_id']).toHaveProperty('toHexString');
  });

  test('a field given twice is refused', () => {
    expect(refusal(() => upserted({ a: 1, $and: [{ a: 2 }] }, { $set: { b: 1 } })).code).toBe(54);
    expect(refusal(() => upserted({ a: { b: 1 }, 'a.b': 1 }, { $set: { c: 1 } })).code).toBe(54);
  });
});

describe('An update that is not allowed', () => {
  test.each<readonly [before: BSON.Document, change: BSON.Document, code: number, named: string]>([
    [{ a: 'x' }, { $inc: { a: 1 } }, 14, "'a'"],
    [{}, { $inc: { a: 'x' } }, 14, 'a'],
    [{ a: Long.MAX_VALUE }, { $inc: { a: Long.ONE } }, 2, '$inc'],
    [{ a: 5 }, { $set: { 'a.b': 1 } }, 28, "'b'"],
    [{ a: [1] }, { $set: { 'a.b': 1 } }, 28, "'b'"],
    [{ a: 5 }, { $push: { a: 1 } }, 2, "'a'"],
    [{ a: 5 }, { $pull: { a: 1 } }, 2, "'a'"],
    [{ a: null }, { $addToSet: { a: 1 } }, 2, "'a'"],
    [{}, { $set: { a: 1 }, $inc: { a: 1 } }, 40, "'a'"],
    [{}, { $set: { a: 1, 'a.b': 1 } }, 40, "'a'"],
    [{}, { $set: { _id: 2 } }, 66, '_id'],
    [{}, { _id: 2 }, 66, '_id'],
    [{}, { $set: { 'a..b': 1 } }, 56, 'a..b'],
    [{}, { $set: { 'a.$': 1 } }, 115, 'a.$'],
    [{}, { $set: { 'a.$[]': 1 } }, 115, 'a.$[]'],
    [{}, { $set: { $a: 1 } }, 52, '$a'],
    [{}, { a: 1, $set: { b: 1 } }, 52, '$set'],
    [{}, { $set: { b: 1 }, a: 1 }, 9, 'a'],
    [{}, { $set: 5 }, 9, '$set'],
    [{}, { $mul: { a: 2 } }, 115, '$mul'],
    [{}, { $rename: { a: 'b' } }, 115, '$rename'],
    [{}, { $bit: { a: { or: 1 } } }, 115, '$bit'],
    [{}, { $nothing: { a: 1 } }, 9, '$nothing'],
    [{}, { $push: { a: { $each: [1], $nothing: 1 } } }, 2, '$nothing'],
    [{}, { $currentDate: { a: 'x' } }, 2, '$currentDate'],
    [{}, { $set: { [Array.from({ length: 101 }, () => 'a').join('.')]: 1 } }, 15, '100'],
  ])('%j under %j is refused with code %i', (before, change, code, named) => {
    const { code: given, message } = refusal(() => updated(before, change));
    expect(given).toBe(code);
    expect(message).toContain(named);
  });

  test('a pipeline is refused', () => {
    expect(refusal(() => parseUpdate(sent({ u: [{ $set: { a: 1 } }] }).get('u'))).code).toBe(115);
  });
});
