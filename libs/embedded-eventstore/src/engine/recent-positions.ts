import { lowerBound } from '../storage/position-list.js';

const ROOM = 64 * 1024;
/** Longer lists get an array of their own. */
const LARGEST_SHARED = 4096;

/**
 * Places of 2, 4, 8, ... positions in arrays that thousands of short lists share: an array each would take 200 bytes. A
 * place is a number, because a stream leaves several behind while it grows and an object for each would cost as much as the stream.
 */
class SharedRoom {
  private readonly arrays: Float64Array[] = [];
  private next = 0;
  private readonly free = new Map<number, number[]>();

  take(capacity: number): number {
    const again = this.free.get(capacity)?.pop();
    if (again !== undefined) return again;
    if (startOf(this.next) + capacity > ROOM || this.arrays.length * ROOM <= this.next) {
      this.next = this.arrays.length * ROOM;
      this.arrays.push(new Float64Array(ROOM));
    }
    const place = this.next;
    this.next += capacity;
    return place;
  }

  giveBack(capacity: number, place: number): void {
    const places = this.free.get(capacity);
    if (places === undefined) this.free.set(capacity, [place]);
    else places.push(place);
  }

  arrayOf(place: number): Float64Array {
    return this.arrays[Math.floor(place / ROOM)] as Float64Array;
  }
}

const startOf = (place: number): number => place % ROOM;
const shared = new SharedRoom();
const NONE = new Float64Array(0);

/** The positions of a stream's events that are in no index yet, by revision. Sealing drops the lowest revisions; the others keep theirs. */
export class RecentPositions {
  /** The lowest revision that is here. */
  first = 0;
  /** The next revision. */
  length = 0;
  private values: Float64Array = NONE;
  /** In the shared room; 0 for a list with an array of its own. */
  private place = 0;
  private capacity = 0;

  at(revision: number): number {
    return this.values[startOf(this.place) + revision - this.first] as number;
  }

  push(position: number): void {
    const kept = this.length - this.first;
    if (kept === this.capacity)
      this.move(this.first, kept < LARGEST_SHARED ? Math.max(2, kept * 2) : Math.ceil(kept * 1.5));
    this.values[startOf(this.place) + kept] = position;
    this.length += 1;
  }

  pop(): void {
    this.length -= 1;
  }

  /** Begins an empty list at a revision whose predecessors are elsewhere. */
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
    const { values, place } = this;
    const begin = startOf(place) + from - this.first;
    const kept = values.subarray(begin, begin + this.length - from);
    const isShared = capacity > 0 && capacity <= LARGEST_SHARED;
    this.place = isShared ? shared.take(capacity) : 0;
    this.values = isShared ? shared.arrayOf(this.place) : capacity === 0 ? NONE : new Float64Array(capacity);
    this.values.set(kept, startOf(this.place));
    if (this.capacity > 0 && this.capacity <= LARGEST_SHARED) shared.giveBack(this.capacity, place);
    this.capacity = capacity;
  }

  /** The lowest revision whose position is not below `position`. */
  lowerBound(position: number): number {
    return lowerBound(this, this.first, this.length, position);
  }
}
