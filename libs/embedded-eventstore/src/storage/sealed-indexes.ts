import { BlockCache } from './block-cache.js';
import { draftOf, indexPathOf, publishDraft } from './data-folder.js';
import { FIRST_POSITION, type Segment } from './segment.js';
import { IndexBuilder } from './index-columns.js';
import { openIndexFile } from './index-file.js';
import type { IndexedFile } from './index-layout.js';
import { encodeIndex, writeIndexFile } from './index-writing.js';
import { scanSegment } from './recovery.js';
import { SealedIndex, type StreamRange } from './sealed-index.js';
import { atOnce, type Steps } from './steps.js';
import { type StreamKey, streamKey } from './stream-key.js';

/** How many bytes of all indexes are kept in memory. */
export const CACHE_BYTES = 16 * 1024 * 1024;
/** How many records are looked at in one step. */
const RECORDS = 100;

/** The indexes of the sealed segments, from the oldest segment on without a gap. */
export class SealedIndexes {
  readonly list: SealedIndex[] = [];
  /** Rises when one is replaced; what was looked up before holds no longer. */
  version = 0;
  private readonly cache: BlockCache;

  constructor(cacheBytes = CACHE_BYTES) {
    this.cache = new BlockCache(cacheBytes);
  }

  /** Events before this position are in the indexes. */
  get end(): number {
    return this.list.at(-1)?.end ?? FIRST_POSITION;
  }

  /** Opens a segment's index, which is made from the segment when it is missing, damaged, or `trusted` is false. */
  open(segment: Segment, trusted = true): SealedIndex {
    const path = indexPathOf(segment.path);
    const make = (): void => {
      // Not the draft that a scavenge of this segment may be writing.
      const draft = draftOf(`${path}.again`);
      writeIndexFile(draft, atOnce(makeIndex(segment)));
      publishDraft(draft, path);
    };
    const open = (): SealedIndex | undefined => {
      const file = openIndexFile(path, fileOf(segment), make);
      return file === undefined ? undefined : new SealedIndex(file, this.cache, segment.end);
    };
    const known = trusted ? open() : undefined;
    if (known !== undefined) return known;
    make();
    return open() as SealedIndex;
  }

  /** The segment that follows the last one has an index now. */
  add(segment: Segment, index: SealedIndex): void {
    segment.sealedAs(index);
    this.list.push(index);
  }

  replace(old: SealedIndex, segment: Segment, index: SealedIndex): void {
    segment.sealedAs(index);
    this.list[this.list.indexOf(old)] = index;
    this.version += 1;
    old.close();
  }

  /** All that the indexes hold of a stream, the oldest first. */
  rangesOf(key: StreamKey): StreamRange[] {
    return this.list.map((index) => index.find(key)).filter((range) => range !== undefined);
  }

  /** The newest of what they hold of a stream. */
  newestOf(key: StreamKey): StreamRange | undefined {
    for (let at = this.list.length - 1; at >= 0; at--) {
      const found = this.list[at]?.find(key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The lowest position of an event whose id and stream have this hash and that `matches`. */
  findId(hash: number, matches: (position: number) => boolean): number | undefined {
    for (const index of this.list) {
      const found = index.findId(hash, matches);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The name of every stream of the indexes, once each. */
  *streams(): Generator<string> {
    const list = [...this.list];
    for (const [at, index] of list.entries())
      for (const { name } of index.streams()) {
        const key = streamKey(name);
        if (!list.slice(0, at).some((earlier) => earlier.find(key) !== undefined)) yield name;
      }
  }

  close(): void {
    for (const index of this.list) index.close();
  }
}

export const fileOf = (segment: Segment): IndexedFile => ({
  base: segment.base,
  size: segment.file.size(),
  generation: segment.generation,
});

/** The bytes of a segment's index file. */
export function* makeIndex(segment: Segment): Steps<Buffer[]> {
  const builder = new IndexBuilder();
  let looked = 0;
  for (const { record, position, offset } of scanSegment(segment)) {
    builder.add(record, position, segment.isScavenged ? offset : undefined);
    looked += 1;
    if (looked % RECORDS === 0) yield;
  }
  return yield* encodeIndex(yield* builder.finish(), fileOf(segment));
}
