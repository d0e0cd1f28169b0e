import { Arr, Bin, bsonTypeOf, DateTime, Dbl, Decimal, Doc, isInt32, Oid, Rare, Regex, Timestamp } from './values.js';
import type { Value } from './values.js';

/** Grows by doubling; what it hands out is copied, so no unwritten memory ever leaves. */
export class Writer {
  private buffer = Buffer.allocUnsafe(512);
  length = 0;

  private reserve(bytes: number): number {
    const at = this.length;
    const needed = at + bytes;
    if (needed > this.buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
      this.buffer.copy(grown, 0, 0, at);
      this.buffer = grown;
    }
    this.length = needed;
    return at;
  }

  byte(value: number): void {
    const at = this.reserve(1);
    this.buffer[at] = value;
  }

  int32(value: number): void {
    const at = this.reserve(4);
    this.buffer.writeInt32LE(value, at);
  }

  int32At(value: number, at: number): void {
    this.buffer.writeInt32LE(value, at);
  }

  int64(value: bigint): void {
    const at = this.reserve(8);
    this.buffer.writeBigInt64LE(value, at);
  }

  uint64(value: bigint): void {
    const at = this.reserve(8);
    this.buffer.writeBigUInt64LE(value, at);
  }

  double(value: number): void {
    const at = this.reserve(8);
    this.buffer.writeDoubleLE(value, at);
  }

  bytes(value: Uint8Array): void {
    const at = this.reserve(value.length);
    this.buffer.set(value, at);
  }

  cstring(value: string): void {
    const size = Buffer.byteLength(value);
    const at = this.reserve(size + 1);
    this.buffer.write(value, at, size, 'utf8');
    this.buffer[at + size] = 0;
  }

  string(value: string): void {
    const size = Buffer.byteLength(value);
    this.int32(size + 1);
    const at = this.reserve(size + 1);
    this.buffer.write(value, at, size, 'utf8');
    this.buffer[at + size] = 0;
  }

  take(): Buffer {
    return Buffer.from(this.buffer.subarray(0, this.length));
  }
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

export function writeElement(writer: Writer, name: string, value: Value): void {
  writer.byte(bsonTypeOf(value));
  writer.cstring(name);
  writeValue(writer, value);
}

export function encodeDoc(fields: ReadonlyMap<string, Value>): Buffer {
  const writer = new Writer();
  writer.int32(0);
  for (const [name, value] of fields) writeElement(writer, name, value);
  writer.byte(0);
  writer.int32At(writer.length, 0);
  return writer.take();
}

/** The bytes of one value alone, type first: equal bytes mean identical values, types included. */
export function valueBytes(value: Value): Buffer {
  const writer = new Writer();
  writer.byte(bsonTypeOf(value));
  writeValue(writer, value);
  return writer.take();
}
