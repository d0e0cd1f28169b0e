import { DiskFull, type Store } from '../storage/store.js';
import { MongoError } from './errors.js';
import { nextTimestamp } from './timestamps.js';
import type { Unit } from './unit.js';

interface Waiting {
  readonly unit: Unit;
  readonly done: () => void;
  readonly refuse: (error: unknown) => void;
}

/**
 * Writes the units of one turn of the event loop in one transaction and answers after it is on disk.
 * After a failure other than a full disk nothing is believed any more: LMDB may acknowledge later writes although
 * earlier ones were lost, so the server stops writing until it is restarted.
 */
export class Committer {
  private waiting: Waiting[] = [];
  private latched: Error | undefined;
  readonly failed: Promise<Error>;
  private latch!: (error: Error) => void;

  constructor(private readonly store: Store) {
    this.failed = new Promise((resolve) => (this.latch = resolve));
  }

  refuseIfFailed(): void {
    if (this.latched) throw storageFailure(this.latched);
  }

  /** A unit that changes nothing may rest on changes that still wait for the disk: it is answered with them. */
  async commit(unit: Unit): Promise<void> {
    if (unit.isEmpty && this.waiting.length === 0) return;
    return new Promise((done, refuse) => {
      if (this.waiting.length === 0) setImmediate(() => this.flush());
      this.waiting.push({ unit, done, refuse });
    });
  }

  flush(): void {
    const batch = this.waiting;
    if (batch.length === 0) return;
    this.waiting = [];
    try {
      if (this.latched) throw this.latched;
      this.store.commit(
        batch.flatMap(({ unit }) => unit.writes),
        batch.reduce((sum, { unit }) => sum + unit.bytes, 0),
      );
    } catch (error) {
      for (const { unit } of [...batch].reverse()) unit.rollback();
      const answer = this.answerTo(error);
      for (const { refuse } of batch) refuse(answer);
      return;
    }
    nextTimestamp();
    for (const { done } of batch) done();
  }

  private answerTo(error: unknown): MongoError {
    if (error instanceof DiskFull) return new MongoError(14031, error.message);
    const reason = error instanceof Error ? error : new Error(String(error));
    if (!this.latched) {
      this.latched = reason;
      this.latch(reason);
    }
    return storageFailure(reason);
  }
}

function storageFailure(reason: Error): MongoError {
  return new MongoError(
    1,
    `The storage failed (${reason.message}): it is not certain whether the write is stored, and no later one will be. Restart the server: it verifies its data at start.`,
  );
}
