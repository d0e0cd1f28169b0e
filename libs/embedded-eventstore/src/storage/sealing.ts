import { indexPathOf } from './data-folder.js';
import { scanSegment } from './recovery.js';
import type { Segment } from './segment.js';
import { IndexBuilder, writeIndex } from './segment-index.js';
import { fileOf } from './segments.js';

/** How many records are looked at in one turn, about a millisecond. */
const SLICE = 1000;

/** Writes the indexes of sealed segments while appends go on. A missing one is made at the next start. */
export class Sealing {
  /** Resolves when nothing is left to write. */
  done: Promise<void> = Promise.resolve();
  private waiting = 0;

  get isBusy(): boolean {
    return this.waiting > 0;
  }

  add(segment: Segment): void {
    this.waiting += 1;
    // What fails here, damage or a full disk, is told by the next read or start, which do not need the index.
    this.done = this.done
      .then(() => index(segment))
      .catch(() => {})
      .finally(() => (this.waiting -= 1));
  }
}

async function index(segment: Segment): Promise<void> {
  const builder = new IndexBuilder();
  let looked = 0;
  for (const { record, position } of scanSegment(segment)) {
    builder.add(record, position);
    looked += 1;
    if (looked % SLICE === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  }
  writeIndex(indexPathOf(segment.path), builder.finish(), fileOf(segment));
}
