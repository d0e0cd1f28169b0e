import { crc32 } from 'node:zlib';
import { DamagedLogError } from './errors.js';
import type { LogFile } from './log-file.js';
import { PositionList, type Positions } from './position-list.js';
import type { SealedIndex } from './sealed-index.js';

/** The version of the data folder. A folder of version 1 is one file, which becomes the first segment as it is. */
export const FORMAT = 2;
export const FIRST_POSITION = 64;
export const SEGMENT_HEADER = 64;
const MAGIC = 'CIVIC-LEDGER-EVENT-LOG-';
const CRC_AT = 60;

/**
 * The first 64 bytes of a segment: `CIVIC-LEDGER-EVENT-LOG-2\n`, at 32 the position where it begins (f64), at 40 the one
 * where it ends (f64, 0 while it grows and where it is told by the size), at 48 how often it was scavenged (u32), at
 * 60 a crc32 of the rest.
 */
export interface SegmentHeader {
  base: number;
  end: number;
  generation: number;
}

export function encodeHeader({ base, end, generation }: SegmentHeader): Buffer {
  const head = Buffer.alloc(SEGMENT_HEADER);
  head.write(`${MAGIC}${FORMAT}\n`, 'latin1');
  head.writeDoubleLE(base, 32);
  head.writeDoubleLE(end, 40);
  head.writeUInt32LE(generation, 48);
  head.writeUInt32LE(crc32(head.subarray(0, CRC_AT)), CRC_AT);
  return head;
}

/** The version that the first bytes of a file name; undefined when it is no event log. */
export function formatOf(head: Buffer): number | undefined {
  const match = new RegExp(`^${MAGIC}(\\d+)\n`).exec(head.toString('latin1'));
  return match === null ? undefined : Number(match[1]);
}

export function decodeHeader(head: Buffer, path: string): SegmentHeader {
  const format = formatOf(head);
  if (format === undefined)
    throw new DamagedLogError(`${path} is no event log of this version. Choose another dataDir.`);
  if (format > FORMAT)
    throw new DamagedLogError(
      `${path} has format ${format}, and this program knows formats up to ${FORMAT}. Start a newer version of it.`,
    );
  if (head.readUInt32LE(CRC_AT) !== crc32(head.subarray(0, CRC_AT)))
    throw new DamagedLogError(
      `The first ${SEGMENT_HEADER} bytes of ${path} are damaged. Put back a backup of the folder.`,
    );
  return { base: head.readDoubleLE(32), end: head.readDoubleLE(40), generation: head.readUInt32LE(48) };
}

/** A part of the log in a file of its own. Only the newest one grows. */
export class Segment {
  /** What is known of its events, once it is sealed and its index is written. */
  index: SealedIndex | undefined;
  /** The positions of its durable events. */
  positions: Positions = new PositionList();
  readonly base: number;
  readonly generation: number;
  /** The first position behind it. */
  end: number;

  constructor(
    readonly path: string,
    readonly file: LogFile,
    header: SegmentHeader,
  ) {
    this.base = header.base;
    this.generation = header.generation;
    this.end = header.end > 0 ? header.end : header.base + file.size() - SEGMENT_HEADER;
  }

  /** Its events are looked up in its index from now on, and their positions are no longer kept in memory. */
  sealedAs(index: SealedIndex): void {
    this.index = index;
    this.positions = index.positions;
  }

  get isScavenged(): boolean {
    return this.generation > 0;
  }

  /** Where an event lies in the file; -1 when it is not there any more. */
  offsetOf(position: number): number {
    if (!this.isScavenged) return position - this.base + SEGMENT_HEADER;
    const { positions } = this;
    const row = positions.lowerBound(position);
    return row < positions.length && positions.at(row) === position ? (this.index?.offsets?.at(row) ?? -1) : -1;
  }

  /** The position of what lies at an offset of a segment that was never scavenged. */
  positionAt(offset: number): number {
    return offset - SEGMENT_HEADER + this.base;
  }
}

export function openSegment(path: string, open: (path: string) => LogFile): Segment {
  const file = open(path);
  try {
    const head = Buffer.alloc(SEGMENT_HEADER);
    file.read(head, 0);
    return new Segment(path, file, decodeHeader(head, path));
  } catch (error) {
    file.close();
    throw error;
  }
}
