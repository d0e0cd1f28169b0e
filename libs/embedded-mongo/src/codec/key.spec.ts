import { Binary, BSONRegExp, Code, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';
import fc from 'fast-check';
import { sentValue, WITH_UNDEFINED } from '../../spec-support/documents.js';
import { decimal } from '../../spec-support/types.js';
import { compareValues } from './compare.js';
import { compoundKey, encodeKey, HIGH, typeRange } from './key.js';
import { typeNameOf, type Value } from './values.js';

/** In ascending order; the members of one row are equal. */
const ORDER: readonly (readonly unknown[])[] = [
  [new MinKey()],
  [WITH_UNDEFINED.get('a')],
  [null],
  [NaN, decimal('NaN')],
  [-Infinity, decimal('-Infinity')],
  [decimal('-1E6000')],
  [-1e300],
  [Long.MIN_VALUE, -(2 ** 63)],
  [new Int32(-5), new Double(-5), Long.fromNumber(-5), decimal('-5.0')],
  [-4.5, decimal('-4.50')],
  [decimal('-0.1')],
  [new Int32(0), new Double(-0), Long.ZERO, decimal('0E+10'), decimal('-0')],
  [5e-324],
  [decimal('0.1')],
  [0.1],
  [new Int32(1), new Double(1), Long.ONE, decimal('1.000')],
  [1.5, decimal('1.5')],
  [new Double(2 ** 53), Long.fromString('9007199254740992')],
  [Long.fromString('9007199254740993'), decimal('9007199254740993')],
  [new Double(2 ** 53 + 2), Long.fromString('9007199254740994')],
  [decimal('9007199254740994.5')],
  [Long.MAX_VALUE, decimal('9223372036854775807')],
  [2 ** 63, decimal('9223372036854775808')],
  [decimal('9E6110')],
  [Infinity, decimal('Infinity')],
  [''],
  ['a'],
  ['a\0'],
  ['a\0b'],
  ['a\x01'],
  ['a\x01\0'],
  ['aa'],
  ['b'],
  ['\uffff'],
  ['\u{1f600}'],
  [{}],
  [{ a: null }],
  [{ a: 1 }],
  [{ a: 1, b: 1 }],
  [{ a: 2 }],
  [{ b: 1 }],
  [{ a: 'x' }],
  [[]],
  [[null]],
  [[1]],
  [[1, 2]],
  [[2]],
  [['a']],
  [new Binary(Buffer.from('b'))],
  [new Binary(Buffer.from('a'), 5)],
  [new Binary(Buffer.from('aa'))],
  [new ObjectId('000000000000000000000001')],
  [new ObjectId('ff0000000000000000000000')],
  [false],
  [true],
  [new Date(-5)],
  [new Date(5)],
  [Timestamp.fromBits(5, 1)],
  [Timestamp.fromBits(1, 2)],
  [new BSONRegExp('a', '')],
  [new BSONRegExp('a', 'i')],
  [new BSONRegExp('b', '')],
  [new Code('a')],
  [new MaxKey()],
];

const valueOf = (member: unknown): Value => (member === ORDER[1]?.[0] ? (member as Value) : sentValue(member));
const RANKED = ORDER.flatMap((row, rank) => row.map((member) => ({ rank, value: valueOf(member) })));

const compareKeys = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

describe('MongoDB manual, "BSON Comparison Order"', () => {
  test.each(RANKED.map(({ rank, value }) => [`${typeNameOf(value)} of row ${rank}`, rank, value] as const))(
    '%s stands where the manual puts it, compared and as a key',
    (_, rank, value) => {
      const expected = RANKED.map((other) => Math.sign(rank - other.rank));
      const keys = (descending: boolean): number[] =>
        RANKED.map((other) => compareKeys(encodeKey(value, descending), encodeKey(other.value, descending)));
      expect(RANKED.map((other) => compareValues(value, other.value))).toEqual(expected);
      expect(keys(false)).toEqual(expected);
      expect(keys(true)).toEqual(expected.map((order) => 0 - order));
    },
  );
});

const NUMBERS = fc.oneof(
  fc.integer().map((n) => sentValue(new Int32(n))),
  fc.double().map((n) => sentValue(new Double(n))),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => sentValue(Long.fromBigInt(n))),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -20, max: 20 }))
    .map(([coefficient, exponent]) => sentValue(decimal(`${coefficient}E${exponent}`))),
  fc
    .integer({ min: -3, max: 3 })
    .chain((n) =>
      fc.constantFrom(new Int32(n), new Double(n + 0.5), Long.fromNumber(n), decimal(`${n}.50`)).map(sentValue),
    ),
);
const STRINGS = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.string({ unit: fc.constantFrom('\0', '\x01', 'a', 'b'), maxLength: 4 }),
  )
  .map(sentValue);

describe('Index keys of random values', () => {
  test('their bytes order as the values compare, and no key is a prefix of a different one', () => {
    fc.assert(
      fc.property(fc.oneof(NUMBERS, STRINGS), fc.oneof(NUMBERS, STRINGS), fc.boolean(), (a, b, descending) => {
        const [left, right] = [encodeKey(a, descending), encodeKey(b, descending)];
        const order = compareValues(a, b) * (descending ? -1 : 1);
        expect(compareKeys(left, right)).toBe(order === 0 ? 0 : order);
        if (order !== 0) expect(right.startsWith(left)).toBe(false);
        const [low, high] = typeRange(a, descending);
        expect(low <= left && left + HIGH < high).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  test('a compound key orders by its first field, then by the next, each in its own direction', () => {
    fc.assert(
      fc.property(NUMBERS, NUMBERS, STRINGS, STRINGS, (a, b, c, d) => {
        const [left, right] = [compoundKey([a, c], [true, false]), compoundKey([b, d], [true, false])];
        const order = -compareValues(a, b) || compareValues(c, d);
        expect(compareKeys(left, right)).toBe(order);
      }),
      { numRuns: 500 },
    );
  });
});
