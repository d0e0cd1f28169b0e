import { type Block, BLOCK_BYTES, type BlockCache } from './block-cache.js';
import { ENTRY } from './index-columns.js';
import type { IndexFile } from './index-file.js';
import { ENTRIES_PER_BLOCK, IDS_PER_BLOCK } from './index-layout.js';
import { PositionColumn } from './position-column.js';

/** What a sealed segment holds of a stream: `count` events from revision `first` on, and its tombstone's position or 0. */
export interface StreamRange {
  index: SealedIndex;
  first: number;
  count: number;
  tombstone: number;
  /** Where its positions begin among those of all streams. */
  start: number;
}

/** Looks up in the index of a sealed segment, without having it in memory. */
export class SealedIndex {
  readonly positions: PositionColumn;
  /** Where events lie in the file, when scavenging has moved them together. */
  readonly offsets: PositionColumn | undefined;
  private readonly byStream: PositionColumn;

  constructor(
    private readonly file: IndexFile,
    private readonly cache: BlockCache,
    /** The first position behind the segment. */
    readonly end: number,
  ) {
    const { header, layout } = file;
    this.positions = new PositionColumn(file, cache, 0, header.events, file.positionFences, header.lastPosition);
    this.offsets =
      header.generation === 0 ? undefined : new PositionColumn(file, cache, layout.offsets, header.offsets);
    this.byStream = new PositionColumn(file, cache, layout.byStream, header.ids);
  }

  streamPosition({ first, start }: StreamRange, revision: number): number {
    return this.byStream.at(start + revision - first);
  }

  /** The lowest position of an event whose id and stream have this hash and that `matches`. */
  findId(hash: number, matches: (position: number) => boolean): number | undefined {
    const { file, cache } = this;
    if (!file.ids.mayHold(hash)) return undefined;
    const { ids } = file.header;
    for (let at = firstBlock(file.idFences, hash) * IDS_PER_BLOCK; at < ids; at += IDS_PER_BLOCK) {
      const { words } = cache.get(file, file.layout.ids + at / IDS_PER_BLOCK);
      const inBlock = Math.min(IDS_PER_BLOCK, ids - at);
      const rows: number[] = [];
      let place = lowestPlace(words, 2, inBlock, hash);
      for (; place < inBlock && words[place * 2] === hash; place++) rows.push(words[place * 2 + 1] as number);
      for (const row of rows) {
        const position = this.positions.at(row);
        if (matches(position)) return position;
      }
      if (place < inBlock) return undefined;
    }
    return undefined;
  }

  /** What is known here of a stream; its name is given as bytes and as their hash. */
  find(name: Buffer, hash: number): StreamRange | undefined {
    const { file, cache } = this;
    const key = hash >>> 0;
    if (!file.streams.mayHold(key)) return undefined;
    const { streams } = file.header;
    for (let at = firstBlock(file.streamFences, key) * ENTRIES_PER_BLOCK; at < streams; at += ENTRIES_PER_BLOCK) {
      const number = file.layout.entries + at / ENTRIES_PER_BLOCK;
      const inBlock = Math.min(ENTRIES_PER_BLOCK, streams - at);
      let place = lowestPlace(cache.get(file, number).words, ENTRY / 4, inBlock, key);
      for (; place < inBlock; place++) {
        const { bytes } = cache.get(file, number);
        if (bytes.readUInt32LE(place * ENTRY) !== key) return undefined;
        const nameAt = bytes.readUInt32LE(place * ENTRY + 4);
        const range = this.rangeAt(bytes, place * ENTRY);
        if (this.nameAt(nameAt).equals(name)) return range;
      }
    }
    return undefined;
  }

  /** Every stream of the segment. */
  *streams(): Generator<{ name: Buffer; hash: number; range: StreamRange }> {
    const { file, cache } = this;
    for (let at = 0; at < file.header.streams; at++) {
      const block = cache.get(file, file.layout.entries + Math.floor(at / ENTRIES_PER_BLOCK));
      const offset = (at % ENTRIES_PER_BLOCK) * ENTRY;
      const range = this.rangeAt(block.bytes, offset);
      const hash = block.bytes.readInt32LE(offset);
      yield { name: this.nameAt(block.bytes.readUInt32LE(offset + 4)), hash, range };
    }
  }

  private rangeAt(bytes: Buffer, at: number): StreamRange {
    return {
      index: this,
      start: bytes.readUInt32LE(at + 8),
      count: bytes.readUInt32LE(at + 12),
      first: bytes.readDoubleLE(at + 16),
      tombstone: bytes.readDoubleLE(at + 24),
    };
  }

  private nameAt(at: number): Buffer {
    return this.nameBytes(at + 4, this.nameBytes(at, 4).readUInt32LE(0));
  }

  private nameBytes(from: number, length: number): Buffer {
    const target = Buffer.allocUnsafe(length);
    for (let done = 0; done < length;) {
      const at = from + done;
      const block: Block = this.cache.get(this.file, this.file.layout.names + Math.floor(at / BLOCK_BYTES));
      done += block.bytes.copy(target, done, at % BLOCK_BYTES);
    }
    return target;
  }

  close(): void {
    this.file.close();
  }
}

/** The block in which the first entry of a key lies or would lie: one before the first block that begins with it or a higher one. */
function firstBlock(fences: Uint32Array, key: number): number {
  return Math.max(0, lowestPlace(fences, 1, fences.length, key) - 1);
}

/** The first of `count` entries of `width` words, sorted by their first word, whose first word is not below `key`. */
function lowestPlace(words: Uint32Array, width: number, count: number, key: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((words[middle * width] as number) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
