import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';
import type { BSON } from 'mongodb';
import { sent, WITH_UNDEFINED } from '../../spec-support/documents.js';
import type { Doc } from '../codec/values.js';
import { MongoError } from './errors.js';
import { parseFilter } from './matcher.js';

const id = new ObjectId('0123456789abcdef01234567');
const DOCUMENTS = new Map<string, Doc>([
  ['missing', sent({})],
  ['undefined', WITH_UNDEFINED],
  ['null', sent({ a: null })],
  ['int 5', sent({ a: new Int32(5) })],
  ['long 5', sent({ a: Long.fromNumber(5) })],
  ['double 5', sent({ a: new Double(5) })],
  ['decimal 5', sent({ a: Decimal128.fromString('5.00') })],
  ['double 4.5', sent({ a: 4.5 })],
  ['NaN', sent({ a: NaN })],
  ['string five', sent({ a: 'five' })],
  ['object', sent({ a: { x: 1, y: 2 } })],
  ['[]', sent({ a: [] })],
  ['[5]', sent({ a: [5] })],
  ['[3,7]', sent({ a: [3, 7] })],
  ['[[5]]', sent({ a: [[5]] })],
  ['[null]', sent({ a: [null] })],
  ['binary', sent({ a: new Binary(Buffer.from('x')) })],
  ['objectId', sent({ a: id })],
  ['true', sent({ a: true })],
  ['date', sent({ a: new Date(5) })],
  ['timestamp', sent({ a: Timestamp.fromBits(1, 5) })],
  ['regex', sent({ a: new BSONRegExp('^f', '') })],
  ['minKey', sent({ a: new MinKey() })],
  ['maxKey', sent({ a: new MaxKey() })],
]);
const ALL = [...DOCUMENTS.keys()];
const FIVES = ['int 5', 'long 5', 'double 5', 'decimal 5'];
const NUMBERS = [...FIVES, 'double 4.5'];
const NULLS = ['missing', 'undefined', 'null'];
const except = (...names: string[]): string[] => ALL.filter((name) => !names.includes(name));

function matching(filter: BSON.Document): string[] {
  const { test } = parseFilter(sent(filter));
  return ALL.filter((name) => test(DOCUMENTS.get(name) as Doc));
}

const inOrder = (names: readonly string[]): string[] => ALL.filter((name) => names.includes(name));

type Row = readonly [filter: BSON.Document, expected: readonly string[]];

function table(rows: readonly Row[]): void {
  test.each(rows.map(([filter, expected]) => [JSON.stringify(filter), filter, expected] as const))(
    '%s',
    (_, filter, expected) => {
      expect(matching(filter)).toEqual(inOrder(expected));
    },
  );
}

describe('MongoDB manual, "$eq" and "Comparison/Sort Order": equality', () => {
  table([
    [{ a: 5 }, [...FIVES, '[5]']],
    [{ a: { $eq: Long.fromNumber(5) } }, [...FIVES, '[5]']],
    [{ a: Decimal128.fromString('5') }, [...FIVES, '[5]']],
    [{ a: NaN }, ['NaN']],
    [{ a: 'five' }, ['string five']],
    [{ a: [5] }, ['[5]', '[[5]]']],
    [{ a: [] }, ['[]']],
    [{ a: { x: 1, y: 2 } }, ['object']],
    [{ a: { y: 2, x: 1 } }, []],
    [{ a: { x: 1 } }, []],
    [{ a: id }, ['objectId']],
    [{ a: true }, ['true']],
    [{ a: new Date(5) }, ['date']],
    [{ a: new MinKey() }, ['minKey']],
    [{ a: { $eq: new BSONRegExp('^f', '') } }, ['regex']],
    [{ a: { $ne: 5 } }, except(...FIVES, '[5]')],
    [{ a: { $ne: null } }, except(...NULLS, '[null]')],
  ]);
});

describe('MongoDB manual, "Query for Null or Missing Fields"', () => {
  table([
    [{ a: null }, [...NULLS, '[null]']],
    [{ a: { $type: 'null' } }, ['null', '[null]']],
    [{ a: { $exists: false } }, ['missing']],
    [{ a: { $exists: true } }, except('missing')],
    [{ a: { $gte: null } }, [...NULLS, '[null]']],
    [{ a: { $lt: null } }, []],
    [{ a: { $in: [null, 'five'] } }, [...NULLS, '[null]', 'string five']],
    [{ a: { $nin: [null] } }, except(...NULLS, '[null]')],
    [{ a: { $not: { $exists: true } } }, ['missing']],
  ]);
});

