import { draftOf, indexPathOf, publishDraft } from './data-folder.js';
import { IndexBuilder } from './index-columns.js';
import { scanSegment } from './recovery.js';
import type { SealedIndex } from './sealed-index.js';
import { writeDraft } from './sealed-indexes.js';
import type { Segment } from './segment.js';
import type { Segments } from './segments.js';

/** How many records are looked at in one turn, about a millisecond. */
const SLICE = 1000;

/** Writes the indexes of sealed segments while appends go on. A missing one is made at the next start. */
export class Sealing {
  /** Resolves when nothing is left to write. */
  done: Promise<void> = Promise.resolve();
  private readonly waiting: Segment[] = [];
  private running = 0;

  constructor(
    private readonly segments: Segments,
    /** Called when what an index holds may be forgotten. */
    private readonly onSealed: (index: SealedIndex) => Promise<void>,
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
    for (let [next] = this.waiting; next !== undefined; [next] = this.waiting) {
      await index(next);
      const adopted = this.segments.adopt(next);
      this.waiting.shift();
      await this.onSealed(adopted);
    }
  }
}

async function index(segment: Segment): Promise<void> {
  const builder = new IndexBuilder();
  let looked = 0;
  for (const { record, position } of scanSegment(segment)) {
    builder.add(record, position);
    looked += 1;
    if (looked % SLICE === 0) await aTurn();
  }
  const columns = builder.finish();
  await aTurn();
  writeDraft(segment, columns);
  await aTurn();
  const path = indexPathOf(segment.path);
  publishDraft(draftOf(path), path);
}

const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
