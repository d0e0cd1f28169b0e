import { byRows, type Steps } from './steps.js';

/** Of a filter's words; a key sets one bit in each word of one block, which lies in one line of the processor's cache. */
const BLOCK = 8;
/** About one of two hundred absent keys is taken for a present one. */
const BITS_PER_KEY = 12;
const SALTS = [0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31] as const;

/** A split block Bloom filter of 32-bit hashes: it never denies a key that is there. */
export class KeyFilter {
  private readonly blocks: number;

  constructor(readonly words: Uint32Array) {
    this.blocks = words.length / BLOCK;
  }

  static *of(hashes: Uint32Array): Steps<KeyFilter> {
    const blocks = Math.max(1, Math.ceil((hashes.length * BITS_PER_KEY) / 32 / BLOCK));
    const filter = new KeyFilter(new Uint32Array(blocks * BLOCK));
    yield* byRows(hashes.length, (from, to) => {
      for (const hash of hashes.subarray(from, to)) filter.add(hash);
    });
    return filter;
  }

  private add(hash: number): void {
    const start = this.blockOf(hash);
    for (let at = 0; at < BLOCK; at++) this.words[start + at]! |= bitOf(hash, SALTS[at] as number);
  }

  mayHold(hash: number): boolean {
    const start = this.blockOf(hash);
    for (let at = 0; at < BLOCK; at++)
      if (((this.words[start + at] as number) & bitOf(hash, SALTS[at] as number)) === 0) return false;
    return true;
  }

  /** By other bits than those that decide within the block. */
  private blockOf(hash: number): number {
    const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    return Math.floor((((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32) * this.blocks) * BLOCK;
  }
}

const bitOf = (hash: number, salt: number): number => 1 << (Math.imul(hash, salt) >>> 27);
