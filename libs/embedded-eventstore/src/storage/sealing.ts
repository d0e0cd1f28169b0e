import { renameSync } from 'node:fs';
import { draftOf, indexPathOf } from './data-folder.js';
import { writeIndexFileInTurns } from './index-writing.js';
import type { SealedIndex } from './sealed-index.js';
import { makeIndex } from './sealed-indexes.js';
import type { Segment } from './segment.js';
import type { Segments } from './segments.js';
import { inTurns, type Steps, TURN_MS } from './steps.js';

/** Writes the indexes of sealed segments while appends go on. A missing one is made at the next start. */
export class Sealing {
  /** Resolves when nothing is left to write. */
  done: Promise<void> = Promise.resolve();
  private readonly waiting: Segment[] = [];
  private running = 0;

  constructor(
    private readonly segments: Segments,
    /** Forgets what an index holds. */
    private readonly onSealed: (index: SealedIndex) => Steps,
    private readonly turnMs = TURN_MS,
  ) {}

  get isBusy(): boolean {
    return this.running > 0;
  }

  add(segment: Segment): void {
    this.waiting.push(segment);
    this.running += 1;
    // What fails here, damage or a full disk, is told by the next read or start. It is tried again with the next segment.
    this.done = this.done
      .then(() => this.sealWaiting())
      .catch(() => {})
      .finally(() => (this.running -= 1));
  }

  private async sealWaiting(): Promise<void> {
    // The more segments wait, the longer appends do, so that there are never many.
    const turnMs = (): number => this.turnMs * this.running;
    for (let [next] = this.waiting; next !== undefined; [next] = this.waiting) {
      const path = indexPathOf(next.path);
      await writeIndexFileInTurns(draftOf(path), await inTurns(makeIndex(next), turnMs));
      // The folder is not synced: a name that a power cut takes back is that of an index that is made again.
      renameSync(draftOf(path), path);
      const adopted = this.segments.adopt(next);
      this.waiting.shift();
      await inTurns(this.onSealed(adopted), turnMs);
    }
  }
}
