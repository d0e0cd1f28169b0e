import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SEGMENT_HEADER, type Segment } from './segment.js';

const MOST_KEPT = 64 * 1024 * 1024;

/** What a crash left half-written was never acknowledged; it is set aside rather than thrown away. */
export function cutTornTail(newest: Segment, end: number): void {
  const size = newest.file.size();
  const offset = newest.offsetOf(end);
  if (size > offset) {
    const aside = join(dirname(newest.path), `torn-tail-${end}.bin`);
    const tail = Buffer.alloc(Math.min(size - offset, MOST_KEPT));
    newest.file.read(tail, offset);
    if (existsSync(aside)) copyFileSync(aside, `${aside}.older`);
    writeFileSync(aside, tail);
    newest.file.truncate(offset);
  }
  newest.end = end;
}

/**
 * After a failed sync the system may hold pages that it takes for written and that are on no disk. Writing the same bytes
 * again makes it write them, or fail again.
 */
export function writeAgain(newest: Segment): void {
  const bytes = Buffer.alloc(newest.file.size() - SEGMENT_HEADER);
  newest.file.read(bytes, SEGMENT_HEADER);
  newest.file.write([bytes], SEGMENT_HEADER);
  newest.file.truncate(newest.file.size());
}
