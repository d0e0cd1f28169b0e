import {
  KIND_TOMBSTONE,
  recordData,
  recordId,
  recordIsJson,
  recordKind,
  recordRevision,
  recordStream,
} from '../codec/recorded-event.js';
import { UUID_BYTES } from '../codec/uuid.js';
import { DamagedLogError } from '../storage/errors.js';
import type { SegmentIndex } from '../storage/segment-index.js';
import { type IdIndex, idHash } from './id-index.js';
import { metadataOf } from './metadata.js';
import type { StreamState } from './stream-state.js';
import type { Streams } from './streams.js';

/** Learns what the log holds when it is opened. */
export class StreamLoader {
  private readonly metadataToRead = new Set<StreamState>();

  constructor(
    private readonly streams: Streams,
    private readonly ids: IdIndex,
  ) {}

  learnSegment({ positions, kinds, ids, streamOf, streams, firstRevisions }: SegmentIndex): void {
    const states = streams.map((name) => this.streams.take(name));
    for (const [number, state] of states.entries()) continueAt(state, firstRevisions[number] as number);
    for (let row = 0; row < positions.length; row++) {
      const state = states[streamOf[row] as number] as StreamState;
      const position = positions[row] as number;
      if (kinds[row] === KIND_TOMBSTONE) this.streams.bury(state, position);
      else {
        state.positions.push(position);
        this.ids.add(idHash(ids, state.hash, row * UUID_BYTES), position);
      }
    }
    for (const state of states) {
      state.visible = state.positions.length;
      state.tombstoneVisible = state.tombstonePosition !== undefined;
      if (state.isMetastream) this.metadataToRead.add(state);
    }
  }

  /** Answers the stream, whose event is not visible yet. */
  learnEvent(record: Buffer, position: number): StreamState {
    const stream = this.streams.take(recordStream(record).toString());
    if (recordKind(record) === KIND_TOMBSTONE) {
      this.streams.bury(stream, position);
      return stream;
    }
    continueAt(stream, recordRevision(record));
    stream.positions.push(position);
    stream.visible = stream.positions.length - 1;
    this.ids.add(idHash(recordId(record), stream.hash), position);
    if (stream.isMetastream)
      this.streams.originalOf(stream).metadata = metadataOf(recordIsJson(record), recordData(record));
    return stream;
  }

  /** Indexes do not hold what events say, so the last metadata event of each stream is read. */
  readIndexedMetadata(read: (position: number) => Buffer): void {
    for (const metastream of this.metadataToRead) {
      if (metastream.last < metastream.positions.first) continue;
      const record = read(metastream.positions.at(metastream.last));
      const original = this.streams.originalOf(metastream);
      original.metadata = original.visibleMetadata = metadataOf(recordIsJson(record), recordData(record));
    }
    this.metadataToRead.clear();
  }
}

/** A stream's events follow one another; only the lowest may be gone, by scavenging. */
function continueAt({ name, positions }: StreamState, revision: number): void {
  if (revision < 0 || revision === positions.length) return;
  if (positions.length > 0)
    throw new DamagedLogError(
      `Events ${positions.length} to ${revision - 1} of stream ${name} are missing. Put back a backup of the folder.`,
    );
  positions.beginAt(revision);
}
