/** The event was not known to be on the disk in time; it may get there all the same. */
export class CommitTimeoutError extends Error {
  constructor() {
    super('Operation timed out: Commit phase timeout.');
    this.name = 'CommitTimeoutError';
  }
}

type Told = (error: Error | undefined) => void;

/** Tells once: what comes of the commit, or that `ms` have passed before. */
export function withinTime(ms: number, told: Told): Told {
  let isTold = false;
  const once: Told = (error) => {
    if (isTold) return;
    isTold = true;
    clearTimeout(timer);
    told(error);
  };
  const timer = setTimeout(() => once(new CommitTimeoutError()), ms);
  return once;
}
