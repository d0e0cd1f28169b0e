import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'mongodb';

export const decimal = (text: string): Decimal128 => Decimal128.fromString(text);

/** A value of each type, least first by the manual's page "Comparison/Sort Order". */
export const ONE_OF_EACH: readonly unknown[] = [
  new MinKey(),
  null,
  new Double(-1.5),
  new Int32(1),
  Long.fromNumber(2),
  decimal('2.50'),
  'x',
  { b: 1 },
  [1, 'x'],
  new Binary(Buffer.from('x')),
  new ObjectId('000000000000000000000001'),
  false,
  new Date(5),
  Timestamp.fromBits(1, 1),
  new BSONRegExp('^y', 'i'),
  new Code('x'),
  new MaxKey(),
];

/** To the driver a timestamp is a kind of long. */
export const isNumber = (value: unknown): boolean =>
  !(value instanceof Timestamp) && [Double, Int32, Long, Decimal128].some((numeric) => value instanceof numeric);
