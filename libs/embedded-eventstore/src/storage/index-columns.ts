import {
  KIND_EMPTY_WRITE,
  KIND_TOMBSTONE,
  recordId,
  recordKind,
  recordRevision,
  recordStream,
} from '../codec/recorded-event.js';
import { idHash, orderOf } from './hashes.js';
import { byRows, type Steps } from './steps.js';
import { type StreamColumns, StreamTally } from './stream-columns.js';

/** An id's entry: u32 hash, u32 row of its event. */
export const ID_ENTRY = 8;

/** What has to be known of a segment's events without reading them, in the order in which it is looked up. */
export interface IndexColumns extends StreamColumns {
  events: number;
  idHashes: Uint32Array;
  /** The positions of all events, rising. */
  positions: Float64Array;
  /** Where they lie in the file; empty when that follows from the position. */
  offsets: Float64Array;
  /** By hash; of equal ones the lowest position comes first. */
  ids: Uint32Array;
}

/** Collects an index while a segment is read or written from its start to its end. The same records always make the same bytes. */
export class IndexBuilder {
  private readonly positions: number[] = [];
  private readonly offsets: number[] = [];
  private readonly idHashes: number[] = [];
  private readonly idRows: number[] = [];
  private readonly streams = new StreamTally();

  /** Answers whether the record is an event; an append without events has nothing to find. */
  add(record: Buffer, position: number, offset?: number): boolean {
    const kind = recordKind(record);
    if (kind === KIND_EMPTY_WRITE) return false;
    const row = this.positions.push(position) - 1;
    if (offset !== undefined) this.offsets.push(offset);
    const stream = this.streams.numberOf(recordStream(record));
    if (kind === KIND_TOMBSTONE) {
      this.streams.addTombstone(stream, position);
      return true;
    }
    this.streams.addEvent(stream, recordRevision(record), position);
    this.idHashes.push(idHash(recordId(record), this.streams.hashOf(stream)));
    this.idRows.push(row);
    return true;
  }

  *finish(): Steps<IndexColumns> {
    const streams = yield* this.streams.finish();
    const idHashes = new Uint32Array(this.idHashes);
    yield;
    const ids = new Uint32Array(idHashes.length * 2);
    const order = yield* orderOf(idHashes);
    yield* byRows(order.length, (from, to) => {
      for (let at = from; at < to; at++) {
        const index = order[at] as number;
        ids[at * 2] = idHashes[index] as number;
        ids[at * 2 + 1] = this.idRows[index] as number;
      }
    });
    const positions = new Float64Array(this.positions);
    yield;
    const offsets = new Float64Array(this.offsets);
    return { ...streams, events: positions.length, idHashes, positions, offsets, ids };
  }
}
