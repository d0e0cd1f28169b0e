import type { IncomingHttpHeaders } from 'node:http';
import type { Position } from '@app/kernel';
import { parsePosition, positionText } from '../doors/positions.js';
import { Problem, problemAt, problems } from '../problems/problem.js';

/** How far the read models are; libs/projections answers it. */
export abstract class ReadProgress {
  /** Position of the last event that every read model has; undefined before the first. */
  abstract position(): Promise<Position | undefined>;
  /** False when the read models are not that far after `milliseconds`. */
  abstract waitFor(position: Position, milliseconds: number): Promise<boolean>;
}

const longestWait = 30;

/** `Prefer: wait=5` (RFC 7240), in seconds; 0 when it says nothing. */
export function waitSeconds(headers: IncomingHttpHeaders): number {
  const prefer = headers['prefer'];
  const match = /(?:^|[,;]\s*)wait\s*=\s*"?(\d{1,4})"?/i.exec(
    Array.isArray(prefer) ? prefer.join(',') : (prefer ?? ''),
  );
  return match === null ? 0 : Math.min(Number(match[1]), longestWait);
}

/** Read-your-writes: holds a read until the read models have `minPosition`, as long as `Prefer: wait` allows. */
export async function awaitPosition(
  text: unknown,
  headers: IncomingHttpHeaders,
  progress: ReadProgress,
): Promise<void> {
  const position = typeof text === 'string' ? parsePosition(text) : undefined;
  if (position === undefined) throw problemAt(problems.malformedPosition, '?minPosition', 'It cannot be read.');
  if (await progress.waitFor(position, waitSeconds(headers) * 1000)) return;
  const reached = await progress.position();
  throw new Problem(
    problems.notYetVisible,
    reached === undefined ? 'They have no event yet.' : `They are at ${positionText(reached)}.`,
    [],
    { 'Retry-After': '1' },
  );
}
