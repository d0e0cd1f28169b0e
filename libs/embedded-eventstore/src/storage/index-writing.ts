import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { BLOCK_BYTES } from './block-cache.js';
import type { IndexColumns } from './index-columns.js';
import {
  CRC_AT,
  encodeIndexHeader,
  IDS_PER_BLOCK,
  type IndexedFile,
  type IndexHeader,
  layoutOf,
  POSITIONS_PER_BLOCK,
} from './index-layout.js';
import { KeyFilter } from './key-filter.js';
import type { Steps } from './steps.js';

/** What is checked, written and synced in one go. A sync of more would hold up that of the log. */
const PIECE = 64 * BLOCK_BYTES;

/** The bytes of an index file, in pieces that follow one another. */
export function* encodeIndex(columns: IndexColumns, of: IndexedFile): Steps<Buffer[]> {
  const { positions, offsets, ids, streams, names } = columns;
  const idFilter = (yield* KeyFilter.of(columns.idHashes)).words;
  const streamFilter = (yield* KeyFilter.of(columns.nameHashes)).words;
  const header: IndexHeader = {
    ...of,
    events: columns.events,
    offsets: offsets.length,
    ids: columns.idHashes.length,
    streamBlocks: columns.streamBlocks,
    streamSlots: streams.length,
    nameBytes: names.length,
    idFilter: idFilter.length,
    streamFilter: streamFilter.length,
    lastPosition: positions.at(-1) ?? 0,
  };
  const body = [positions, offsets, ids, streams, names].flatMap(piecesOf);
  const checksums: number[] = [];
  for (const piece of body) {
    for (let at = 0; at < piece.length; at += BLOCK_BYTES) checksums.push(crc32(piece.subarray(at, at + BLOCK_BYTES)));
    yield;
  }
  const resident = Buffer.alloc(layoutOf(header).resident);
  const fences = [
    Float64Array.from(everyNth(positions, POSITIONS_PER_BLOCK)),
    Uint32Array.from(everyNth(ids, IDS_PER_BLOCK * 2)),
    Uint32Array.from({ length: columns.streamBlocks }, (_, block) => firstDigestOf(streams, block)),
  ];
  Buffer.concat([...fences, idFilter, streamFilter, Uint32Array.from(checksums)].map(bytesOf)).copy(resident);
  const head = encodeIndexHeader(header);
  head.writeUInt32LE(crc32(resident, crc32(head.subarray(0, CRC_AT))), CRC_AT);
  return [head, resident, ...body];
}

const bytesOf = (column: NodeJS.ArrayBufferView): Buffer =>
  Buffer.from(column.buffer, column.byteOffset, column.byteLength);

/** A column, filled up to whole blocks. */
function piecesOf(column: NodeJS.ArrayBufferView): Buffer[] {
  const bytes = bytesOf(column);
  const whole = bytes.length - (bytes.length % BLOCK_BYTES);
  const pieces: Buffer[] = [];
  for (let at = 0; at < whole; at += PIECE) pieces.push(bytes.subarray(at, Math.min(whole, at + PIECE)));
  if (whole < bytes.length) pieces.push(Buffer.concat([bytes.subarray(whole)], BLOCK_BYTES));
  return pieces;
}

const everyNth = (column: Float64Array | Uint32Array, n: number): number[] =>
  Array.from({ length: Math.ceil(column.length / n) }, (_, at) => column[at * n] as number);

const firstDigestOf = (streams: Float64Array, block: number): number =>
  Buffer.from(streams.buffer).readUInt32LE(block * BLOCK_BYTES);

/** Writes the pieces of an index file and waits until they are on the disk. */
export function writeIndexFile(path: string, pieces: readonly Buffer[]): void {
  const fd = openSync(path, 'w');
  try {
    for (const piece of pieces) for (let written = 0; written < piece.length;) written += writeSync(fd, piece, written);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** The same while others have their turn. */
export async function writeIndexFileInTurns(path: string, pieces: readonly Buffer[]): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const piece of pieces) {
      await file.writeFile(piece);
      await file.datasync();
    }
  } finally {
    await file.close();
  }
}
