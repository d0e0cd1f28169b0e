import { BlockCache } from './block-cache.js';
import { draftOf, indexPathOf, publishDraft } from './data-folder.js';
import { FIRST_POSITION, type Segment } from './segment.js';
import { type IndexColumns, IndexBuilder } from './index-columns.js';
import { openIndexFile, writeIndexFile } from './index-file.js';
import type { IndexedFile } from './index-layout.js';
import { scanSegment } from './recovery.js';
import { SealedIndex, type StreamRange } from './sealed-index.js';

/** How many bytes of all indexes are kept in memory. */
export const CACHE_BYTES = 16 * 1024 * 1024;

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
      writeDraft(segment, indexed(segment));
      publishDraft(draftOf(path), path);
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
    segment.index = index;
    this.list.push(index);
  }

  replace(old: SealedIndex, segment: Segment, index: SealedIndex): void {
    segment.index = index;
    this.list[this.list.indexOf(old)] = index;
    this.version += 1;
    old.close();
  }

  /** All that the indexes hold of a stream, the oldest first. */
  rangesOf(name: Buffer, hash: number): StreamRange[] {
    return this.list.map((index) => index.find(name, hash)).filter((range) => range !== undefined);
  }

  /** The newest of what they hold of a stream. */
  newestOf(name: Buffer, hash: number): StreamRange | undefined {
    for (let at = this.list.length - 1; at >= 0; at--) {
      const found = this.list[at]?.find(name, hash);
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
  *streams(): Generator<Buffer> {
    const list = [...this.list];
    for (const [at, index] of list.entries())
      for (const { name, hash } of index.streams())
        if (!list.slice(0, at).some((earlier) => earlier.find(name, hash) !== undefined)) yield name;
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

function indexed(segment: Segment): IndexColumns {
  const builder = new IndexBuilder();
  for (const { record, position, offset } of scanSegment(segment))
    builder.add(record, position, segment.isScavenged ? offset : undefined);
  return builder.finish();
}

/** Writes what will be a segment's index when it is published. */
export function writeDraft(segment: Segment, columns: IndexColumns, of = fileOf(segment)): void {
  writeIndexFile(draftOf(indexPathOf(segment.path)), columns, of);
}