describe('MongoDB manual, "Comparison Query Operators": only values of the operand\'s type compare', () => {
  table([
    [{ a: { $gt: 4 } }, [...NUMBERS, '[5]', '[3,7]']],
    [{ a: { $gte: 5 } }, [...FIVES, '[5]', '[3,7]']],
    [{ a: { $lt: 5 } }, ['double 4.5', '[3,7]']],
    [{ a: { $lte: 5 } }, [...NUMBERS, '[5]', '[3,7]']],
    [{ a: { $gt: 4, $lt: 5 } }, ['double 4.5', '[3,7]']],
    [{ a: { $lt: NaN } }, []],
    [{ a: { $gte: NaN } }, ['NaN']],
    [{ a: { $gte: '' } }, ['string five']],
    [{ a: { $gt: {} } }, ['object']],
    [{ a: { $gte: [] } }, ['[]', '[5]', '[3,7]', '[[5]]', '[null]']],
    [{ a: { $gt: [4] } }, ['[5]', '[[5]]']],
    [{ a: { $gte: false } }, ['true']],
    [{ a: { $lte: new Date(5) } }, ['date']],
    [{ a: { $gt: new MinKey() } }, except('minKey')],
    [{ a: { $lte: new MaxKey() } }, ALL],
    [{ a: { $in: [5, new BSONRegExp('^f', '')] } }, [...FIVES, '[5]', 'string five', 'regex']],
    [{ a: { $nin: [5] } }, except(...FIVES, '[5]')],
    [{ a: { $in: [] } }, []],
  ]);
});

describe('MongoDB manual, "$type"', () => {
  table([
    [{ a: { $type: 'number' } }, [...NUMBERS, 'NaN', '[5]', '[3,7]']],
    [{ a: { $type: 'int' } }, ['int 5', '[5]', '[3,7]']],
    [{ a: { $type: 'double' } }, ['double 5', 'double 4.5', 'NaN']],
    [{ a: { $type: 4 } }, ['[]', '[5]', '[3,7]', '[[5]]', '[null]']],
    [{ a: { $type: ['string', 'bool'] } }, ['string five', 'true']],
    [{ a: { $type: -1 } }, ['minKey']],
    [{ a: { $type: 'undefined' } }, ['undefined']],
  ]);
});

describe('MongoDB manual, "Array Query Operators"', () => {
  table([
    [{ a: { $size: 0 } }, ['[]']],
    [{ a: { $size: 1 } }, ['[5]', '[[5]]', '[null]']],
    [{ a: { $all: [3, 7] } }, ['[3,7]']],
    [{ a: { $all: [5] } }, [...FIVES, '[5]']],
    [{ a: { $all: [[5]] } }, ['[5]', '[[5]]']],
    [{ a: { $all: [] } }, []],
    [{ a: { $elemMatch: { $gt: 3, $lt: 7 } } }, ['[5]']],
    [{ a: { $gt: 3, $lt: 7 } }, [...NUMBERS, '[5]', '[3,7]']],
    [{ a: { $elemMatch: { $ne: 5 } } }, ['[3,7]', '[[5]]', '[null]']],
    [{ a: { $elemMatch: { $elemMatch: { $eq: 5 } } } }, ['[[5]]']],
    [{ a: { $all: [{ $elemMatch: { $gt: 6 } }, { $elemMatch: { $lt: 4 } }] } }, ['[3,7]']],
  ]);
});

describe('MongoDB manual, "Logical Query Operators" and "$regex"', () => {
  table([
    [{ a: { $not: { $gt: 4 } } }, except(...NUMBERS, '[5]', '[3,7]')],
    [
      { $nor: [{ a: { $type: 'number' } }, { a: { $exists: false } }] },
      except('missing', 'NaN', ...NUMBERS, '[5]', '[3,7]'),
    ],
    [{ $and: [{ a: { $gt: 4 } }, { a: { $lt: 5 } }] }, ['double 4.5', '[3,7]']],
    [{ $or: [{ a: 'five' }, { a: null }] }, ['string five', ...NULLS, '[null]']],
    [{ a: { $regex: 'IV', $options: 'i' } }, ['string five']],
    [{ a: new BSONRegExp('^f', '') }, ['string five', 'regex']],
    [{ a: { $not: new BSONRegExp('^f', '') } }, except('string five', 'regex')],
  ]);
});

