/** Rising log positions, eight bytes each. */
export class PositionList {
  private values = new Float64Array(4);
  length = 0;

  at(index: number): number {
    return this.values[index] as number;
  }

  push(position: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(Math.ceil(this.length * 1.5) + 4);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = position;
    this.length += 1;
  }

  pop(): void {
    this.length -= 1;
  }

  /** The index of the first position that is not below `position`. */
  lowerBound(position: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
