import { randomFillSync } from 'node:crypto';
import { Reader } from './reader.js';

export const UUID_BYTES = 16;
const HEX = new Int8Array(256).fill(-1);
for (let i = 0; i < 16; i++) {
  HEX['0123456789abcdef'.charCodeAt(i)] = i;
  HEX['0123456789ABCDEF'.charCodeAt(i)] = i;
}
const DIGITS = Buffer.from('0123456789abcdef', 'latin1');
const DASH = 0x2d;
/** Offset of every byte's first digit in the text form 8-4-4-4-12. */
const OFFSETS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
export const UUID_TEXT = 36;

/** Why an id could not be read, in the words of the real server. */
export class InvalidIdError extends Error {}

/** Parses the text form (with or without dashes, any case). */
export function parseUuid(text: Buffer): Buffer {
  const id = Buffer.allocUnsafe(UUID_BYTES);
  const dashed = text.length === UUID_TEXT;
  if (!dashed && text.length !== 32) throw new InvalidIdError('Unrecognized Guid format.');
  for (let i = 0; i < UUID_BYTES; i++) {
    const at = dashed ? (OFFSETS[i] as number) : i * 2;
    const high = HEX[text[at] as number] as number;
    const low = HEX[text[at + 1] as number] as number;
    if (high < 0 || low < 0) throw new InvalidIdError('Unrecognized Guid format.');
    id[i] = high * 16 + low;
  }
  if (dashed && (text[8] !== DASH || text[13] !== DASH || text[18] !== DASH || text[23] !== DASH))
    throw new InvalidIdError('Unrecognized Guid format.');
  return id;
}

export function writeUuidText(target: Buffer, at: number, id: Buffer): void {
  for (let i = 0; i < UUID_BYTES; i++) {
    const byte = id[i] as number;
    const offset = at + (OFFSETS[i] as number);
    target[offset] = DIGITS[byte >> 4] as number;
    target[offset + 1] = DIGITS[byte & 15] as number;
  }
  target[at + 8] = target[at + 13] = target[at + 18] = target[at + 23] = DASH;
}

export function uuidText(id: Buffer): string {
  const text = Buffer.allocUnsafe(UUID_TEXT);
  writeUuidText(text, 0, id);
  return text.toString('latin1');
}

/** Decodes event_store.client.UUID: a string or two 64-bit halves. */
export function readUuid(reader: Reader): Buffer {
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x12) return parseUuid(reader.bytes());
    if (tag === 0x0a) return readStructured(reader.message());
    reader.skip(tag);
  }
  throw new InvalidIdError("Invalid argument: None (Parameter 'dto')");
}

function readStructured(reader: Reader): Buffer {
  const id = Buffer.alloc(UUID_BYTES);
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x08) id.writeBigUInt64BE(BigInt(reader.uint64()), 0);
    else if (tag === 0x10) id.writeBigUInt64BE(BigInt(reader.uint64()), 8);
    else reader.skip(tag);
  }
  return id;
}

export function newUuid(): Buffer {
  const id = randomFillSync(Buffer.allocUnsafe(UUID_BYTES));
  id[6] = ((id[6] as number) & 0x0f) | 0x40;
  id[8] = ((id[8] as number) & 0x3f) | 0x80;
  return id;
}
