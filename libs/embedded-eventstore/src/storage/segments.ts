import { join } from 'node:path';
import { AllPositions } from './all-positions.js';
import { createSegment, hasFailed, migrateFolder, removeDrafts, segmentName, segmentPaths } from './data-folder.js';
import { DamagedLogError } from './errors.js';
import type { LogFile } from './log-file.js';
import { FIRST_POSITION, openSegment, type Segment } from './segment.js';
import type { SealedIndex } from './sealed-index.js';
import { SealedIndexes } from './sealed-indexes.js';

/** The files of the log, in order. All but the last are sealed: they change only when they are scavenged. */
export class Segments {
  readonly list: Segment[] = [];
  /** The positions of all durable events. */
  readonly events = new AllPositions();
  readonly indexes: SealedIndexes;
  private near = 0;

  constructor(
    private readonly folder: string,
    private readonly open: (path: string) => LogFile,
    cacheBytes?: number,
  ) {
    this.indexes = new SealedIndexes(cacheBytes);
    removeDrafts(folder);
    migrateFolder(folder);
    const paths = segmentPaths(folder);
    if (paths.length === 0) paths.push(createSegment(folder, { base: FIRST_POSITION, end: 0, generation: 0 }));
    try {
      for (const path of paths) this.append(openSegment(path, open));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  private append(segment: Segment): void {
    const before = this.list.at(-1);
    const base = before?.end ?? FIRST_POSITION;
    if (segment.base !== base) {
      segment.file.close();
      const missing = join(this.folder, segmentName(base));
      throw new DamagedLogError(
        `${before === undefined || segment.base > base ? `${missing} is missing` : `${before.path} is too long`}: ` +
          `${segment.path} begins at position ${segment.base} and not at ${base}. Put back a backup of the folder.`,
      );
    }
    this.list.push(segment);
    this.events.addPart(segment.positions);
  }

  get newest(): Segment {
    return this.list[this.list.length - 1] as Segment;
  }

  /** The segment in which a position lies or would lie. */
  at(position: number): Segment {
    const near = this.list[this.near] as Segment;
    if (position >= near.base && position < near.end) return near;
    let low = 0;
    for (let high = this.list.length - 1; low < high;) {
      const middle = (low + high + 1) >>> 1;
      if ((this.list[middle] as Segment).base <= position) low = middle;
      else high = middle - 1;
    }
    this.near = low;
    return this.list[low] as Segment;
  }

  /** Opens the index of every sealed segment. After a failure none is believed. */
  loadSealed(): void {
    const trusted = !hasFailed(this.folder);
    for (const segment of this.list.slice(0, -1)) this.adopt(segment, trusted);
  }

  /** From now on a sealed segment is looked up in its index instead of in memory. */
  adopt(segment: Segment, trusted = true): SealedIndex {
    const index = this.indexes.open(segment, trusted);
    this.indexes.add(segment, index);
    this.events.replacePart(this.list.indexOf(segment), index.positions);
    return index;
  }

  /** Begins a new file; what was the newest one is sealed. */
  roll(base: number): Segment {
    const sealed = this.newest;
    const path = createSegment(this.folder, { base, end: 0, generation: 0 });
    sealed.end = base;
    this.append(openSegment(path, this.open));
    return sealed;
  }

  /** Opens the scavenged file that has taken the place of a sealed segment. */
  replace(old: Segment): Segment {
    const at = this.list.indexOf(old);
    const segment = openSegment(old.path, this.open);
    const index = this.indexes.open(segment);
    this.list[at] = segment;
    this.indexes.replace(old.index as SealedIndex, segment, index);
    this.events.replacePart(at, index.positions);
    old.file.close();
    return segment;
  }

  close(): void {
    for (const segment of this.list) segment.file.close();
    this.indexes.close();
  }
}
