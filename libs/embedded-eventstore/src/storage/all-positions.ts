import type { PositionList, Positions } from './position-list.js';

/**
 * The positions of all durable events, one part per segment. Scavenging takes events out, so a reader that waits
 * between two pages keeps a position, not an index.
 */
export class AllPositions {
  length = 0;
  private readonly parts: Positions[] = [];
  /** The index of every part's first event. */
  private readonly starts: number[] = [];
  private near = 0;

  addPart(part: Positions): void {
    this.starts.push(this.length);
    this.parts.push(part);
    this.length += part.length;
  }

  replacePart(index: number, part: Positions): void {
    this.parts[index] = part;
    this.length = 0;
    for (const [at, each] of this.parts.entries()) {
      this.starts[at] = this.length;
      this.length += each.length;
    }
  }

  /** Adds an event of the newest segment. */
  push(position: number): void {
    (this.parts[this.parts.length - 1] as PositionList).push(position);
    this.length += 1;
  }

  at(index: number): number {
    const part = this.parts[this.near];
    const inPart = index - (this.starts[this.near] ?? 0);
    if (part !== undefined && inPart >= 0 && inPart < part.length) return part.at(inPart);
    let low = 0;
    for (let high = this.parts.length - 1; low < high;) {
      const middle = (low + high + 1) >>> 1;
      if ((this.starts[middle] as number) <= index) low = middle;
      else high = middle - 1;
    }
    this.near = low;
    return (this.parts[low] as Positions).at(index - (this.starts[low] as number));
  }

  /** The index of the first event that is not before `position`. */
  lowerBound(position: number): number {
    for (const [index, part] of this.parts.entries())
      if (part.last >= position && part.length > 0) return (this.starts[index] as number) + part.lowerBound(position);
    return this.length;
  }
}
