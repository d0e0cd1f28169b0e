import { lowerBound } from '../storage/position-list.js';

const ROOM = 64 * 1024;
/** Longer lists get an array of their own. */
const LARGEST_SHARED = 4096;

interface Place {
  values: Float64Array;
  start: number;
}

/** Places of 2, 4, 8, ... positions in arrays that thousands of short lists share: an array each would take 200 bytes. */
class SharedRoom {
  private values = new Float64Array(0);
  private used = 0;
  private readonly free = new Map<number, Place[]>();

  take(capacity: number): Place {
    const again = this.free.get(capacity)?.pop();
    if (again !== undefined) return again;
    if (this.used + capacity > this.values.length) {
      this.values = new Float64Array(ROOM);
      this.used = 0;
    }
    this.used += capacity;
    return { values: this.values, start: this.used - capacity };
  }

  giveBack(capacity: number, place: Place): void {
    const places = this.free.get(capacity);
    if (places === undefined) this.free.set(capacity, [place]);
    else places.push(place);
  }
}

const shared = new SharedRoom();
const NONE = new Float64Array(0);

/** The positions of a stream's events, by revision. Scavenging drops the lowest revisions; the others keep theirs. */
export class StreamPositions {
  /** The lowest revision that is still there. */
  first = 0;
  /** The next revision. */
  length = 0;
  private values: Float64Array = NONE;
  private start = 0;
  private capacity = 0;

  at(revision: number): number {
    return this.values[this.start + revision - this.first] as number;
  }

  push(position: number): void {
    const kept = this.length - this.first;
    if (kept === this.capacity)
      this.move(this.first, kept < LARGEST_SHARED ? Math.max(2, kept * 2) : Math.ceil(kept * 1.5));
    this.values[this.start + kept] = position;
    this.length += 1;
  }

  pop(): void {
    this.length -= 1;
  }

  /** Begins an empty list at a revision whose predecessors were scavenged before. */
  beginAt(revision: number): void {
    this.first = this.length = revision;
  }

  /** Forgets the revisions below `revision`. */
  dropBefore(revision: number): void {
    if (revision <= this.first) return;
    const kept = this.length - revision;
    const wanted = kept > LARGEST_SHARED ? kept : kept === 0 ? 0 : Math.max(2, 2 ** Math.ceil(Math.log2(kept)));
    this.move(revision, wanted);
    this.first = revision;
  }

  private move(from: number, capacity: number): void {
    const old = { values: this.values, start: this.start };
    const place =
      capacity === 0
        ? { values: NONE, start: 0 }
        : capacity <= LARGEST_SHARED
          ? shared.take(capacity)
          : { values: new Float64Array(capacity), start: 0 };
    const begin = old.start + from - this.first;
    place.values.set(old.values.subarray(begin, begin + this.length - from), place.start);
    if (this.capacity > 0 && this.capacity <= LARGEST_SHARED) shared.giveBack(this.capacity, old);
    this.values = place.values;
    this.start = place.start;
    this.capacity = capacity;
  }

  /** The lowest revision whose position is not below `position`. */
  lowerBound(position: number): number {
    return lowerBound(this, this.first, this.length, position);
  }
}
