import { join } from 'node:path';
import { AllPositions } from './all-positions.js';
import {
  createSegment,
  hasFailed,
  indexPathOf,
  migrateFolder,
  removeDrafts,
  segmentName,
  segmentPaths,
} from './data-folder.js';
import { DamagedLogError } from './errors.js';
import type { LogFile } from './log-file.js';
import { PositionList } from './position-list.js';
import { scanSegment } from './recovery.js';
import { FIRST_POSITION, openSegment, type Segment } from './segment.js';
import { IndexBuilder, readIndex, type SegmentIndex, writeIndex } from './segment-index.js';

/** The files of the log, in order. All but the last are sealed: they change only when they are scavenged. */
export class Segments {
  readonly list: Segment[] = [];
  /** The positions of all durable events. */
  readonly events = new AllPositions();
  private near = 0;

  constructor(
    private readonly folder: string,
    private readonly open: (path: string) => LogFile,
  ) {
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

  /** Learns what every sealed segment holds, from its index where there is one, and tells it in the order of the log. */
  loadSealed(visit: (index: SegmentIndex) => void): void {
    const trustNothing = hasFailed(this.folder);
    for (const [at, segment] of this.list.slice(0, -1).entries()) {
      const known = trustNothing ? undefined : readIndex(indexPathOf(segment.path), fileOf(segment));
      const index = known ?? this.indexed(segment);
      this.take(at, segment, index);
      visit(index);
    }
  }

  private indexed(segment: Segment): SegmentIndex {
    const builder = new IndexBuilder();
    for (const { record, position, offset } of scanSegment(segment))
      builder.add(record, position, segment.isScavenged ? offset : undefined);
    const index = builder.finish();
    writeIndex(indexPathOf(segment.path), index, fileOf(segment));
    return index;
  }

  private take(at: number, segment: Segment, { positions, offsets }: SegmentIndex): void {
    segment.positions = new PositionList(positions.slice());
    if (segment.isScavenged) segment.offsets = new PositionList(offsets.slice());
    this.events.replacePart(at, segment.positions);
  }

  /** Begins a new file; what was the newest one is sealed. */
  roll(base: number): Segment {
    const sealed = this.newest;
    const path = createSegment(this.folder, { base, end: 0, generation: 0 });
    sealed.end = base;
    sealed.positions.trim();
    this.append(openSegment(path, this.open));
    return sealed;
  }

  /** Puts a scavenged file in the place of a sealed segment. */
  replace(old: Segment, index: SegmentIndex): Segment {
    const at = this.list.indexOf(old);
    const segment = openSegment(old.path, this.open);
    this.list[at] = segment;
    this.take(at, segment, index);
    old.file.close();
    return segment;
  }

  close(): void {
    for (const segment of this.list) segment.file.close();
  }
}

export const fileOf = (segment: Segment): { size: number; generation: number } => ({
  size: segment.file.size(),
  generation: segment.generation,
});
