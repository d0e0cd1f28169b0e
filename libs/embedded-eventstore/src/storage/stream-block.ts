import { BLOCK_BYTES } from './block-cache.js';
import { DIGEST } from './stream-key.js';

/** What a segment holds of a stream. */
export interface StreamEntry {
  /** The revision of its first event. */
  first: number;
  /** Where its positions begin, in numbers of eight bytes from the first block of streams on. */
  start: number;
  /** The position of its tombstone, or 0. */
  tombstone: number;
  /** How many events it has. */
  count: number;
  /** The length of its name. */
  nameBytes: number;
}

/** Room for so many positions is in a block. */
export const SLOTS = BLOCK_BYTES / 8;
/** The last of them holds the number of entries (u32). */
const COUNT_AT = BLOCK_BYTES - 8;
/** The bytes of a block for entries, which begin at its start, and for positions of their events, which end at its end. */
export const BLOCK_ROOM = COUNT_AT;
/** A stream's entry: its digest, then as f64 `first`, `start` and `tombstone`, as u32 `count` and `nameBytes`. */
export const ENTRY = 48;
/** The positions of a stream of so many events lie in the block of its entry, those of a longer one behind all blocks of streams. */
export const MOST_BESIDE = 64;

export const entriesOf = (block: Buffer): number => block.readUInt32LE(COUNT_AT);

export function writeEntriesOf(block: Buffer, count: number): void {
  block.writeUInt32LE(count, COUNT_AT);
}

/** Writes an entry behind its digest. */
export function writeEntry(block: Buffer, place: number, entry: StreamEntry): void {
  const at = place * ENTRY;
  block.writeDoubleLE(entry.first, at + 16);
  block.writeDoubleLE(entry.start, at + 24);
  block.writeDoubleLE(entry.tombstone, at + 32);
  block.writeUInt32LE(entry.count, at + 40);
  block.writeUInt32LE(entry.nameBytes, at + 44);
}

export function readEntry(block: Buffer, place: number): StreamEntry {
  const at = place * ENTRY;
  return {
    first: block.readDoubleLE(at + 16),
    start: block.readDoubleLE(at + 24),
    tombstone: block.readDoubleLE(at + 32),
    count: block.readUInt32LE(at + 40),
    nameBytes: block.readUInt32LE(at + 44),
  };
}

export const digestAt = (block: Buffer, place: number): string =>
  block.toString('latin1', place * ENTRY, place * ENTRY + DIGEST);
