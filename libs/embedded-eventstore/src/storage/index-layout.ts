import { BLOCK_BYTES } from './block-cache.js';
import { ID_ENTRY } from './index-columns.js';

export const INDEX_HEADER = 128;
/** Of a crc32 of the rest of the header and of what is kept in memory. */
export const CRC_AT = INDEX_HEADER - 4;
const MAGIC = 'CIVIC-LEDGER-INDEX-4\n';

export const POSITIONS_PER_BLOCK = BLOCK_BYTES / 8;
export const IDS_PER_BLOCK = BLOCK_BYTES / ID_ENTRY;

/** What ties an index file to the segment it was made of. */
export interface IndexedFile {
  base: number;
  size: number;
  generation: number;
}

/** The first bytes of an index file. */
export interface IndexHeader extends IndexedFile {
  events: number;
  offsets: number;
  ids: number;
  /** Blocks with entries of streams, and slots in these and behind them. */
  streamBlocks: number;
  streamSlots: number;
  nameBytes: number;
  /** Words of the filters of ids and of streams. */
  idFilter: number;
  streamFilter: number;
  lastPosition: number;
}

const NOTHING: IndexHeader = {
  base: 0,
  size: 0,
  generation: 0,
  events: 0,
  offsets: 0,
  ids: 0,
  streamBlocks: 0,
  streamSlots: 0,
  nameBytes: 0,
  idFilter: 0,
  streamFilter: 0,
  lastPosition: 0,
};
/** In this order in the file. */
const FIELDS = Object.keys(NOTHING) as (keyof IndexHeader)[];
const FIELDS_AT = 24;

/** The magic line, from 24 on the fields as f64. The last four bytes are left for the checksum. */
export function encodeIndexHeader(header: IndexHeader): Buffer {
  const head = Buffer.alloc(INDEX_HEADER);
  head.write(MAGIC, 'latin1');
  for (const [index, field] of FIELDS.entries()) head.writeDoubleLE(header[field], FIELDS_AT + 8 * index);
  return head;
}

export function decodeIndexHeader(head: Buffer): IndexHeader | undefined {
  if (head.length < INDEX_HEADER || head.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  const header: IndexHeader = { ...NOTHING };
  for (const [index, field] of FIELDS.entries()) header[field] = head.readDoubleLE(FIELDS_AT + 8 * index);
  return header;
}

/**
 * Where what is in an index file. Behind the header comes what is kept in memory: the first keys of blocks, the filters
 * and the checksum of every block. The columns follow, each from a block's start on.
 */
export interface IndexLayout {
  positionFences: number;
  idFences: number;
  streamFences: number;
  /** The first block of each column. */
  offsets: number;
  ids: number;
  streams: number;
  names: number;
  blocks: number;
  /** Bytes between the header and the first block. */
  resident: number;
}

export function layoutOf(header: IndexHeader): IndexLayout {
  const blocksFor = (bytes: number): number => Math.ceil(bytes / BLOCK_BYTES);
  const offsets = blocksFor(header.events * 8);
  const ids = offsets + blocksFor(header.offsets * 8);
  const streams = ids + blocksFor(header.ids * ID_ENTRY);
  const names = streams + blocksFor(header.streamSlots * 8);
  const blocks = names + blocksFor(header.nameBytes);
  const fences = { positionFences: offsets, idFences: streams - ids, streamFences: header.streamBlocks };
  const words = fences.idFences + fences.streamFences + header.idFilter + header.streamFilter + blocks;
  const used = INDEX_HEADER + fences.positionFences * 8 + words * 4;
  const resident = blocksFor(used) * BLOCK_BYTES - INDEX_HEADER;
  return { ...fences, offsets, ids, streams, names, blocks, resident };
}
