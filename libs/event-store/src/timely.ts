import type { StreamingRead } from '@eventstore/db-client';
import { within } from './time-limit.js';

/**
 * The items of a read in order. A read may take as long as it likes, but not longer than `patience` milliseconds for
 * the next item while one is waited for: then NoAnswer. Leaving early ends the call at the server.
 */
export async function* timely<T>(source: StreamingRead<T>, patience: number): AsyncGenerator<T> {
  let isOver = false;
  let failure: { readonly reason: unknown } | undefined;
  let wake = (): void => undefined;
  const end = (): void => {
    isOver = true;
    wake();
  };
  source.on('readable', () => wake());
  source.on('end', end);
  source.on('close', end);
  // Stays for good: the client emits errors of a call that nobody reads any more.
  source.on('error', (reason: unknown) => {
    failure ??= { reason };
    end();
  });
  try {
    for (;;) {
      const item = source.read() as T | null;
      if (item !== null) yield item;
      else if (failure !== undefined) throw failure.reason;
      else if (isOver) return;
      else await within(patience, new Promise<void>((resolve) => (wake = resolve)));
    }
  } finally {
    if (!isOver) source.cancel().catch(() => undefined);
  }
}
