import { readFileSync } from 'node:fs';
import { Dice } from './dice.js';

export interface Target {
  /** The process of the server. */
  readonly pid: number;
  /** Fails when others are no longer served. */
  readonly serve: () => Promise<void>;
}

const AT_ONCE = 8;
const CHECK_EVERY = 64;

/** Bytes of memory that a process has, on Linux. */
export function memoryOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

/**
 * Runs a case for each seed from `first` on, several at once, and makes sure after some of them that others are
 * served. Rejects with the seed of what failed. Gives back the highest memory that was seen, in bytes.
 */
export async function fuzz(
  { pid, serve }: Target,
  first: number,
  count: number,
  attack: (dice: Dice) => Promise<void>,
): Promise<number> {
  let highest = 0;
  for (let seed = first; seed < first + count; seed += CHECK_EVERY) {
    const seeds = Array.from({ length: Math.min(CHECK_EVERY, first + count - seed) }, (_, index) => seed + index);
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = seeds.shift(); next !== undefined; next = seeds.shift())
          await attack(new Dice(next)).catch((cause: unknown) => {
            throw new Error(`seed ${next}: ${String(cause)}`, { cause });
          });
      }),
    );
    await serve().catch((cause: unknown) => {
      throw new Error(`others are not served after the seeds ${seed} and the ${CHECK_EVERY} behind it`, { cause });
    });
    highest = Math.max(highest, memoryOf(pid));
  }
  return highest;
}
