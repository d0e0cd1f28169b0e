/** Rising log positions. */
export interface Positions {
  readonly length: number;
  /** The highest one; 0 when there is none. */
  readonly last: number;
  at(index: number): number;
  /** The index of the first position that is not below `position`. */
  lowerBound(position: number): number;
}

/** In memory, eight bytes each. */
export class PositionList implements Positions {
  private values: Float64Array;
  length: number;

  constructor(values = new Float64Array(0)) {
    this.values = values;
    this.length = values.length;
  }

  get last(): number {
    return this.values[this.length - 1] ?? 0;
  }

  at(index: number): number {
    return this.values[index] as number;
  }

  push(position: number): void {
    if (this.length === this.values.length) this.resize(Math.ceil(this.length * 1.5) + 64);
    this.values[this.length] = position;
    this.length += 1;
  }

  /** Gives back the room for more, when no more will come. */
  trim(): void {
    if (this.values.length > this.length) this.resize(this.length);
  }

  private resize(capacity: number): void {
    const other = new Float64Array(capacity);
    other.set(this.values.subarray(0, this.length));
    this.values = other;
  }

  /** The index of the first position that is not below `position`. */
  lowerBound(position: number): number {
    return lowerBound(this, 0, this.length, position);
  }
}

/** The first index in [low, high) whose position is not below `position`, or `high`. */
export function lowerBound(list: { at(index: number): number }, low: number, high: number, position: number): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (list.at(middle) < position) from = middle + 1;
    else to = middle;
  }
  return from;
}
