import { HEADER, recordIsWhole } from '../codec/recorded-event.js';
import { damageAt, wordsFor } from './damage.js';
import { DamagedLogError } from './errors.js';
import { LARGEST_RECORD } from './recovery.js';
import type { Segment } from './segment.js';
import type { Segments } from './segments.js';

const PAGE = 256 * 1024;
/** Records of one stream that lie closer than this are read in one go. */
const SMALL_GAP = 16 * 1024;
/** What is read behind the start of a page's last record; most are shorter. */
const LAST_RECORD = 4 * 1024;

interface Positions {
  at(index: number): number;
}

/** Reads durable records. The checksum of every one is verified, so that damage is never taken for data. */
export class PageReader {
  constructor(private readonly segments: Segments) {}

  one(position: number): Buffer {
    return this.page({ at: () => position }, 0, 1)[0] as Buffer;
  }

  /** Reads events `from` up to, not including, `to` of a list of positions, but no more than a page of neighbours. */
  page(list: Positions, from: number, to: number): Buffer[] {
    const segment = this.segments.at(list.at(from));
    const start = this.offsetOf(segment, list.at(from));
    const offsets = [start];
    for (let next = from + 1, before = start; next < to; next++) {
      const position = list.at(next);
      if (position >= segment.end) break;
      const offset = this.offsetOf(segment, position);
      if (offset - start >= PAGE || offset - before >= SMALL_GAP) break;
      offsets.push(offset);
      before = offset;
    }
    const bytes = read(segment, start, (offsets.at(-1) as number) + LAST_RECORD - start);
    return offsets.map((offset) => recordIn(segment, bytes, start, offset));
  }

  /** The lowest index from which `page` reads up to `last` in one go. */
  pageStart(list: Positions, last: number, lowest: number): number {
    const segment = this.segments.at(list.at(last));
    const end = this.offsetOf(segment, list.at(last));
    let first = last;
    for (let before = end; first > lowest; first--) {
      const position = list.at(first - 1);
      if (position < segment.base) break;
      const offset = this.offsetOf(segment, position);
      if (end - offset >= PAGE || before - offset >= SMALL_GAP) break;
      before = offset;
    }
    return first;
  }

  private offsetOf(segment: Segment, position: number): number {
    const offset = segment.offsetOf(position);
    if (offset >= 0) return offset;
    throw new DamagedLogError(`No event lies at position ${position}; it was scavenged.`);
  }
}

function read(segment: Segment, offset: number, length: number): Buffer {
  const target = Buffer.allocUnsafe(length);
  return target.subarray(0, segment.file.read(target, offset));
}

function recordIn(segment: Segment, bytes: Buffer, start: number, offset: number): Buffer {
  const at = offset - start;
  const stated = at + 4 <= bytes.length ? bytes.readUInt32LE(at) : 0;
  const length = stated > LARGEST_RECORD ? 0 : stated;
  const record = at + length <= bytes.length ? bytes.subarray(at, at + length) : read(segment, offset, length);
  if (record.length >= HEADER && record.length === length && recordIsWhole(record)) return record;
  const around = { slice: (from: number, size: number) => read(segment, from, size) };
  throw new DamagedLogError(wordsFor(damageAt(segment, around, offset)));
}
