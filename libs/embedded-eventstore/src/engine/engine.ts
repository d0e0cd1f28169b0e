import { ANY, type ExpectedRevision, NO_STREAM, STREAM_EXISTS } from '../codec/append-requests.js';
import {
  KIND_EVENT,
  KIND_TOMBSTONE,
  type NewRecord,
  recordCreatedMs,
  recordData,
  recordId,
  recordIsJson,
  recordKind,
  recordRevision,
  recordStream,
} from '../codec/recorded-event.js';
import type { Written } from '../codec/responses.js';
import { newUuid, UUID_BYTES } from '../codec/uuid.js';
import { DamagedLogError } from '../storage/errors.js';
import { EventLog, type LogListener, type Stored } from '../storage/event-log.js';
import type { LogFile } from '../storage/log-file.js';
import { FIRST_POSITION } from '../storage/segment.js';
import type { SegmentIndex } from '../storage/segment-index.js';
import { IdIndex, idHash } from './id-index.js';
import { METASTREAM_METADATA, NO_METADATA, parseMetadata, SOFT_DELETED, withTruncateBefore } from './metadata.js';
import { firstReadable, hasAged, META_PREFIX, StreamState } from './stream-state.js';

export interface NewEvent {
  id: Buffer;
  type: Buffer;
  isJson: boolean;
  metadata: Buffer;
  data: Buffer;
}

/** `until` is the position that must be durable before the answer may be given. */
export type AppendOutcome =
  | { kind: 'written'; written: Written; until: number }
  | { kind: 'wrong-version'; current: number }
  | { kind: 'deleted' };

type Decision =
  | { kind: 'write'; undelete: boolean }
  | { kind: 'repeated'; revision: number }
  | { kind: 'wrong-version'; current: number }
  | { kind: 'deleted' };

const METADATA_TYPE = Buffer.from('$metadata');
const TOMBSTONE_TYPE = Buffer.from('$streamDeleted');
const NOTHING = Buffer.alloc(0);

/** Decides what an append or a deletion does, and keeps what is known of every stream. */
export class Engine implements LogListener<StreamState> {
  readonly log: EventLog<StreamState>;
  readonly allFollowers = new Set<(records: Stored<StreamState>[]) => void>();
  readonly failed: Promise<Error>;
  private resolveFailed: (error: Error) => void = () => {};
  private readonly streams = new Map<string, StreamState>();
  private readonly ids = new IdIndex();
  private readonly metadataToRead = new Set<StreamState>();

  constructor(folder: string, open?: (path: string) => LogFile, segmentBytes?: number) {
    this.failed = new Promise((resolve) => (this.resolveFailed = resolve));
    this.log = new EventLog<StreamState>(folder, this, open, segmentBytes);
    this.readIndexedMetadata();
    if (this.log.nextPosition === FIRST_POSITION) this.seed();
  }

  /** A fresh EventStoreDB holds this one event. */
  private seed(): void {
    const data = Buffer.from('{"$maxAge":2592000,"$acl":{"$r":"$ops","$w":[],"$d":[],"$mr":[],"$mw":[]}}');
    this.write(this.stream('$$$scavenges'), metadataEvent(data));
  }

  find(name: string): StreamState | undefined {
    return this.streams.get(name);
  }

  allStreams(): Iterable<StreamState> {
    return this.streams.values();
  }

  stream(name: string): StreamState {
    let stream = this.streams.get(name);
    if (stream === undefined) {
      stream = new StreamState(name);
      this.streams.set(name, stream);
    }
    return stream;
  }

  /** A stream is only kept in mind once something is written to it. */
  private findOrNew(name: string): StreamState {
    return this.streams.get(name) ?? new StreamState(name);
  }

  /** Forgets a stream to which nothing was ever written, when nobody follows it any more. */
  forget(stream: StreamState): void {
    const isUsed = stream.last >= 0 || stream.tombstonePosition !== undefined || stream.followers !== undefined;
    if (!isUsed && stream.metadata === NO_METADATA && stream.visibleMetadata === NO_METADATA)
      this.streams.delete(stream.name);
  }

