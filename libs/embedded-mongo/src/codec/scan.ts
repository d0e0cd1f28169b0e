import { BSON_TYPE as T } from './scalars.js';

// Reads documents that have been validated, or that this server wrote: no length is checked a second time.

/** Bytes of each type that always has as many; 0 for the others. */
export const FIXED = new Uint8Array(256);
FIXED[T.double] = FIXED[T.date] = FIXED[T.timestamp] = FIXED[T.long] = 8;
FIXED[T.int] = 4;
FIXED[T.bool] = 1;
FIXED[T.objectId] = 12;
FIXED[T.decimal] = 16;
const EMPTY = new Set<number>([T.null, T.undefined, T.minKey, T.maxKey]);

export function int32At(buffer: Buffer, at: number): number {
  return (
    (buffer[at] as number) |
    ((buffer[at + 1] as number) << 8) |
    ((buffer[at + 2] as number) << 16) |
    ((buffer[at + 3] as number) << 24)
  );
}

/** Length in bytes of the value of `type` at `at`. */
export function widthOf(type: number, buffer: Buffer, at: number): number {
  const fixed = FIXED[type] as number;
  if (fixed > 0) return fixed;
  if (type === T.string || type === T.javascript || type === T.symbol) return 4 + int32At(buffer, at);
  if (type === T.object || type === T.array || type === T.javascriptWithScope) return int32At(buffer, at);
  if (EMPTY.has(type)) return 0;
  if (type === T.binData) return 5 + int32At(buffer, at);
  if (type === T.dbPointer) return 16 + int32At(buffer, at);
  return buffer.indexOf(0, buffer.indexOf(0, at) + 1) + 1 - at;
}

export function nameEndAt(buffer: Buffer, at: number): number {
  let position = at;
  while (buffer[position] !== 0) position++;
  return position;
}

const NAMES: (string | undefined)[] = new Array<string | undefined>(4096).fill(undefined);
const LONGEST_KNOWN = 32;

function spells(name: string, buffer: Buffer, from: number): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== buffer[from + i]) return false;
  return true;
}

/** The name in [from, to). The same few names come over and over, so they are looked up by their bytes. */
export function nameAt(buffer: Buffer, from: number, to: number): string {
  const length = to - from;
  if (length > LONGEST_KNOWN) return buffer.toString('utf8', from, to);
  let hash = length;
  for (let i = from; i < to; i++) hash = (hash * 31 + (buffer[i] as number)) & 0xfff;
  const known = NAMES[hash];
  if (known?.length === length && spells(known, buffer, from)) return known;
  const name = buffer.toString('utf8', from, to);
  if (name.length === length) NAMES[hash] = name;
  return name;
}

function isAscii(name: string): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) > 127) return false;
  return true;
}

/** Where the first field called `name` begins, at its type byte; -1 when there is none. */
export function findField(buffer: Buffer, name: string): number {
  const wanted = isAscii(name) ? name : Buffer.from(name).toString('latin1');
  const { length } = wanted;
  const end = buffer.length - 1;
  let at = 4;
  while (at < end) {
    let matched = 0;
    while (matched < length && buffer[at + 1 + matched] === wanted.charCodeAt(matched)) matched++;
    const stop = nameEndAt(buffer, at + 1 + matched);
    if (matched === length && stop === at + 1 + matched) return at;
    at = stop + 1 + widthOf(buffer[at] as number, buffer, stop + 1);
  }
  return -1;
}

/** How many fields there are, counting one name as often as it is given. */
export function countFields(buffer: Buffer): number {
  const end = buffer.length - 1;
  let count = 0;
  for (let at = 4; at < end; count++) {
    const stop = nameEndAt(buffer, at + 1);
    at = stop + 1 + widthOf(buffer[at] as number, buffer, stop + 1);
  }
  return count;
}

/** The first name that starts with `$`; undefined when none does. */
export function dollarName(buffer: Buffer): string | undefined {
  const end = buffer.length - 1;
  let at = 4;
  while (at < end) {
    const stop = nameEndAt(buffer, at + 1);
    if (buffer[at + 1] === 0x24) return buffer.toString('utf8', at + 1, stop);
    at = stop + 1 + widthOf(buffer[at] as number, buffer, stop + 1);
  }
  return undefined;
}
