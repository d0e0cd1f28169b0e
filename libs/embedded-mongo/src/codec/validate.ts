import { BSON_TYPE as T } from './scalars.js';
import { FIXED, int32At } from './scan.js';

export class MalformedBson extends Error {}

/** A message all of whose lengths may add up, but which nests deeper than is allowed. */
export class NestedTooDeep extends MalformedBson {}

export const MAX_DEPTH = 100;
const BEYOND = 'a BSON value reaches beyond its document';

function lengthAt(buffer: Buffer, at: number, end: number): number {
  if (at + 4 > end) throw new MalformedBson(BEYOND);
  return int32At(buffer, at);
}

/** Length in bytes of a value without a fixed size; every length is checked against `end` here or by the caller. */
function sizeOf(type: number, buffer: Buffer, at: number, end: number): number {
  switch (type) {
    case T.null:
    case T.undefined:
    case T.minKey:
    case T.maxKey:
      return 0;
    case T.string:
    case T.javascript:
    case T.symbol: {
      const size = lengthAt(buffer, at, end);
      if (size < 1 || at + 4 + size > end || buffer[at + 3 + size] !== 0)
        throw new MalformedBson('a BSON string has no terminator');
      return 4 + size;
    }
    case T.object:
    case T.array:
    case T.javascriptWithScope: {
      const size = lengthAt(buffer, at, end);
      if (size < 5) throw new MalformedBson('a BSON document is shorter than its header');
      return size;
    }
    case T.binData: {
      const size = lengthAt(buffer, at, end);
      if (size < 0) throw new MalformedBson('BSON binary data has a negative length');
      return 5 + size;
    }
    case T.dbPointer: {
      const size = lengthAt(buffer, at, end);
      if (size < 1) throw new MalformedBson('a BSON DBPointer has no namespace');
      return 16 + size;
    }
    case T.regex: {
      const pattern = buffer.indexOf(0, at);
      const options = pattern < 0 ? -1 : buffer.indexOf(0, pattern + 1);
      if (options < 0 || options >= end) throw new MalformedBson('a BSON regular expression has no terminator');
      return options + 1 - at;
    }
    default:
      throw new MalformedBson(`unknown BSON type ${type}`);
  }
}

function nameEnd(buffer: Buffer, at: number, end: number): number {
  let position = at;
  while (position < end && buffer[position] !== 0) position++;
  if (position >= end) throw new MalformedBson('a BSON field name has no terminator');
  return position;
}

/** Walks a whole document once, before anything in it is believed. Returns its length. */
export function validate(buffer: Buffer, start: number, limit: number, depth = 0): number {
  if (depth > MAX_DEPTH) throw new NestedTooDeep(`BSON nested deeper than ${MAX_DEPTH} levels`);
  if (start + 5 > limit) throw new MalformedBson('a BSON document is cut off');
  const size = buffer.readInt32LE(start);
  const end = start + size - 1;
  if (size < 5 || start + size > limit || buffer[end] !== 0) throw new MalformedBson('a BSON length does not add up');
  let at = start + 4;
  while (at < end) {
    const type = buffer[at] ?? 0;
    at = nameEnd(buffer, at + 1, end) + 1;
    const length = FIXED[type] || sizeOf(type, buffer, at, end);
    if (at + length > end) throw new MalformedBson(BEYOND);
    if (type === T.object || type === T.array) validate(buffer, at, end, depth + 1);
    if (type === T.javascriptWithScope) validateScope(buffer, at, at + length, depth);
    at += length;
  }
  if (at !== end) throw new MalformedBson('a BSON length does not add up');
  return size;
}

function validateScope(buffer: Buffer, at: number, end: number, depth: number): void {
  const code = sizeOf(T.string, buffer, at + 4, end);
  validate(buffer, at + 4 + code, end, depth + 1);
}