  append(name: string, expected: ExpectedRevision, events: NewEvent[]): AppendOutcome {
    this.refuseAfterFailure();
    const stream = this.findOrNew(name);
    const decision = this.decide(stream, expected, events);
    if (decision.kind === 'repeated') return this.repeated(stream, decision.revision);
    if (decision.kind !== 'write') return decision;
    const original = stream.isMetastream ? this.streams.get(name.slice(META_PREFIX.length)) : undefined;
    const undeleteOriginal = original?.metadata.softDeleted === true;
    let position = 0;
    if (events.length === 0) position = this.log.addEmptyWrite();
    for (const event of events) position = this.write(stream, event);
    const written = { revision: stream.last < 0 ? undefined : stream.last, position };
    if (decision.undelete) this.undelete(stream, stream.last + 1 - events.length);
    if (undeleteOriginal && original !== undefined) this.undelete(original, original.last + 1);
    return { kind: 'written', written, until: position };
  }

  private refuseAfterFailure(): void {
    if (this.log.failure !== undefined) throw this.log.failure;
  }

  /** The rules of 24.2.0 for an expected revision, idempotency included. */
  private decide(stream: StreamState, expected: ExpectedRevision, events: { id: Buffer }[]): Decision {
    if (this.isTombstoned(stream)) return { kind: 'deleted' };
    const { last } = stream;
    const softDeleted = stream.metadata.softDeleted;
    if (expected === STREAM_EXISTS) {
      if (softDeleted) return { kind: 'deleted' };
      if (last < 0 && (this.streams.get(META_PREFIX + stream.name)?.last ?? -1) < 0)
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
    const position = this.ids.find(idHash(id, stream.hash), (candidate) => this.isEventAt(candidate, stream, id));
    return position === undefined ? undefined : recordRevision(this.log.read(position));
  }

  private isEventAt(position: number, stream: StreamState, id: Buffer): boolean {
    const index = stream.positions.lowerBound(position);
    if (index >= stream.positions.length || stream.positions.at(index) !== position) return false;
    return recordId(this.log.read(position)).equals(id);
  }

  /** A repeated append answers the old position only while its event can still be read. */
  private repeated(stream: StreamState, revision: number): AppendOutcome {
    const position = stream.positions.at(revision);
    const { metadata } = stream;
    const readable =
      !metadata.softDeleted &&
      revision >= firstReadable(metadata, stream.last) &&
      !hasAged(metadata, recordCreatedMs(this.log.read(position)), Date.now());
    return { kind: 'written', written: { revision, position: readable ? position : undefined }, until: position };
  }

  isTombstoned(stream: StreamState): boolean {
    if (stream.tombstonePosition !== undefined) return true;
    return stream.isMetastream && this.streams.get(stream.name.slice(2))?.tombstonePosition !== undefined;
  }

  isTombstoneVisible(stream: StreamState): boolean {
    return (
      stream.tombstoneVisible || (stream.isMetastream && this.find(stream.name.slice(2))?.tombstoneVisible === true)
    );
  }

  delete(name: string, expected: ExpectedRevision, hard: boolean): AppendOutcome {
    this.refuseAfterFailure();
    const stream = this.findOrNew(name);
    const decision = this.decide(stream, expected, [{ id: newUuid() }]);
    if (decision.kind === 'deleted' || decision.kind === 'wrong-version') return decision;
    const metastream = this.findOrNew(META_PREFIX + name);
    if (!hard && stream.last < 0 && metastream.last < 0) return { kind: 'wrong-version', current: -1 };
    const position = hard ? this.writeTombstone(stream) : this.write(metastream, metadataEvent(SOFT_DELETED));
    return { kind: 'written', written: { revision: undefined, position }, until: position };
  }

  private undelete(stream: StreamState, firstRevision: number): void {
    const metastream = this.stream(META_PREFIX + stream.name);
    const current = metastream.last < 0 ? '' : recordData(this.log.read(metastream.positions.at(metastream.last)));
    const changed = withTruncateBefore(current.toString(), firstRevision);
    if (changed !== undefined) this.write(metastream, metadataEvent(Buffer.from(changed)));
  }

  private write(stream: StreamState, event: NewEvent): number {
    if (stream.last < 0) this.streams.set(stream.name, stream);
    const position = this.log.nextPosition;
    this.log.add(recordOf(stream, event, KIND_EVENT, stream.last + 1, position), stream);
    stream.positions.push(position);
    this.ids.add(idHash(event.id, stream.hash), position);
    if (stream.isMetastream) this.original(stream).metadata = metadataFrom(event.isJson, event.data);
    return position;
  }

  private writeTombstone(stream: StreamState): number {
    const position = this.log.nextPosition;
    const event = { id: newUuid(), type: TOMBSTONE_TYPE, isJson: false, metadata: NOTHING, data: NOTHING };
    this.log.add(recordOf(stream, event, KIND_TOMBSTONE, -1, position), stream);
    this.bury(stream, position);
    return position;
  }

  /** A tombstone closes the metastream too, which is kept in mind for that even when nothing was written to it. */
  private bury(stream: StreamState, position: number): void {
    stream.tombstonePosition = position;
    this.streams.set(stream.name, stream);
    if (!stream.isMetastream) this.stream(META_PREFIX + stream.name);
  }

  /** The stream whose metadata a metastream holds. A metastream's own metadata is fixed. */
  private original(metastream: StreamState): Pick<StreamState, 'metadata' | 'visibleMetadata'> {
    const original = this.stream(metastream.name.slice(META_PREFIX.length));
    return original.isMetastream ? { metadata: METASTREAM_METADATA, visibleMetadata: METASTREAM_METADATA } : original;
  }

  onIndexed({ positions, kinds, ids, streamOf, streams, firstRevisions }: SegmentIndex): void {
    const states = streams.map((name) => this.stream(name));
    for (const [number, state] of states.entries()) continueAt(state, firstRevisions[number] as number);
    for (let row = 0; row < positions.length; row++) {
      const state = states[streamOf[row] as number] as StreamState;
      const position = positions[row] as number;
      if (kinds[row] === KIND_TOMBSTONE) this.bury(state, position);
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

  onRecovered(record: Buffer, position: number): void {
    const stream = this.stream(recordStream(record).toString());
    if (recordKind(record) === KIND_TOMBSTONE) this.bury(stream, position);
    else {
      continueAt(stream, recordRevision(record));
      stream.positions.push(position);
      stream.visible = stream.positions.length - 1;
      this.ids.add(idHash(recordId(record), stream.hash), position);
      if (stream.isMetastream) this.original(stream).metadata = metadataFrom(recordIsJson(record), recordData(record));
    }
    this.makeVisible(stream, record);
  }

  /** Indexes do not hold what events say, so the last metadata event of each stream is read. */
  private readIndexedMetadata(): void {
    for (const metastream of this.metadataToRead) {
      if (metastream.last < metastream.positions.first) continue;
      const record = this.log.read(metastream.positions.at(metastream.last));
      const original = this.original(metastream);
      original.metadata = original.visibleMetadata = metadataFrom(recordIsJson(record), recordData(record));
    }
    this.metadataToRead.clear();
  }

  onCommitted(records: Stored<StreamState>[]): void {
    for (const { owner, record, position } of records) {
      this.makeVisible(owner, record);
      if (owner.followers !== undefined) for (const follow of owner.followers) follow(record, position);
    }
    for (const follow of this.allFollowers) follow(records);
  }

  private makeVisible(stream: StreamState, record: Buffer): void {
    if (recordKind(record) === KIND_TOMBSTONE) {
      stream.tombstoneVisible = true;
      return;
    }
    stream.visible += 1;
    if (!stream.isMetastream) return;
    const original = this.stream(stream.name.slice(META_PREFIX.length));
    if (!original.isMetastream) original.visibleMetadata = metadataFrom(recordIsJson(record), recordData(record));
  }

  onRolledBack(records: Stored<StreamState>[]): void {
    for (const { owner, record } of records) {
      if (recordKind(record) === KIND_TOMBSTONE) owner.tombstonePosition = undefined;
      else owner.positions.pop();
    }
    for (const { owner } of records)
      if (owner.isMetastream) {
        const original = this.stream(owner.name.slice(META_PREFIX.length));
        original.metadata = original.visibleMetadata;
      }
  }

  onFailed(error: Error): void {
    this.resolveFailed(error);
  }

  async close(): Promise<void> {
    await this.log.close();
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

function metadataFrom(isJson: boolean, data: Buffer): StreamState['metadata'] {
  return isJson ? parseMetadata(data.toString()) : NO_METADATA;
}

function metadataEvent(data: Buffer): NewEvent {
  return { id: newUuid(), type: METADATA_TYPE, isJson: true, metadata: NOTHING, data };
}

function recordOf(stream: StreamState, event: NewEvent, kind: number, revision: number, position: number): NewRecord {
  const { id, type, isJson, metadata, data } = event;
  return { kind, position, revision, stream: stream.bytes, type, id, isJson, createdMs: Date.now(), metadata, data };
}
