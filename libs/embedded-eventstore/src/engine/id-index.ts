import type { Steps } from '../storage/steps.js';

const SMALLEST = 16;
const PARTS = 256;

/**
 * Finds where an event id that is in no index yet was written, in about 20 bytes per event: it keeps 32 bits of a hash
 * and the position. Whoever finds a position reads the event there and compares, so an unlucky hash costs a read and nothing else.
 * It is divided so that growing never stops the server for long.
 */
export class IdIndex {
  private readonly parts = Array.from({ length: PARTS }, () => new Part());

  add(hash: number, position: number): void {
    this.part(hash).add(hash, position);
  }

  /** The lowest position with this hash that `matches`. */
  find(hash: number, matches: (position: number) => boolean): number | undefined {
    return this.part(hash).find(hash, matches);
  }

  /** Forgets what is before `position`. */
  *dropBefore(position: number): Steps {
    for (const [index, part] of this.parts.entries()) {
      this.parts[index] = part.from(position);
      yield;
    }
  }

  private part(hash: number): Part {
    return this.parts[hash >>> 24] as Part;
  }
}

class Part {
  private hashes = new Uint32Array(SMALLEST);
  private positions = new Float64Array(SMALLEST);
  private used = 0;

  add(hash: number, position: number): void {
    if (this.used * 10 > this.hashes.length * 7) this.grow();
    this.insert(hash, position);
    this.used += 1;
  }

  /** The lowest position with this hash that `matches`. */
  find(hash: number, matches: (position: number) => boolean): number | undefined {
    const mask = this.hashes.length - 1;
    let lowest: number | undefined;
    for (let slot = hash & mask; this.positions[slot] !== 0; slot = (slot + 1) & mask) {
      const position = this.positions[slot] as number;
      if (this.hashes[slot] !== hash || (lowest !== undefined && position > lowest)) continue;
      if (matches(position)) lowest = position;
    }
    return lowest;
  }

  /** A part with the positions that are not before `position`. */
  from(position: number): Part {
    const kept = new Part();
    for (let slot = 0; slot < this.positions.length; slot++) {
      const each = this.positions[slot] as number;
      if (each >= position) kept.add(this.hashes[slot] as number, each);
    }
    return kept;
  }

  private insert(hash: number, position: number): void {
    const mask = this.hashes.length - 1;
    let slot = hash & mask;
    while (this.positions[slot] !== 0) slot = (slot + 1) & mask;
    this.hashes[slot] = hash;
    this.positions[slot] = position;
  }

  private grow(): void {
    const { hashes, positions } = this;
    this.hashes = new Uint32Array(hashes.length * 2);
    this.positions = new Float64Array(positions.length * 2);
    for (let slot = 0; slot < hashes.length; slot++)
      if (positions[slot] !== 0) this.insert(hashes[slot] as number, positions[slot] as number);
  }
}
