import type { Dice } from './dice.js';

/** Lengths and counts at which readers of bytes go wrong. */
const HOSTILE = [
  0, 1, 4, 5, 0x7f, 0x80, 0xff, 0xffff, 0x1000000, 0x7ffffffe, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

type Mutation = (bytes: Buffer, at: number, dice: Dice) => Buffer;

const replaced = (bytes: Buffer, at: number, count: number, by: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + count)]);

const mutations: readonly Mutation[] = [
  (bytes, at, dice) => replaced(bytes, at, 1, Buffer.from([bytes[at]! ^ (1 << dice.below(8))])),
  (bytes, at, dice) => replaced(bytes, at, 1, dice.bytes(1)),
  (bytes, at, dice) => replaced(bytes, at, 0, dice.bytes(1 + dice.below(8))),
  (bytes, at, dice) => replaced(bytes, at, 1 + dice.below(16), Buffer.alloc(0)),
  (bytes, at, dice) => replaced(bytes, at, 0, bytes.subarray(at, at + 1 + dice.below(64))),
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at, dice) => replaced(bytes, at, 4, fourBytes(dice, true)),
  (bytes, at, dice) => replaced(bytes, at, 4, fourBytes(dice, false)),
  (bytes, at, dice) => replaced(bytes, at, 1, Buffer.alloc(1 + dice.below(12), 0xff)),
];

function fourBytes(dice: Dice, littleEndian: boolean): Buffer {
  const bytes = Buffer.alloc(4);
  const value = dice.pick(HOSTILE);
  if (littleEndian) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return bytes;
}

/** The bytes with one to four faults: flipped, inserted, cut, repeated, or a hostile length written over. */
export function mutated(original: Buffer, dice: Dice): Buffer {
  let bytes = original;
  for (let faults = 1 + dice.below(4); faults > 0 && bytes.length > 0; faults--)
    bytes = dice.pick(mutations)(bytes, dice.below(bytes.length), dice);
  return bytes;
}
