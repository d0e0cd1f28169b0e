import { setTimeout as wait } from 'node:timers/promises';

/** Nothing came back within our own time limit. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

/** Rejects when `work` takes longer: the client's own deadlines cannot be relied on. */
export function within<T>(
  milliseconds: number,
  work: Promise<T>,
  late: () => Error = () => new NoAnswer(milliseconds),
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), milliseconds);
    // Heard to the end: what fails after its time must not become an unhandled rejection.
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/** Ends early, without an error, when `signal` says so. */
export const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  wait(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);

/** Full jitter: anywhere up to a limit that doubles with each attempt. */
export const backoff = (attempt: number, longest = 5_000): number =>
  Math.random() * Math.min(longest, 50 * 2 ** Math.min(attempt, 10));
