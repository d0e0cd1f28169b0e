import { setTimeout as wait } from 'node:timers/promises';

/** Nothing came back within our own time limit. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

/** Rejects when `work` takes longer: the client's own deadlines cannot be relied on. */
export async function within<T>(
  milliseconds: number,
  work: Promise<T>,
  late: () => Error = () => new NoAnswer(milliseconds),
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late()), milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
    // The one that lost may still fail later, when nobody listens any more.
    work.catch(() => undefined);
  }
}

/** Ends early, without an error, when `signal` says so. */
export const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  wait(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);

/** Full jitter: anywhere up to a limit that doubles with each attempt. */
export const backoff = (attempt: number, longest = 5_000): number =>
  Math.random() * Math.min(longest, 50 * 2 ** Math.min(attempt, 10));
