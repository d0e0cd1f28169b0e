import { HEADER } from '../codec/recorded-event.js';
import { SEGMENT_HEADER, type Segment } from './segment.js';

/** A place of the log that cannot be read as what was written there. */
export interface Damage {
  file: string;
  /** Where in the file, in bytes. */
  offset: number;
  /** The position of the event in `$all`; undefined where only the file knew it. */
  position: number | undefined;
  /** The stream, as far as the damage leaves its name readable. */
  stream: string | undefined;
}

export function damageAt(
  segment: Segment,
  bytes: { slice(offset: number, length: number): Buffer | undefined },
  offset: number,
): Damage {
  const head = bytes.slice(offset, HEADER);
  const [start, length] = head === undefined ? [0, 0] : [head.readUInt32LE(12), head.readUInt32LE(16)];
  const isPlausible = start >= HEADER && start < HEADER + 256 && length > 0 && length < 4096;
  const name = isPlausible ? bytes.slice(offset + start, length)?.toString() : undefined;
  return {
    file: segment.path,
    offset,
    position: positionOf(segment, offset),
    stream: name !== undefined && /^[^\p{Cc}\uFFFD]+$/u.test(name) ? name : undefined,
  };
}

function positionOf(segment: Segment, offset: number): number | undefined {
  if (!segment.isScavenged) return segment.positionAt(offset);
  const offsets = segment.index?.offsets;
  if (offsets === undefined) return undefined;
  const row = offsets.lowerBound(offset);
  return row < offsets.length && offsets.at(row) === offset ? segment.positions.at(row) : undefined;
}

/** Says what is damaged and what to do. */
export function wordsFor({ file, offset, position, stream }: Damage): string {
  const what = [
    ...(position === undefined ? [] : [`position ${position}`]),
    ...(stream === undefined ? [] : [`stream ${stream}`]),
  ].join(', ');
  const where = offset < SEGMENT_HEADER ? 'its header' : `byte ${offset}`;
  return `${file} is damaged at ${where}${what === '' ? '' : ` (${what})`}. Put back a backup of the folder.`;
}
