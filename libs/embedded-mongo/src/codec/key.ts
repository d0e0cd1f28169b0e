import { canonicalType, symbolText } from './compare.js';
import { compareExact, doubleToExact, toExact, type Finite } from './decimal.js';
import {
  Arr,
  Bin,
  bsonTypeOf,
  BSON_TYPE,
  DateTime,
  Dbl,
  Doc,
  isNumeric,
  Oid,
  Rare,
  Regex,
  Timestamp,
} from './values.js';
import type { NumericValue, Value } from './values.js';

// Index keys are bytes whose memcmp order is MongoDB's order of the values, held as one-byte strings because V8
// compares those with memcmp. Every encoded value ends itself, so no key is a prefix of a different one, and the
// byte after a complete value is never 0xff: `key + HIGH` is above everything that starts with `key`.

export const HIGH = '\xff';

let scratch = Buffer.allocUnsafe(4096);
let used = 0;

function reserve(bytes: number): number {
  const at = used;
  used += bytes;
  if (used > scratch.length) {
    const grown = Buffer.allocUnsafe(used * 2);
    scratch.copy(grown, 0, 0, at);
    scratch = grown;
  }
  return at;
}

function byte(value: number): void {
  const at = reserve(1);
  scratch[at] = value;
}

/** The end is 00; inside, 00 becomes 01 01 and 01 becomes 01 02, so that only the end is 00. */
function escaped(bytes: Uint8Array): void {
  for (const value of bytes) {
    byte(value || 1);
    if (value <= 1) byte(value + 1);
  }
  byte(0);
}

function text(value: string): void {
  if (value.includes('\0') || value.includes('\x01')) return escaped(Buffer.from(value));
  const size = Buffer.byteLength(value);
  const at = reserve(size + 1);
  scratch.write(value, at, size, 'utf8');
  scratch[at + size] = 0;
}

function raw(bytes: Uint8Array): void {
  const at = reserve(bytes.length);
  scratch.set(bytes, at);
}

function uint64(value: bigint): void {
  const at = reserve(8);
  scratch.writeBigUInt64BE(value, at);
}

const SIGN = 1n << 63n;
const PARTS = new DataView(new ArrayBuffer(8));

function previousDouble(value: number): number {
  PARTS.setFloat64(0, value);
  PARTS.setBigUint64(0, PARTS.getBigUint64(0) - 1n);
  return PARTS.getFloat64(0);
}

/** What is left of `value` above the double below it, as decimal exponent and digits. */
function remainder(value: Finite, floor: number): void {
  const below = doubleToExact(floor);
  if (below.kind !== 'finite') return byte(0);
  const exponent = Math.min(value.exponent, below.exponent);
  const rest =
    value.coefficient * 10n ** BigInt(value.exponent - exponent) -
    below.coefficient * 10n ** BigInt(below.exponent - exponent);
  if (rest === 0n) return byte(0);
  const digits = rest.toString().replace(/0+$/, '');
  byte(1);
  const at = reserve(2);
  scratch.writeUInt16BE(rest.toString().length + exponent + 0x4000, at);
  text(digits);
}

function magnitude(value: Finite): void {
  let floor = Number(`${value.coefficient}e${value.exponent}`);
  if (!Number.isFinite(floor)) floor = Number.MAX_VALUE;
  if (floor > 0 && compareExact(doubleToExact(floor), value) > 0) floor = previousDouble(floor);
  const at = reserve(8);
  scratch.writeDoubleBE(floor, at);
  remainder(value, floor);
}

function invert(from: number): void {
  for (let i = from; i < used; i++) scratch[i] = 255 - (scratch[i] ?? 0);
}

function simpleNumber(value: number): void {
  if (Number.isNaN(value)) return byte(1);
  if (value === 0) return byte(3);
  byte(value < 0 ? 2 : 4);
  const at = reserve(9);
  scratch.writeDoubleBE(Math.abs(value), at);
  scratch[at + 8] = 0;
  if (value < 0) invert(at);
}

function numeric(value: NumericValue): void {
  if (typeof value === 'number') return simpleNumber(value);
  if (value instanceof Dbl) return simpleNumber(value.value);
  if (typeof value === 'bigint' && value >= -9007199254740991n && value <= 9007199254740991n) {
    return simpleNumber(Number(value));
  }
  const exact = toExact(value);
  if (exact.kind === 'nan') return simpleNumber(NaN);
  if (exact.kind === 'infinity') return simpleNumber(exact.negative ? -Infinity : Infinity);
  if (exact.coefficient === 0n) return byte(3);
  const negative = exact.coefficient < 0n;
  byte(negative ? 2 : 4);
  const from = used;
  magnitude(negative ? { ...exact, coefficient: -exact.coefficient } : exact);
  if (negative) invert(from);
}

export function typeByte(value: Value): number {
  return canonicalType(value) + 2;
}

function payload(value: Value): void {
  if (typeof value === 'string') return text(value);
  if (isNumeric(value)) return numeric(value);
  if (value === null) return;
  if (typeof value === 'boolean') return byte(value ? 2 : 1);
  if (value instanceof Oid) return raw(value.bytes);
  if (value instanceof DateTime) return uint64(BigInt.asUintN(64, value.ms) ^ SIGN);
  if (value instanceof Timestamp) return uint64(value.value);
  if (value instanceof Doc) {
    for (const [name, item] of value.fields) {
      byte(typeByte(item));
      text(name);
      payload(item);
    }
    return byte(0);
  }
  if (value instanceof Arr) {
    for (const item of value.items) {
      byte(typeByte(item));
      payload(item);
    }
    return byte(0);
  }
  if (value instanceof Bin) {
    const at = reserve(4);
    scratch.writeUInt32BE(value.bytes.length, at);
    byte(value.subtype);
    return raw(value.bytes);
  }
  if (value instanceof Regex) {
    text(value.pattern);
    return text(value.options);
  }
  rare(value);
}

function rare(value: Rare): void {
  const type = bsonTypeOf(value);
  if (type === BSON_TYPE.symbol) return text(symbolText(value));
  if (value.bytes.length > 0) escaped(value.bytes);
}

/** The key of one value; `descending` inverts every byte. */
export function encodeKey(value: Value, descending = false): string {
  used = 0;
  byte(typeByte(value));
  payload(value);
  if (descending) invert(0);
  return scratch.toString('latin1', 0, used);
}

/** The range of all keys of one type: [low, high). */
export function typeRange(value: Value, descending: boolean): readonly [string, string] {
  const type = typeByte(value);
  return descending
    ? [String.fromCharCode(255 - type), String.fromCharCode(256 - type)]
    : [String.fromCharCode(type), String.fromCharCode(type + 1)];
}

export function compoundKey(values: readonly Value[], descending: readonly boolean[]): string {
  used = 0;
  values.forEach((value, index) => {
    const from = used;
    byte(typeByte(value));
    payload(value);
    if (descending[index]) invert(from);
  });
  return scratch.toString('latin1', 0, used);
}
