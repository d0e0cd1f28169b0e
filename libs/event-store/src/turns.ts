/** Milliseconds after a conflict for which a stream counts as shared. */
const sharedFor = 1_000;
/** Fewer than the conflicts that a command bears. */
const mostOnEnd = 32;
/** Milliseconds: an append may have taken seconds because the store was away, and nobody needs a rest like that. */
const longestRest = 100;

/**
 * Lets processes that append to one stream take turns: who has lost a race has to read before it tries again, and would lose
 * the next one for that, and the one after it. Times are milliseconds of `performance.now()`.
 */
export class Turns {
  #overtakenAt = -Infinity;
  #onEnd = 0;

  overtaken(now: number): void {
    this.#overtakenAt = now;
  }

  isShared(now: number): boolean {
    return now - this.#overtakenAt < sharedFor;
  }

  /**
   * Milliseconds to leave to others after an append that took so long: in that time they can read and append. Who always wins
   * never learns of them, so now and then in any case.
   */
  restAfter(milliseconds: number, now: number): number {
    this.#onEnd += 1;
    if (!this.isShared(now) && this.#onEnd < mostOnEnd) return 0;
    this.#onEnd = 0;
    return Math.min(milliseconds, longestRest);
  }
}
