import {
  BSON_TYPE,
  Bin,
  DateTime,
  Dbl,
  Decimal,
  MAX_KEY,
  MIN_KEY,
  Oid,
  Rare,
  Regex,
  Timestamp,
  UNDEFINED,
  double,
  isInt32,
} from './scalars.js';
import { findField, int32At, nameAt, nameEndAt, widthOf } from './scan.js';
import { Writer } from './writer.js';

export * from './scalars.js';

// Documents and arrays are parsed on first touch: what nobody looks at is copied as bytes. One field is looked for in
// the bytes; only who wants all of them has all of them parsed.

export class Doc {
  private parsed: Map<string, Value> | undefined;
  /** Documents and arrays handed out already, by where they begin: asked again, they are the same objects. */
  private inner: Map<number, Value> | undefined;

  constructor(
    private raw: Buffer | undefined,
    fields?: Map<string, Value>,
  ) {
    this.parsed = fields;
  }

  static of(entries: Iterable<readonly [string, Value]>): Doc {
    return new Doc(undefined, new Map(entries));
  }

  get fields(): ReadonlyMap<string, Value> {
    return (this.parsed ??= this.raw ? decodeFields(this.raw, this.inner) : new Map<string, Value>());
  }

  /** The bytes when they exist already. */
  get rawBytes(): Buffer | undefined {
    return this.raw;
  }

  get bytes(): Buffer {
    return (this.raw ??= encodeDoc(this.fields));
  }

  /** The name of the first field, which tells what many documents are. */
  get firstName(): string | undefined {
    if (this.parsed || !this.raw) {
      const [first] = this.fields.keys();
      return first;
    }
    return this.raw.length > 5 ? this.raw.toString('utf8', 5, nameEndAt(this.raw, 5)) : undefined;
  }

  get(name: string): Value | undefined {
    const { raw } = this;
    if (this.parsed || !raw) return this.fields.get(name);
    const at = findField(raw, name);
    if (at < 0) return undefined;
    const known = this.inner?.get(at);
    if (known) return known;
    const value = valueAt(raw, at);
    if (value instanceof Doc || value instanceof Arr) (this.inner ??= new Map<number, Value>()).set(at, value);
    return value;
  }
}

export class Arr {
  private parsed: Value[] | undefined;

  constructor(
    private raw: Buffer | undefined,
    items?: Value[],
  ) {
    this.parsed = items;
  }

  static of(items: Value[]): Arr {
    return new Arr(undefined, items);
  }

  get items(): readonly Value[] {
    return (this.parsed ??= this.raw ? decodeArray(this.raw) : []);
  }

  get rawBytes(): Buffer | undefined {
    return this.raw;
  }
}

export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Dbl
  | Decimal
  | Oid
  | Bin
  | DateTime
  | Timestamp
  | Regex
  | Rare
  | Doc
  | Arr;

export type NumericValue = number | bigint | Dbl | Decimal;

export function isNumeric(value: Value | undefined): value is NumericValue {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Dbl || value instanceof Decimal;
}

export function bsonTypeOf(value: Value): number {
  switch (typeof value) {
    case 'string':
      return BSON_TYPE.string;
    case 'number':
      return isInt32(value) ? BSON_TYPE.int : BSON_TYPE.double;
    case 'bigint':
      return BSON_TYPE.long;
    case 'boolean':
      return BSON_TYPE.bool;
  }
  if (value === null) return BSON_TYPE.null;
  if (value instanceof Doc) return BSON_TYPE.object;
  if (value instanceof Arr) return BSON_TYPE.array;
  if (value instanceof Oid) return BSON_TYPE.objectId;
  if (value instanceof DateTime) return BSON_TYPE.date;
  if (value instanceof Dbl) return BSON_TYPE.double;
  if (value instanceof Decimal) return BSON_TYPE.decimal;
  if (value instanceof Bin) return BSON_TYPE.binData;
  if (value instanceof Timestamp) return BSON_TYPE.timestamp;
  if (value instanceof Regex) return BSON_TYPE.regex;
  return value.type;
}

const TYPE_NAMES = new Map<number, string>(Object.entries(BSON_TYPE).map(([name, type]) => [type, name]));

export function typeNameOf(value: Value | undefined): string {
  return value === undefined ? 'missing' : (TYPE_NAMES.get(bsonTypeOf(value)) ?? 'unknown');
}

/** The value of the field that begins at `at`. */
function valueAt(buffer: Buffer, at: number): Value {
  const start = nameEndAt(buffer, at + 1) + 1;
  const type = buffer[at] as number;
  return readValue(type, buffer, start, widthOf(type, buffer, start));
}

