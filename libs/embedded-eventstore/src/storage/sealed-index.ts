import { type Block, BLOCK_BYTES, type BlockCache } from './block-cache.js';
import type { IndexFile } from './index-file.js';
import { IDS_PER_BLOCK } from './index-layout.js';
import { PositionColumn } from './position-column.js';
import { digestAt, entriesOf, ENTRY, readEntry, type StreamEntry } from './stream-block.js';
import { digestStart, type StreamKey } from './stream-key.js';

/** What a sealed segment holds of a stream, and where to look its positions up. */
export interface StreamRange extends StreamEntry {
  index: SealedIndex;
}

/** Looks up in the index of a sealed segment, without having it in memory. */
export class SealedIndex {
  readonly positions: PositionColumn;
  /** Where events lie in the file, when scavenging has moved them together. */
  readonly offsets: PositionColumn | undefined;
  /** The blocks of streams and what is behind them, as if all of it were positions. */
  private readonly slots: PositionColumn;

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
    this.slots = new PositionColumn(file, cache, layout.streams, header.streamSlots);
  }

  streamPosition({ first, start }: StreamRange, revision: number): number {
    return this.slots.at(start + revision - first);
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

  /** What is known here of a stream. */
  find(key: StreamKey): StreamRange | undefined {
    const { file, cache } = this;
    if (!file.streams.mayHold(key.nameHash)) return undefined;
    const { digest } = key;
    const start = digestStart(digest);
    for (let number = firstBlock(file.streamFences, start); number < file.header.streamBlocks; number++) {
      const { bytes, words } = cache.get(file, file.layout.streams + number);
      const count = entriesOf(bytes);
      let place = lowestPlace(words, ENTRY / 4, count, start);
      for (; place < count && words[(place * ENTRY) / 4] === start; place++)
        if (digestAt(bytes, place) === digest) return { index: this, ...readEntry(bytes, place) };
      if (place < count) return undefined;
    }
    return undefined;
  }

  /** Every stream of the segment. */
  *streams(): Generator<{ name: string; range: StreamRange }> {
    const { file, cache } = this;
    let nameAt = 0;
    for (let number = 0; number < file.header.streamBlocks; number++) {
      const block = (): Buffer => cache.get(file, file.layout.streams + number).bytes;
      for (let place = 0; place < entriesOf(block()); place++) {
        const range = { index: this, ...readEntry(block(), place) };
        yield { name: this.nameBytes(nameAt, range.nameBytes).toString(), range };
        nameAt += range.nameBytes;
      }
    }
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
