/** The event was not known to be on the disk in time; it may get there all the same. */
export class CommitTimeoutError extends Error {
  constructor() {
    super('Operation timed out: Commit phase timeout.');
    this.name = 'CommitTimeoutError';
  }
}

type Told = (error: Error | undefined) => void;

interface Waiting {
  readonly since: number;
  readonly told: Told;
}

/** One clock for all: EventStoreDB looks once a second. */
const LOOK_MS = 100;

/** Answers what has waited too long for the disk. */
export class CommitTimeouts {
  /** In the order in which they began to wait. */
  private readonly waiting = new Set<Waiting>();
  private readonly clock: NodeJS.Timeout;

  constructor(private readonly ms: number) {
    this.clock = setInterval(() => this.look(performance.now()), LOOK_MS).unref();
  }

  /** Tells once: what comes of the commit, or that it took too long. */
  inTime(told: Told): Told {
    const waiting = { since: performance.now(), told };
    this.waiting.add(waiting);
    return (error) => {
      if (this.waiting.delete(waiting)) told(error);
    };
  }

  private look(now: number): void {
    for (const waiting of this.waiting) {
      if (now - waiting.since < this.ms) return;
      this.waiting.delete(waiting);
      waiting.told(new CommitTimeoutError());
    }
  }

  stop(): void {
    clearInterval(this.clock);
  }
}
