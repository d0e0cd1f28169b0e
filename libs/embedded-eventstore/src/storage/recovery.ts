import {
  bareRecord,
  HEADER,
  KIND_BATCH_END,
  recordBatchStart,
  recordIsWhole,
  recordKind,
} from '../codec/recorded-event.js';
import { DamagedLogError } from './errors.js';
import type { LogFile } from './log-file.js';

const WINDOW = 4 * 1024 * 1024;
const LARGEST_RECORD = 64 * 1024 * 1024;

/** Reads records one after another through a sliding window. */
class Scanner {
  private window = Buffer.alloc(0);
  private windowStart = 0;

  constructor(
    private readonly file: LogFile,
    private readonly size: number,
  ) {}

  /** The bytes of the record at `position`, or undefined when no whole record is there. */
  recordAt(position: number): Buffer | undefined {
    const head = this.slice(position, HEADER);
    if (head === undefined) return undefined;
    const length = head.readUInt32LE(0);
    if (length < HEADER || length > LARGEST_RECORD) return undefined;
    const record = this.slice(position, length);
    return record !== undefined && recordIsWhole(record) ? record : undefined;
  }

  slice(position: number, length: number): Buffer | undefined {
    if (position + length > this.size) return undefined;
    const offset = position - this.windowStart;
    if (offset < 0 || offset + length > this.window.length) {
      this.window = Buffer.allocUnsafe(Math.min(Math.max(WINDOW, length), this.size - position));
      this.windowStart = position;
      this.file.read(this.window, position);
      return this.window.subarray(0, length);
    }
    return this.window.subarray(offset, offset + length);
  }
}

/**
 * Walks the log from `start` and calls `visit` for every record of a batch that was written to its end.
 * Returns where the last whole batch ends; what lies behind was never acknowledged.
 */
export function recover(
  file: LogFile,
  start: number,
  folder: string,
  visit: (record: Buffer, position: number) => void,
): number {
  const size = file.size();
  const scanner = new Scanner(file, size);
  let batchStart = start;
  let position = start;
  let batch: { record: Buffer; position: number }[] = [];
  while (position < size) {
    const record = scanner.recordAt(position);
    if (record === undefined) {
      refuseWhenLaterBatchesAreWhole(scanner, position, size, batchStart, folder);
      break;
    }
    if (recordKind(record) === KIND_BATCH_END) {
      for (const each of batch) visit(each.record, each.position);
      batch = [];
      batchStart = position + record.length;
    } else batch.push({ record, position });
    position += record.length;
  }
  return batchStart;
}

const BATCH_END_HEAD = bareRecord(KIND_BATCH_END, 0).subarray(8, 48);

/** One torn batch at the end is what a crash leaves; a bad record before whole batches is damage, never to be cut. */
function refuseWhenLaterBatchesAreWhole(
  scanner: Scanner,
  badPosition: number,
  size: number,
  batchStart: number,
  folder: string,
): void {
  for (let position = badPosition + 1; position + HEADER <= size; position += WINDOW - HEADER) {
    const bytes = scanner.slice(position, Math.min(WINDOW, size - position));
    if (bytes === undefined) return;
    for (let at = bytes.indexOf(BATCH_END_HEAD); at >= 0; at = bytes.indexOf(BATCH_END_HEAD, at + 1)) {
      const record = bytes.subarray(at - 8, at - 8 + HEADER);
      if (at < 8 || record.length < HEADER || !recordIsWhole(record)) continue;
      const start = recordBatchStart(record);
      if (start <= batchStart || start > position + at) continue;
      throw new DamagedLogError(
        `The event log in ${folder} is damaged at byte ${badPosition}, while events behind it are whole. ` +
          'Nothing was changed. Put back a copy of the folder, or export what an older copy holds.',
      );
    }
  }
}
