import {
  KIND_EMPTY_WRITE,
  KIND_TOMBSTONE,
  recordId,
  recordKind,
  recordRevision,
  recordStream,
} from '../codec/recorded-event.js';
import { idHash, nameHash, orderOf } from './hashes.js';

/** A stream's entry: u32 hash, u32 place of the name, u32 first of its positions, u32 their number, f64 first revision, f64 tombstone. */
export const ENTRY = 32;
/** An id's entry: u32 hash, u32 row of its event. */
export const ID_ENTRY = 8;

/** What has to be known of a segment's events without reading them, in the order in which it is looked up. */
export interface IndexColumns {
  events: number;
  streams: number;
  idHashes: Uint32Array;
  nameHashes: Uint32Array;
  /** The positions of all events, rising. */
  positions: Float64Array;
  /** Where they lie in the file; empty when that follows from the position. */
  offsets: Float64Array;
  /** The positions of each stream's events side by side, by revision. */
  byStream: Float64Array;
  /** By hash; of equal ones the lowest position comes first. */
  ids: Uint32Array;
  /** By hash. */
  entries: Buffer;
  /** Each with its length (u32) before it, in the order of the entries. */
  names: Buffer;
}

interface Stream {
  name: Buffer;
  hash: number;
  firstRevision: number;
  tombstone: number;
  rows: number[];
}

/** Collects an index while a segment is read or written from its start to its end. The same records always make the same bytes. */
export class IndexBuilder {
  private readonly positions: number[] = [];
  private readonly offsets: number[] = [];
  private readonly idHashes: number[] = [];
  private readonly idRows: number[] = [];
  private readonly streams = new Map<string, Stream>();

  /** Answers whether the record is an event; an append without events has nothing to find. */
  add(record: Buffer, position: number, offset?: number): boolean {
    const kind = recordKind(record);
    if (kind === KIND_EMPTY_WRITE) return false;
    const row = this.positions.push(position) - 1;
    if (offset !== undefined) this.offsets.push(offset);
    const stream = this.streamOf(record);
    if (kind === KIND_TOMBSTONE) {
      stream.tombstone = position;
      return true;
    }
    if (stream.rows.length === 0) stream.firstRevision = recordRevision(record);
    stream.rows.push(row);
    this.idHashes.push(idHash(recordId(record), stream.hash));
    this.idRows.push(row);
    return true;
  }

  private streamOf(record: Buffer): Stream {
    const bytes = recordStream(record);
    const key = bytes.toString();
    let stream = this.streams.get(key);
    if (stream === undefined) {
      stream = { name: Buffer.from(bytes), hash: nameHash(bytes), firstRevision: -1, tombstone: 0, rows: [] };
      this.streams.set(key, stream);
    }
    return stream;
  }

  finish(): IndexColumns {
    const idHashes = Uint32Array.from(this.idHashes);
    const ids = new Uint32Array(idHashes.length * 2);
    let at = 0;
    for (const index of orderOf(idHashes)) {
      ids[at++] = idHashes[index] as number;
      ids[at++] = this.idRows[index] as number;
    }
    return {
      events: this.positions.length,
      streams: this.streams.size,
      idHashes,
      positions: Float64Array.from(this.positions),
      offsets: Float64Array.from(this.offsets),
      ids,
      ...this.finishStreams(),
    };
  }

  private finishStreams(): Pick<IndexColumns, 'nameHashes' | 'byStream' | 'entries' | 'names'> {
    const streams = [...this.streams.values()];
    const nameHashes = Uint32Array.from(streams, ({ hash }) => hash);
    const byStream = new Float64Array(this.idRows.length);
    const entries = Buffer.alloc(streams.length * ENTRY);
    const names = Buffer.allocUnsafe(streams.reduce((sum, { name }) => sum + 4 + name.length, 0));
    let nameAt = 0;
    let start = 0;
    let at = 0;
    for (const index of orderOf(nameHashes)) {
      const { name, hash, firstRevision, tombstone, rows } = streams[index] as Stream;
      entries.writeUInt32LE(hash >>> 0, at);
      entries.writeUInt32LE(nameAt, at + 4);
      entries.writeUInt32LE(start, at + 8);
      entries.writeUInt32LE(rows.length, at + 12);
      entries.writeDoubleLE(firstRevision, at + 16);
      entries.writeDoubleLE(tombstone, at + 24);
      for (const row of rows) byStream[start++] = this.positions[row] as number;
      nameAt = names.writeUInt32LE(name.length, nameAt);
      nameAt += name.copy(names, nameAt);
      at += ENTRY;
    }
    return { nameHashes, byStream, entries, names };
  }
}