function readValue(type: number, buffer: Buffer, at: number, size: number): Value {
  switch (type) {
    case BSON_TYPE.double:
      return double(buffer.readDoubleLE(at));
    case BSON_TYPE.string:
      return buffer.toString('utf8', at + 4, at + size - 1);
    case BSON_TYPE.object:
      return new Doc(buffer.subarray(at, at + size));
    case BSON_TYPE.array:
      return new Arr(buffer.subarray(at, at + size));
    case BSON_TYPE.binData:
      return new Bin(buffer[at + 4] ?? 0, buffer.subarray(at + 5, at + size));
    case BSON_TYPE.objectId:
      return new Oid(buffer.subarray(at, at + 12));
    case BSON_TYPE.bool:
      return buffer[at] !== 0;
    case BSON_TYPE.date:
      return new DateTime(buffer.readBigInt64LE(at));
    case BSON_TYPE.null:
      return null;
    case BSON_TYPE.regex: {
      const middle = buffer.indexOf(0, at);
      return new Regex(buffer.toString('utf8', at, middle), buffer.toString('utf8', middle + 1, at + size - 1));
    }
    case BSON_TYPE.int:
      return int32At(buffer, at);
    case BSON_TYPE.timestamp:
      return new Timestamp(buffer.readBigUInt64LE(at));
    case BSON_TYPE.long:
      return buffer.readBigInt64LE(at);
    case BSON_TYPE.decimal:
      return new Decimal(buffer.subarray(at, at + 16));
    case BSON_TYPE.undefined:
      return UNDEFINED;
    case BSON_TYPE.minKey:
      return MIN_KEY;
    case BSON_TYPE.maxKey:
      return MAX_KEY;
    default:
      return new Rare(type, buffer.subarray(at, at + size));
  }
}

/** Of two fields with one name the first counts, as it does for `findField`. */
function decodeFields(buffer: Buffer, known: ReadonlyMap<number, Value> | undefined): Map<string, Value> {
  const fields = new Map<string, Value>();
  const end = buffer.length - 1;
  let at = 4;
  let count = 0;
  while (at < end) {
    const type = buffer[at] as number;
    const stop = nameEndAt(buffer, at + 1);
    const size = widthOf(type, buffer, stop + 1);
    const name = nameAt(buffer, at + 1, stop);
    fields.set(name, known?.get(at) ?? readValue(type, buffer, stop + 1, size));
    if (fields.size === count) {
      const first = findField(buffer, name);
      fields.set(name, known?.get(first) ?? valueAt(buffer, first));
    }
    count = fields.size;
    at = stop + 1 + size;
  }
  return fields;
}

function decodeArray(buffer: Buffer): Value[] {
  const items: Value[] = [];
  const end = buffer.length - 1;
  let at = 4;
  while (at < end) {
    const type = buffer[at] as number;
    const start = nameEndAt(buffer, at + 1) + 1;
    const size = widthOf(type, buffer, start);
    items.push(readValue(type, buffer, start, size));
    at = start + size;
  }
  return items;
}

function writeValue(writer: Writer, value: Value): void {
  switch (typeof value) {
    case 'string':
      return writer.string(value);
    case 'number':
      return isInt32(value) ? writer.int32(value) : writer.double(value);
    case 'bigint':
      return writer.int64(value);
    case 'boolean':
      return writer.byte(value ? 1 : 0);
  }
  if (value === null) return;
  if (value instanceof Doc) return writeDoc(writer, value);
  if (value instanceof Arr) return writeArray(writer, value);
  if (value instanceof Dbl) return writer.double(value.value);
  if (value instanceof DateTime) return writer.int64(value.ms);
  if (value instanceof Timestamp) return writer.uint64(value.value);
  if (value instanceof Bin) {
    writer.int32(value.bytes.length);
    writer.byte(value.subtype);
    return writer.bytes(value.bytes);
  }
  if (value instanceof Regex) {
    writer.cstring(value.pattern);
    return writer.cstring(value.options);
  }
  if (value instanceof Oid || value instanceof Decimal || value instanceof Rare) return writer.bytes(value.bytes);
}

function writeDoc(writer: Writer, document: Doc): void {
  if (document.rawBytes) return writer.bytes(document.rawBytes);
  const start = writer.length;
  writer.int32(0);
  for (const [name, value] of document.fields) writeElement(writer, name, value);
  writer.byte(0);
  writer.int32At(writer.length - start, start);
}

function writeArray(writer: Writer, array: Arr): void {
  if (array.rawBytes) return writer.bytes(array.rawBytes);
  const start = writer.length;
  writer.int32(0);
  array.items.forEach((item, index) => writeElement(writer, String(index), item));
  writer.byte(0);
  writer.int32At(writer.length - start, start);
}

function writeElement(writer: Writer, name: string, value: Value): void {
  writer.byte(bsonTypeOf(value));
  writer.cstring(name);
  writeValue(writer, value);
}

/** One for all: encoding never begins inside another encoding, and what is handed out is a copy. */
const scratch = new Writer();

function encodeDoc(fields: ReadonlyMap<string, Value>): Buffer {
  scratch.length = 0;
  scratch.int32(0);
  for (const [name, value] of fields) writeElement(scratch, name, value);
  scratch.byte(0);
  scratch.int32At(scratch.length, 0);
  return scratch.take();
}

/** The bytes of one value alone, type first: equal bytes mean identical values, types included. */
export function valueBytes(value: Value): Buffer {
  scratch.length = 0;
  scratch.byte(bsonTypeOf(value));
  writeValue(scratch, value);
  return scratch.take();
}
