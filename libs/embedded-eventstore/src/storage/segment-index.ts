import { closeSync, fsyncSync, openSync, readSync, fstatSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import {
  KIND_EMPTY_WRITE,
  KIND_TOMBSTONE,
  recordId,
  recordKind,
  recordRevision,
  recordStream,
} from '../codec/recorded-event.js';
import { UUID_BYTES } from '../codec/uuid.js';
import { draftOf, publishDraft } from './data-folder.js';

/** What has to be known of a segment's events without reading them: columns, one row per event. */
export interface SegmentIndex {
  positions: Float64Array;
  /** Where they lie in the file; empty when that follows from the position. */
  offsets: Float64Array;
  kinds: Uint8Array;
  /** 16 bytes each. */
  ids: Buffer;
  /** A number into the two lists below. */
  streamOf: Uint32Array;
  streams: string[];
  /** The revision of a stream's first event here, -1 when it has only a tombstone; the others follow one by one. */
  firstRevisions: Float64Array;
}

/** Collects an index while a segment is read or written from its start to its end. */
export class IndexBuilder {
  private readonly positions: number[] = [];
  private readonly offsets: number[] = [];
  private readonly kinds: number[] = [];
  private readonly ids: Buffer[] = [];
  private readonly streamOf: number[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly firstRevisions: number[] = [];

  /** Answers whether the record is an event; an append without events has nothing to find. */
  add(record: Buffer, position: number, offset?: number): boolean {
    const kind = recordKind(record);
    if (kind === KIND_EMPTY_WRITE) return false;
    this.positions.push(position);
    if (offset !== undefined) this.offsets.push(offset);
    this.kinds.push(kind);
    this.ids.push(Buffer.from(recordId(record)));
    const stream = recordStream(record).toString();
    let number = this.numbers.get(stream);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(stream, number);
      this.firstRevisions.push(-1);
    }
    if (kind !== KIND_TOMBSTONE && this.firstRevisions[number] === -1)
      this.firstRevisions[number] = recordRevision(record);
    this.streamOf.push(number);
    return true;
  }

  finish(): SegmentIndex {
    return {
      positions: Float64Array.from(this.positions),
      offsets: Float64Array.from(this.offsets),
      kinds: Uint8Array.from(this.kinds),
      ids: Buffer.concat(this.ids),
      streamOf: Uint32Array.from(this.streamOf),
      streams: [...this.numbers.keys()],
      firstRevisions: Float64Array.from(this.firstRevisions),
    };
  }
}

const MAGIC = 'CIVIC-LEDGER-INDEX-2\n';
const HEAD = 64;
const CRC_AT = 60;

/** What ties an index file to the segment it was made of. */
export interface IndexedFile {
  size: number;
  generation: number;
}

/** An index file can be made again from its segment at any time, so that a bad one is no damage. */
export function writeIndex(path: string, index: SegmentIndex, of: IndexedFile): void {
  const names = index.streams.map((name) => Buffer.from(name, 'utf8'));
  const lengths = Uint32Array.from(names, (name) => name.length);
  const columns = [index.positions, index.offsets, index.firstRevisions, index.streamOf, lengths, index.kinds];
  const body = Buffer.concat([...columns.map(bytesOf), index.ids, ...names]);
  const head = Buffer.alloc(HEAD);
  head.write(MAGIC, 'latin1');
  head.writeUInt32LE(index.positions.length, 24);
  head.writeUInt32LE(index.streams.length, 28);
  head.writeUInt32LE(index.offsets.length, 32);
  head.writeUInt32LE(of.generation, 36);
  head.writeDoubleLE(of.size, 40);
  head.writeUInt32LE(crc32(body, crc32(head.subarray(0, CRC_AT))), CRC_AT);
  const draft = draftOf(path);
  const fd = openSync(draft, 'w');
  try {
    writeSync(fd, head);
    writeSync(fd, body);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  publishDraft(draft, path);
}

const bytesOf = (column: NodeJS.ArrayBufferView): Buffer =>
  Buffer.from(column.buffer, column.byteOffset, column.byteLength);

/** Undefined when there is no file, or not one that is whole and was made of this segment. */
export function readIndex(path: string, of: IndexedFile): SegmentIndex | undefined {
  const file = readWhole(path);
  if (file === undefined || file.length < HEAD || file.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  if (file.readUInt32LE(36) !== of.generation || file.readDoubleLE(40) !== of.size) return undefined;
  if (file.readUInt32LE(CRC_AT) !== crc32(file.subarray(HEAD), crc32(file.subarray(0, CRC_AT)))) return undefined;
  const [events, streams, offsets] = [24, 28, 32].map((at) => file.readUInt32LE(at)) as [number, number, number];
  const { buffer } = file;
  let at = HEAD;
  const take = (bytes: number): number => (at += bytes) - bytes;
  const index = {
    positions: new Float64Array(buffer, take(8 * events), events),
    offsets: new Float64Array(buffer, take(8 * offsets), offsets),
    firstRevisions: new Float64Array(buffer, take(8 * streams), streams),
    streamOf: new Uint32Array(buffer, take(4 * events), events),
  };
  const lengths = new Uint32Array(buffer, take(4 * streams), streams);
  const kinds = new Uint8Array(buffer, take(events), events);
  const ids = file.subarray(at, take(UUID_BYTES * events) + UUID_BYTES * events);
  const names = Array.from(lengths, (length) => file.toString('utf8', at, take(length) + length));
  return { ...index, kinds, ids, streams: names };
}

/** In a buffer of its own, whose start is aligned. */
function readWhole(path: string): (Buffer & { buffer: ArrayBuffer }) | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const file = Buffer.from(new ArrayBuffer(fstatSync(fd).size));
    for (let at = 0; at < file.length;) {
      const read = readSync(fd, file, at, file.length - at, at);
      if (read === 0) return undefined;
      at += read;
    }
    return file;
  } finally {
    closeSync(fd);
  }
}
