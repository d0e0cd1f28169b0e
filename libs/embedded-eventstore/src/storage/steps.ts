/** Work that is cut into small steps. Whoever takes them decides whether others have their turn between two. */
export type Steps<Result = void> = Generator<void, Result, void>;

export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Milliseconds of work between two turns of others. */
export const TURN_MS = 2;

/** Takes at least one step, and no more than fit into `turnMs()`, before others have their turn. */
export async function inTurns<Result>(steps: Steps<Result>, turnMs = (): number => TURN_MS): Promise<Result> {
  for (;;) {
    for (const end = performance.now() + turnMs(); ;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (performance.now() >= end) break;
    }
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** How many rows of a column are looked at in one step. */
const ROWS = 512;

/** Calls `work` for pieces of the rows from 0 to `count`. */
export function* byRows(count: number, work: (from: number, to: number) => void): Steps {
  for (let from = 0; from < count; from += ROWS) {
    work(from, Math.min(count, from + ROWS));
    yield;
  }
}
