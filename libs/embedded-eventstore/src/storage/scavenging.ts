import { type FileHandle, open, rm } from 'node:fs/promises';
import { bareRecord, KIND_BATCH_END } from '../codec/recorded-event.js';
import { draftOf, indexPathOf, publishDraft } from './data-folder.js';
import { lowerBound } from './position-list.js';
import { scanSegment } from './recovery.js';
import { encodeHeader, SEGMENT_HEADER, type Segment } from './segment.js';
import { type IndexColumns, IndexBuilder } from './index-columns.js';
import { encodeIndex, writeIndexFileInTurns } from './index-writing.js';
import type { Segments } from './segments.js';
import { inTurns } from './steps.js';

/** How many records are looked at in one turn, about a millisecond. */
const SLICE = 500;
const PIECE = 1024 * 1024;

export interface Scavenge {
  /** The positions of the events that shall go, rising. */
  doomed: Float64Array;
  /** Asked between two slices of work. */
  isStopped(): boolean;
}

/**
 * Writes the sealed segments that hold doomed events again without them, the oldest first, and puts each in its place
 * as soon as it is on the disk: after a crash at any moment a segment is the old one or the new one.
 * A segment whose index could not be written yet, and what follows it, waits for the next scavenge.
 * Returns how many bytes were saved.
 */
export async function scavengeSegments(segments: Segments, scavenge: Scavenge): Promise<number> {
  let saved = 0;
  for (const segment of segments.list.slice(0, -1)) {
    if (scavenge.isStopped() || segment.index === undefined) break;
    const doomed = within(scavenge.doomed, segment);
    if (doomed.length === 0) continue;
    const before = segment.file.size();
    if (!(await rewritten(segment, doomed, scavenge))) break;
    publishDraft(draftOf(segment.path), segment.path);
    publishDraft(draftOf(indexPathOf(segment.path)), indexPathOf(segment.path));
    saved += before - segments.replace(segment).file.size();
  }
  return saved;
}

function within(positions: Float64Array, { base, end }: Segment): Float64Array {
  const list = { at: (index: number) => positions[index] as number };
  const from = lowerBound(list, 0, positions.length, base);
  return positions.subarray(from, lowerBound(list, from, positions.length, end));
}

/** Writes the drafts of a segment without the doomed events and of its index; false when it was stopped on the way. */
async function rewritten(segment: Segment, doomed: Float64Array, scavenge: Scavenge): Promise<boolean> {
  const drafts = [draftOf(segment.path), draftOf(indexPathOf(segment.path))] as const;
  const file = await open(drafts[0], 'w');
  try {
    const columns = await copyOthers(segment, doomed, file, scavenge);
    if (columns !== undefined) {
      await file.sync();
      const { size } = await file.stat();
      const of = { base: segment.base, size, generation: segment.generation + 1 };
      await writeIndexFileInTurns(drafts[1], await inTurns(encodeIndex(columns, of)));
    }
    await file.close();
    if (columns === undefined) await rm(drafts[0], { force: true });
    return columns !== undefined;
  } catch (error) {
    await file.close().catch(() => {});
    for (const draft of drafts) await rm(draft, { force: true });
    throw error;
  }
}

async function copyOthers(
  segment: Segment,
  doomed: Float64Array,
  file: FileHandle,
  scavenge: Scavenge,
): Promise<IndexColumns | undefined> {
  const { base, end, generation } = segment;
  const index = new IndexBuilder();
  let piece: Buffer[] = [encodeHeader({ base, end, generation: generation + 1 })];
  let offset = SEGMENT_HEADER;
  let unwritten = offset;
  const write = async (): Promise<void> => {
    await file.write(Buffer.concat(piece));
    piece = [];
    unwritten = 0;
  };
  let looked = 0;
  let next = 0;
  for (const { record, position } of scanSegment(segment)) {
    if (doomed[next] === position) next += 1;
    else if (!index.add(record, position, offset)) continue;
    else {
      piece.push(record);
      offset += record.length;
      unwritten += record.length;
      if (unwritten > PIECE) await write();
    }
    looked += 1;
    if (looked % SLICE !== 0) continue;
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (scavenge.isStopped()) return undefined;
  }
  piece.push(bareRecord(KIND_BATCH_END, end));
  await write();
  return inTurns(index.finish());
}
