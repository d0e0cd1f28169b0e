import { closeSync, existsSync, openSync, readSync, fstatSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HEADER, KIND_BATCH_END, KIND_EMPTY_WRITE, recordKind } from '../codec/recorded-event.js';
import { type Damage, damageAt, wordsFor } from './damage.js';
import { segmentPaths } from './data-folder.js';
import { DamagedLogError } from './errors.js';
import type { LogFile } from './log-file.js';
import { LARGEST_RECORD, nextBatchEnd, Scanner } from './recovery.js';
import { openSegment, SEGMENT_HEADER, type Segment } from './segment.js';

export interface Verification {
  segments: number;
  bytes: number;
  /** Events that are whole. */
  events: number;
  /** The position behind the last whole batch. */
  end: number;
  /** Bytes behind the last whole batch: an append that was never acknowledged, or one that is being written now. */
  unfinished: number;
  /** A sentence for every damaged place: file, byte, position, stream, what to do. */
  damages: string[];
}

/**
 * Reads every byte of a data folder and checks it, changing nothing. Of a folder that is in use it sees what is on the
 * disk at that moment.
 * @throws DamagedLogError when the folder holds no log of this version.
 */
export function verifyFolder(folder: string): Verification {
  const paths = existsSync(folder) ? segmentPaths(folder) : [];
  if (paths.length === 0) throw new DamagedLogError(whyNothing(folder));
  const found: Verification = { segments: 0, bytes: 0, events: 0, end: 0, unfinished: 0, damages: [] };
  for (const [index, path] of paths.entries()) {
    try {
      const segment = openSegment(path, openToRead);
      if (index > 0 && segment.base !== found.end)
        found.damages.push(
          `${path} begins at position ${segment.base}, and what comes before it ends at ${found.end}. ` +
            'A segment is missing or was cut; put back a backup of the folder.',
        );
      verifySegment(segment, index === paths.length - 1, found);
      segment.file.close();
    } catch (error) {
      if (!(error instanceof DamagedLogError)) throw error;
      found.damages.push(error.message);
    }
  }
  return found;
}

function whyNothing(folder: string): string {
  return existsSync(join(folder, 'events.log'))
    ? `${folder} has format 1. Start the event store on it once, which verifies it and brings it to this version.`
    : `${folder} holds no event log.`;
}

function verifySegment(segment: Segment, isNewest: boolean, found: Verification): void {
  const scanner = new Scanner(segment.file);
  const damages: Damage[] = [];
  found.segments += 1;
  found.bytes += scanner.size;
  let batchEnd = SEGMENT_HEADER;
  let inBatch = 0;
  for (let offset = SEGMENT_HEADER; offset < scanner.size;) {
    const record = scanner.recordAt(offset);
    if (record === undefined) {
      if (isNewest && nextBatchEnd(scanner, segment, offset + 1) === undefined) break;
      damages.push(damageAt(segment, scanner, offset));
      offset = nextRecord(scanner, offset);
      continue;
    }
    offset += record.length;
    const kind = recordKind(record);
    if (kind === KIND_BATCH_END) {
      found.events += inBatch;
      inBatch = 0;
      batchEnd = offset;
    } else if (kind !== KIND_EMPTY_WRITE) inBatch += 1;
  }
  found.end = segment.isScavenged ? segment.end : segment.positionAt(batchEnd);
  if (isNewest) found.unfinished = scanner.size - batchEnd;
  else if (batchEnd !== scanner.size && damages.length === 0) damages.push(damageAt(segment, scanner, batchEnd));
  found.damages.push(...damages.map(wordsFor));
}

/** Where reading can go on behind a bad record: at its end when its length is right, else at the next whole record. */
function nextRecord(scanner: Scanner, bad: number): number {
  const stated = scanner.slice(bad, 4)?.readUInt32LE(0) ?? 0;
  if (stated >= HEADER && stated <= LARGEST_RECORD && scanner.recordAt(bad + stated) !== undefined) return bad + stated;
  for (let offset = bad + 1; offset + HEADER <= scanner.size; offset++) {
    const head = scanner.slice(offset, 12) as Buffer;
    const [kind, flags, zeros] = [head[8] as number, head[9] as number, head.readUInt16LE(10)];
    const mayBegin = kind >= 1 && kind <= 4 && flags <= 1 && zeros === 0;
    if (mayBegin && scanner.recordAt(offset) !== undefined) return offset;
  }
  return scanner.size;
}

/** A file that is only looked at. */
function openToRead(path: string): LogFile {
  const fd = openSync(path, 'r');
  const refuse = (): never => {
    throw new Error(`${basename(path)} is only read here.`);
  };
  return {
    size: () => fstatSync(fd).size,
    read: (target, position) => readFully(fd, target, position),
    checkWritable: refuse,
    write: refuse,
    sync: refuse,
    truncate: refuse,
    close: () => closeSync(fd),
  };
}

function readFully(fd: number, target: Buffer, position: number): number {
  let done = 0;
  while (done < target.length) {
    const read = readSync(fd, target, done, target.length - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}
