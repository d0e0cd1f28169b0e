import { DamagedLogError } from '../storage/errors.js';
import { lowerBound } from '../storage/position-list.js';
import type { StreamRange } from '../storage/sealed-index.js';
import type { SealedIndexes } from '../storage/sealed-indexes.js';
import { streamKey } from '../storage/stream-key.js';
import { RecentPositions } from './recent-positions.js';

const UNKNOWN = -1;
const NONE: readonly StreamRange[] = [];

/**
 * The positions of a stream's events, by revision: the recent ones in memory, the others in the indexes of segments,
 * which are asked when they are needed. Scavenging drops the lowest revisions; the others keep theirs.
 */
export class StreamPositions {
  private readonly recent = new RecentPositions();
  private ranges = NONE;
  /** That of the indexes when they were asked. */
  private version = UNKNOWN;

  /** `newest` is what is known of the stream already. */
  constructor(
    private readonly name: string,
    private readonly lookup: { indexes(): SealedIndexes },
    private newest?: StreamRange,
  ) {
    if (newest !== undefined) this.recent.beginAt(newest.first + newest.count);
  }

  /** The next revision. */
  get length(): number {
    return this.recent.length;
  }

  /** Whether there are events that no index holds yet. */
  get hasRecent(): boolean {
    return this.recent.length > this.recent.first;
  }

  /** How many segments hold something of it, as far as they are known. */
  get segments(): number {
    return this.ranges.length;
  }

  /** The lowest revision that is still there. */
  get first(): number {
    return this.known()[0]?.first ?? this.recent.first;
  }

  at(revision: number): number {
    if (revision >= this.recent.first) return this.recent.at(revision);
    const range = this.rangeOf(revision);
    return range.index.streamPosition(range, revision);
  }

  private rangeOf(revision: number): StreamRange {
    const { newest } = this;
    const isNewest = newest !== undefined && revision >= newest.first && revision < newest.first + newest.count;
    if (isNewest && this.lookup.indexes().version === 0) return newest;
    const ranges = this.known();
    let low = 0;
    for (let high = ranges.length - 1; low < high;) {
      const middle = (low + high + 1) >>> 1;
      if ((ranges[middle] as StreamRange).first <= revision) low = middle;
      else high = middle - 1;
    }
    return ranges[low] as StreamRange;
  }

  /** What the indexes hold of it, asked anew after one was replaced. */
  private known(): readonly StreamRange[] {
    const indexes = this.lookup.indexes();
    if (this.version === indexes.version) return this.ranges;
    const ranges = indexes.rangesOf(streamKey(this.name)).filter(({ count }) => count > 0);
    let next = ranges[0]?.first ?? this.recent.first;
    for (const { first, count } of ranges) {
      this.refuseGap(next, first);
      next = first + count;
    }
    this.refuseGap(next, this.recent.first);
    this.ranges = ranges;
    this.version = indexes.version;
    return ranges;
  }

  /** A stream's events follow one another; only the lowest may be gone, by scavenging. */
  private refuseGap(next: number, first: number): void {
    if (first > next)
      throw new DamagedLogError(
        `Events ${next} to ${first - 1} of stream ${this.name} are missing. Put back a backup of the folder.`,
      );
  }

  /** A recent event that does not follow the one before it is damage. */
  refuseGapBefore(revision: number): void {
    if (revision !== this.length) this.refuseGap(this.length, revision);
  }

  push(position: number): void {
    this.recent.push(position);
  }

  pop(): void {
    this.recent.pop();
  }

  /** Begins with a recent event when the log is opened; what is before it is in the indexes. */
  beginAt(revision: number): void {
    this.recent.beginAt(revision);
  }

  /** An index that holds more of the stream's events was written. */
  seal(range: StreamRange): void {
    if (range.count === 0) return;
    this.recent.dropBefore(range.first + range.count);
    this.newest = range;
    this.version = UNKNOWN;
    this.ranges = NONE;
  }

  /** The lowest revision whose position is not below `position`. */
  lowerBound(position: number): number {
    if (position >= this.lookup.indexes().end) return this.recent.lowerBound(position);
    return lowerBound(this, this.first, this.length, position);
  }
}
