import { crc32 } from 'node:zlib';
import { byRows, type Steps } from './steps.js';

/** A hash of a stream's name, as a signed number, which takes less room. */
export const nameHash = (name: string | Buffer): number => crc32(name) | 0;

/** A hash of all 16 bytes of an id that lies at `offset`, and of the stream that it was written to. */
export function idHash(id: Buffer, streamHash: number, offset = 0): number {
  let hash = streamHash;
  for (let at = offset; at < offset + 16; at += 4) {
    hash = Math.imul(hash ^ id.readUInt32LE(at), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

const DIGIT = 0x10000;

/** The indexes of hashes in the order of their values; those of equal ones keep their order. */
export function* orderOf(hashes: Uint32Array): Steps<Uint32Array> {
  const inOrder = new Uint32Array(hashes.length);
  for (let index = 0; index < inOrder.length; index++) inOrder[index] = index;
  return yield* byDigit(hashes, yield* byDigit(hashes, inOrder, 0), 16);
}

/** The same indexes, ordered by 16 bits of their hashes. */
function* byDigit(hashes: Uint32Array, order: Uint32Array, shift: number): Steps<Uint32Array> {
  const places = new Uint32Array(DIGIT + 1);
  const digitOf = (index: number): number => ((hashes[index] as number) >>> shift) & (DIGIT - 1);
  yield* byRows(hashes.length, (from, to) => {
    for (let at = from; at < to; at++) places[digitOf(at) + 1]! += 1;
  });
  for (let digit = 1; digit < DIGIT; digit++) places[digit]! += places[digit - 1] as number;
  const next = new Uint32Array(order.length);
  yield* byRows(order.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const index = order[at] as number;
      next[places[digitOf(index)]!++] = index;
    }
  });
  return next;
}
