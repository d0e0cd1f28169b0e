import { compareNumbers } from './decimal.js';
import {
  Arr,
  Bin,
  BSON_TYPE as T,
  bsonTypeOf,
  DateTime,
  Doc,
  isNumeric,
  Oid,
  Rare,
  Regex,
  Timestamp,
} from './values.js';
import type { Value } from './values.js';

const CANONICAL = new Map<number, number>([
  [T.minKey, -1],
  [T.undefined, 0],
  [T.null, 5],
  [T.double, 10],
  [T.int, 10],
  [T.long, 10],
  [T.decimal, 10],
  [T.string, 15],
  [T.symbol, 15],
  [T.object, 20],
  [T.array, 25],
  [T.binData, 30],
  [T.objectId, 35],
  [T.bool, 40],
  [T.date, 45],
  [T.timestamp, 47],
  [T.regex, 50],
  [T.dbPointer, 55],
  [T.javascript, 60],
  [T.javascriptWithScope, 65],
  [T.maxKey, 127],
]);

/** Rank of a value's type in MongoDB's comparison order; all numbers share one rank. */
export function canonicalType(value: Value): number {
  return CANONICAL.get(bsonTypeOf(value)) ?? 0;
}

/** Order of the UTF-8 bytes, which for surrogate pairs is not the order of UTF-16 units. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    const leftSurrogate = left >= 0xd800 && left <= 0xdfff;
    const rightSurrogate = right >= 0xd800 && right <= 0xdfff;
    if (leftSurrogate !== rightSurrogate) return leftSurrogate ? 1 : -1;
    return left < right ? -1 : 1;
  }
  return Math.sign(a.length - b.length);
}

export function symbolText(value: Rare): string {
  return value.bytes.toString('utf8', 4, value.bytes.length - 1);
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function text(value: Value): string {
  return typeof value === 'string' ? value : value instanceof Rare ? symbolText(value) : '';
}

function compareArrays(a: readonly Value[], b: readonly Value[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareValues(a[i] as Value, b[i] as Value);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

/** Field by field: first the type, then the name, then the value; a prefix comes first. */
function compareDocs(a: Doc, b: Doc): number {
  const left = a.fields.entries();
  const right = b.fields.entries();
  for (;;) {
    const x = left.next();
    const y = right.next();
    if (x.done || y.done) return (x.done ? 0 : 1) - (y.done ? 0 : 1);
    const [nameX, valueX] = x.value;
    const [nameY, valueY] = y.value;
    const order =
      Math.sign(canonicalType(valueX) - canonicalType(valueY)) ||
      compareStrings(nameX, nameY) ||
      compareValues(valueX, valueY);
    if (order !== 0) return order;
  }
}

export function compareValues(a: Value, b: Value): number {
  if (a === b && typeof a !== 'object') return 0;
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  const rank = canonicalType(a) - canonicalType(b);
  if (rank !== 0) return Math.sign(rank);
  if (a instanceof Oid && b instanceof Oid) return Buffer.compare(a.bytes, b.bytes);
  if (a instanceof DateTime && b instanceof DateTime) return compareBig(a.ms, b.ms);
  if (a instanceof Doc && b instanceof Doc) return compareDocs(a, b);
  if (a instanceof Arr && b instanceof Arr) return compareArrays(a.items, b.items);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Bin && b instanceof Bin) {
    return (
      Math.sign(a.bytes.length - b.bytes.length) || Math.sign(a.subtype - b.subtype) || Buffer.compare(a.bytes, b.bytes)
    );
  }
  if (a instanceof Timestamp && b instanceof Timestamp) return compareBig(a.value, b.value);
  if (a instanceof Regex && b instanceof Regex) {
    return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options);
  }
  if (canonicalType(a) === 15) return compareStrings(text(a), text(b));
  if (a instanceof Rare && b instanceof Rare) return Buffer.compare(a.bytes, b.bytes);
  return 0;
}
