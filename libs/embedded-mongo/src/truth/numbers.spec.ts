import { Decimal128, Double, Int32, Long } from 'mongodb';
import { sent, sentValue } from '../../spec-support/documents.js';
import { compareValues } from '../codec/compare.js';
import { encodeKey } from '../codec/key.js';
import { parseFilter } from '../engine/matcher.js';

const decimal = (text: string): Decimal128 => Decimal128.fromString(text);

/** Classes of equal numbers, least first: every pair of one class is equal, every pair across them is ordered. */
const CLASSES: readonly (readonly unknown[])[] = [
  [new Double(NaN), decimal('NaN')],
  [new Double(-Infinity), decimal('-Infinity')],
  [decimal('-1E+400')],
  [new Double(-Number.MAX_VALUE)],
  [Long.MIN_VALUE, new Double(-(2 ** 63)), decimal('-9223372036854775808')],
  [Long.fromString('-9007199254740993'), decimal('-9007199254740993')],
  [Long.fromString('-9007199254740992'), new Double(-9007199254740992)],
  [new Int32(-1), Long.fromNumber(-1), new Double(-1), decimal('-1'), decimal('-1.00'), decimal('-10E-1')],
  [new Double(-Number.MIN_VALUE)],
  [decimal('-1E-400')],
  [
    new Int32(0),
    Long.ZERO,
    new Double(0),
    new Double(-0),
    decimal('0'),
    decimal('-0'),
    decimal('0E+10'),
    decimal('0.00'),
  ],
  [decimal('1E-400')],
  [new Double(Number.MIN_VALUE)],
  [decimal('0.1')],
  [new Double(0.1)],
  [new Double(0.5), decimal('0.5'), decimal('0.50')],
  [new Int32(1), Long.ONE, new Double(1), decimal('1'), decimal('1.0')],
  [decimal('1.000000000000000000000000000000001')],
  [Long.fromString('9007199254740992'), new Double(9007199254740992), decimal('9007199254740992')],
  [Long.fromString('9007199254740993'), decimal('9007199254740993')],
  [Long.MAX_VALUE, decimal('9223372036854775807')],
  [new Double(2 ** 63), decimal('9223372036854775808')],
  [new Double(Number.MAX_VALUE)],
  [decimal('1E+400')],
  [new Double(Infinity), decimal('Infinity')],
];
const NUMBERS = CLASSES.flatMap((members, rank) => members.map((value) => ({ rank, value, held: sentValue(value) })));

describe('MongoDB manual, "Comparison/Sort Order": numbers of any two types compare by value', () => {
  test('in every pair, and so do their index keys', () => {
    for (const a of NUMBERS) {
      for (const b of NUMBERS) {
        const order = Math.sign(a.rank - b.rank);
        const said = `${String(a.value)} and ${String(b.value)}`;
        expect([said, compareValues(a.held, b.held)]).toEqual([said, order]);
        const [left, right] = [encodeKey(a.held), encodeKey(b.held)];
        expect([said, left < right ? -1 : left > right ? 1 : 0]).toEqual([said, order]);
      }
    }
  });

  test('in every filter; NaN is equal to itself and in no range but its own', () => {
    const isNaNClass = (rank: number): boolean => rank === 0;
    for (const document of NUMBERS) {
      for (const operand of NUMBERS) {
        const comparable = isNaNClass(document.rank) === isNaNClass(operand.rank);
        const order = document.rank - operand.rank;
        const wanted = {
          $eq: order === 0,
          $ne: order !== 0,
          $in: order === 0,
          $gt: comparable && order > 0,
          $gte: comparable && order >= 0,
          $lt: comparable && order < 0,
          $lte: comparable && order <= 0,
        };
        const held = sent({ a: document.value });
        const found = Object.fromEntries(
          Object.keys(wanted).map((name) => {
            const value = name === '$in' ? [operand.value] : operand.value;
            return [name, parseFilter(sent({ a: { [name]: value } })).test(held)];
          }),
        );
        const said = `${String(document.value)} against ${String(operand.value)}`;
        expect({ said, ...found }).toEqual({ said, ...wanted });
      }
    }
  });
});