describe('MongoDB manual, "Query an Array of Embedded Documents" and "Dot Notation"', () => {
  const matches = (document: BSON.Document, filter: BSON.Document): boolean =>
    parseFilter(sent(filter)).test(sent(document));

  test.each<readonly [document: BSON.Document, filter: BSON.Document, expected: boolean]>([
    [{ a: [{ b: 1 }, { b: 2 }] }, { 'a.b': 2 }, true],
    [
      {
        a: [
          { b: 1, c: 2 },
          { b: 2, c: 1 },
        ],
      },
      { 'a.b': 1, 'a.c': 1 },
      true,
    ],
    [
      {
        a: [
          { b: 1, c: 2 },
          { b: 2, c: 1 },
        ],
      },
      { a: { $elemMatch: { b: 1, c: 1 } } },
      false,
    ],
    [{ a: [{ b: [1, 2] }] }, { 'a.b': 2 }, true],
    [{ a: [[{ b: 1 }]] }, { 'a.b': 1 }, false],
    [{ a: 4 }, { 'a.b': null }, true],
    [{ a: [4] }, { 'a.b': null }, false],
    [{ a: [] }, { 'a.b': null }, false],
    [{ a: [4, {}] }, { 'a.b': null }, true],
    [{ a: [4] }, { 'a.b': { $exists: false } }, true],
    [{ a: [5, 7] }, { 'a.1': 7 }, true],
    [{ a: [5, 7] }, { 'a.1': 5 }, false],
    [{ a: [5, [2, 4]] }, { 'a.1': 2 }, false],
    [{ a: [5, [2, 4]] }, { 'a.1': [2, 4] }, true],
    [{ a: [5, { b: 4 }] }, { 'a.1.b': 4 }, true],
    [{ a: [5, [{ b: 4 }]] }, { 'a.1.b': 4 }, true],
    [{ a: [{ '0': 'x' }] }, { 'a.0': 'x' }, true],
    [{ a: { '1': 'x' } }, { 'a.1': 'x' }, true],
    [{ a: [[1, 2]] }, { a: { $elemMatch: { '0': 1 } } }, true],
    [{ a: [{ b: 1 }] }, { a: { $elemMatch: {} } }, true],
    [{ a: [1] }, { a: { $elemMatch: {} } }, false],
  ])('%j under %j: %s', (document, filter, expected) => {
    expect(matches(document, filter)).toBe(expected);
  });
});

describe('A filter that is not understood', () => {
  const refusal = (filter: BSON.Document): { code: number; message: string } => {
    try {
      parseFilter(sent(filter));
    } catch (error) {
      if (error instanceof MongoError) return { code: error.code, message: error.message };
      throw error;
    }
    throw new Error('it was understood');
  };

  test.each<readonly [filter: BSON.Document, code: number, named: string]>([
    [{ $expr: { $eq: ['$a', 1] } }, 2, '$expr'],
    [{ $where: 'true' }, 2, '$where'],
    [{ $text: { $search: 'x' } }, 2, '$text'],
    [{ $jsonSchema: {} }, 2, '$jsonSchema'],
    [{ a: { $mod: [2, 0] } }, 2, '$mod'],
    [{ a: { $bitsAllSet: 1 } }, 2, '$bitsAllSet'],
    [{ a: { $geoWithin: {} } }, 2, '$geoWithin'],
    [{ a: { $in: 5 } }, 2, '$in'],
    [{ a: { $in: [{ $gt: 1 }] } }, 2, '$in'],
    [{ a: { $not: {} } }, 2, '$not'],
    [{ a: { $not: { b: 1 } } }, 2, 'b'],
    [{ a: { $size: -1 } }, 2, '$size'],
    [{ a: { $elemMatch: 1 } }, 2, '$elemMatch'],
    [{ a: { $options: 'i' } }, 2, '$options'],
    [{ a: { $regex: '(?=x)' } }, 51091, 'Regular expression'],
    [{ a: { $regex: '(a)\\1' } }, 51091, 'Regular expression'],
    [{ a: { $regex: 'x', $options: 'g' } }, 51108, 'g'],
    [{ a: { $type: 'nothing' } }, 2, 'nothing'],
    [{ a: { $ne: new BSONRegExp('x', '') } }, 2, '$ne'],
    [{ $and: [] }, 2, '$and'],
    [{ $or: [1] }, 2, '$or'],
  ])('%j is refused with code %i', (filter, code, named) => {
    const { code: given, message } = refusal(filter);
    expect(given).toBe(code);
    expect(message).toContain(named);
  });

  test('a pattern that takes other engines for ever is answered at once', () => {
    const { test: matches } = parseFilter(sent({ a: { $regex: '^(a+)+$' } }));
    const started = process.hrtime.bigint();
    expect(matches(sent({ a: `${'a'.repeat(20_000)}!` }))).toBe(false);
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(2000);
  });
});
