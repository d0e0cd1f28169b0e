import {
  bareRecord,
  HEADER,
  KIND_BATCH_END,
  recordBatchStart,
  recordIsWhole,
  recordKind,
  recordPosition,
} from '../codec/recorded-event.js';
import { damageAt, wordsFor } from './damage.js';
import { DamagedLogError } from './errors.js';
import type { LogFile } from './log-file.js';
import { SEGMENT_HEADER, type Segment } from './segment.js';

const WINDOW = 4 * 1024 * 1024;
/** Of a segment that is read while others have their turn. */
const SMALL_WINDOW = 256 * 1024;
export const LARGEST_RECORD = 64 * 1024 * 1024;

/** Reads records one after another through a sliding window. */
export class Scanner {
  readonly size: number;
  private window = Buffer.alloc(0);
  private windowStart = 0;

  constructor(
    private readonly file: LogFile,
    private readonly least = WINDOW,
  ) {
    this.size = file.size();
  }

  /** The bytes of the record at `offset`, or undefined when no whole record is there. */
  recordAt(offset: number): Buffer | undefined {
    const head = this.slice(offset, HEADER);
    if (head === undefined) return undefined;
    const length = head.readUInt32LE(0);
    if (length < HEADER || length > LARGEST_RECORD) return undefined;
    const record = this.slice(offset, length);
    return record !== undefined && recordIsWhole(record) ? record : undefined;
  }

  slice(offset: number, length: number): Buffer | undefined {
    if (offset + length > this.size) return undefined;
    const inWindow = offset - this.windowStart;
    if (inWindow < 0 || inWindow + length > this.window.length) {
      this.window = Buffer.allocUnsafe(Math.min(Math.max(this.least, length), this.size - offset));
      this.windowStart = offset;
      this.file.read(this.window, offset);
      return this.window.subarray(0, length);
    }
    return this.window.subarray(inWindow, inWindow + length);
  }
}

export interface Scanned {
  record: Buffer;
  position: number;
  offset: number;
}

/** Every record of a sealed segment but the marks. A sealed segment was synced as a whole, so a bad record is damage. */
export function* scanSegment(segment: Segment): Generator<Scanned> {
  const scanner = new Scanner(segment.file, SMALL_WINDOW);
  const expected = segment.isScavenged ? scanner.size : segment.offsetOf(segment.end);
  for (let offset = SEGMENT_HEADER; offset < expected;) {
    const record = scanner.recordAt(offset);
    if (record === undefined) throw new DamagedLogError(wordsFor(damageAt(segment, scanner, offset)));
    if (recordKind(record) !== KIND_BATCH_END)
      yield { record, offset, position: segment.isScavenged ? recordPosition(record) : segment.positionAt(offset) };
    offset += record.length;
  }
}

/**
 * Walks the newest segment and calls `visit` for every record of a batch that was written to its end.
 * Returns the position where the last whole batch ends; what lies behind was never acknowledged.
 */
export function recoverNewest(segment: Segment, visit: (record: Buffer, position: number) => void): number {
  const scanner = new Scanner(segment.file);
  let batchStart = SEGMENT_HEADER;
  let offset = SEGMENT_HEADER;
  let batch: { record: Buffer; position: number }[] = [];
  while (offset < scanner.size) {
    const record = scanner.recordAt(offset);
    if (record === undefined) {
      refuseWhenLaterBatchesAreWhole(scanner, segment, offset, batchStart);
      break;
    }
    if (recordKind(record) === KIND_BATCH_END) {
      for (const each of batch) visit(each.record, each.position);
      batch = [];
      batchStart = offset + record.length;
    } else batch.push({ record, position: segment.positionAt(offset) });
    offset += record.length;
  }
  return segment.positionAt(batchStart);
}

const BATCH_END_HEAD = bareRecord(KIND_BATCH_END, 0).subarray(8, 48);

/** The offset behind the next whole batch end at or after `from`, and the offset at which its batch begins. */
export function nextBatchEnd(
  scanner: Scanner,
  segment: Segment,
  from: number,
): { batchStart: number; end: number } | undefined {
  for (let offset = from; offset + HEADER <= scanner.size; offset += WINDOW - HEADER) {
    const bytes = scanner.slice(offset, Math.min(WINDOW, scanner.size - offset));
    if (bytes === undefined) return undefined;
    for (let at = bytes.indexOf(BATCH_END_HEAD); at >= 0; at = bytes.indexOf(BATCH_END_HEAD, at + 1)) {
      if (at < 8) continue;
      const record = bytes.subarray(at - 8, at - 8 + HEADER);
      if (record.length < HEADER || !recordIsWhole(record)) continue;
      const batchStart = recordBatchStart(record) - segment.base + SEGMENT_HEADER;
      if (batchStart <= offset + at) return { batchStart, end: offset + at - 8 + HEADER };
    }
  }
  return undefined;
}

/** One torn batch at the end is what a crash leaves; a bad record before whole batches is damage, never to be cut. */
function refuseWhenLaterBatchesAreWhole(scanner: Scanner, segment: Segment, bad: number, batchStart: number): void {
  for (let from = bad + 1; ;) {
    const next = nextBatchEnd(scanner, segment, from);
    if (next === undefined) return;
    if (next.batchStart > batchStart)
      throw new DamagedLogError(
        `${wordsFor(damageAt(segment, scanner, bad))} Events behind it are whole. Nothing was changed.`,
      );
    from = next.end;
  }
}
