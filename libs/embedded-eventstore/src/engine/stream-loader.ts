import { KIND_TOMBSTONE, recordId, recordKind, recordRevision, recordStream } from '../codec/recorded-event.js';
import { idHash } from '../storage/hashes.js';
import type { IdIndex } from './id-index.js';
import type { Streams } from './streams.js';

/** Learns what the newest segment holds when the log is opened. */
export class StreamLoader {
  /** Of closed streams: the position of the tombstone. */
  private readonly closed = new Map<string, number>();

  constructor(
    private readonly streams: Streams,
    private readonly ids: IdIndex,
  ) {}

  learnEvent(record: Buffer, position: number): void {
    const name = recordStream(record).toString();
    if (recordKind(record) === KIND_TOMBSTONE) {
      this.closed.set(name, position);
      return;
    }
    const stream = this.streams.recovered(name, recordRevision(record));
    stream.positions.push(position);
    stream.visible = stream.positions.length;
    this.ids.add(idHash(recordId(record), stream.hash), position);
  }

  /** A tombstone does not tell its stream's revision, so the stream is looked up when the log is open. */
  buryClosed(): void {
    for (const [name, position] of this.closed) {
      const stream = this.streams.findOrNew(name);
      this.streams.bury(stream, position);
      stream.tombstoneVisible = true;
    }
    this.closed.clear();
  }
}
