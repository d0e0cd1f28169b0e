import { ANY, type ExpectedRevision, NO_STREAM, STREAM_EXISTS } from '../codec/append-requests.js';
import { recordId, recordRevision, recordStream } from '../codec/recorded-event.js';
import { idHash } from '../storage/hashes.js';
import type { IdIndex } from './id-index.js';
import { META_PREFIX, type StreamState } from './stream-state.js';
import type { StreamLog, Streams } from './streams.js';

export type Refusal = { kind: 'wrong-version'; current: number } | { kind: 'deleted' };
export type Decision = { kind: 'write'; undelete: boolean } | { kind: 'repeated'; revision: number } | Refusal;

/** The rules of 24.2.0 for an expected revision, idempotency included. */
export class Decisions {
  constructor(
    private readonly streams: Streams,
    private readonly ids: IdIndex,
    private readonly log: StreamLog,
  ) {}

  decide(stream: StreamState, expected: ExpectedRevision, events: { id: Buffer }[]): Decision {
    if (this.streams.isTombstoned(stream)) return { kind: 'deleted' };
    const { last } = stream;
    const softDeleted = stream.metadata.softDeleted;
    if (expected === STREAM_EXISTS) {
      if (softDeleted) return { kind: 'deleted' };
      if (last < 0 && (this.streams.find(META_PREFIX + stream.name)?.last ?? -1) < 0)
        return { kind: 'wrong-version', current: last };
    }
    if (expected === ANY || expected === STREAM_EXISTS) return this.decideByIds(stream, events);
    if (expected === last) return { kind: 'write', undelete: softDeleted };
    if (expected > last || events.length === 0) return { kind: 'wrong-version', current: last };
    return this.decideByRevision(stream, Number(expected), events);
  }

  private decideByIds(stream: StreamState, events: { id: Buffer }[]): Decision {
    let revision = -1;
    for (const [index, event] of events.entries()) {
      const known = this.revisionOf(stream, event.id);
      if (known === undefined) {
        if (index > 0) return { kind: 'wrong-version', current: stream.last };
        break;
      }
      revision = known;
    }
    if (revision < 0) return { kind: 'write', undelete: stream.metadata.softDeleted };
    return { kind: 'repeated', revision };
  }

  private decideByRevision(stream: StreamState, expected: number, events: { id: Buffer }[]): Decision {
    for (const [index, event] of events.entries()) {
      const revision = expected + 1 + index;
      if (this.isWritten(stream, revision, event.id)) continue;
      if (index === 0 && expected === NO_STREAM && stream.metadata.softDeleted)
        return { kind: 'write', undelete: true };
      return { kind: 'wrong-version', current: stream.last };
    }
    return { kind: 'repeated', revision: expected + events.length };
  }

  private isWritten({ positions }: StreamState, revision: number, id: Buffer): boolean {
    if (revision < positions.first || revision >= positions.length) return false;
    return recordId(this.log.read(positions.at(revision))).equals(id);
  }

  private revisionOf(stream: StreamState, id: Buffer): number | undefined {
    if (stream.last < 0) return undefined;
    const hash = idHash(id, stream.hash);
    const position =
      this.log.indexes.findId(hash, (candidate) => this.isEventOf(candidate, stream, id)) ??
      this.ids.find(hash, (candidate) => this.isRecentEvent(candidate, stream, id));
    return position === undefined ? undefined : recordRevision(this.log.read(position));
  }

  private isEventOf(position: number, stream: StreamState, id: Buffer): boolean {
    const record = this.log.read(position);
    return recordId(record).equals(id) && recordStream(record).equals(stream.bytes);
  }

  /** What was rolled back is still among the recent ids. */
  private isRecentEvent(position: number, { positions }: StreamState, id: Buffer): boolean {
    const revision = positions.lowerBound(position);
    if (revision >= positions.length || positions.at(revision) !== position) return false;
    return recordId(this.log.read(position)).equals(id);
  }
}
