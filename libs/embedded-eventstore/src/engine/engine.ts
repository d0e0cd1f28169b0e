import type { ExpectedRevision } from '../codec/append-requests.js';
import {
  KIND_EVENT,
  KIND_TOMBSTONE,
  type NewRecord,
  recordCreatedMs,
  recordData,
  recordIsJson,
  recordKind,
} from '../codec/recorded-event.js';
import type { Written } from '../codec/responses.js';
import { newUuid } from '../codec/uuid.js';
import type { Acknowledge, Stored } from '../storage/batch.js';
import { EventLog, type LogListener } from '../storage/event-log.js';
import type { LogFile } from '../storage/log-file.js';
import { FIRST_POSITION } from '../storage/segment.js';
import { idHash } from '../storage/hashes.js';
import type { SealedIndex } from '../storage/sealed-index.js';
import type { Steps } from '../storage/steps.js';
import { SETTINGS_STREAM } from './acl.js';
import { CommitTimeouts } from './commit-timeouts.js';
import { Decisions, type Refusal } from './decisions.js';
import { IdIndex } from './id-index.js';
import { metadataOf, SOFT_DELETED, withTruncateBefore } from './metadata.js';
import { StreamLoader } from './stream-loader.js';
import { firstReadable, hasAged, META_PREFIX, type StreamState } from './stream-state.js';
import { Streams } from './streams.js';

export interface NewEvent {
  id: Buffer;
  type: Buffer;
  isJson: boolean;
  metadata: Buffer;
  data: Buffer;
}

/**
 * `until` is the position that must be durable before the answer may be given. A refusal waits too: it tells of events
 * that a crash may take back.
 */
export type AppendOutcome = { until: number } & (
  { kind: 'written'; written: Written } | { kind: 'wrong-version'; current: number } | { kind: 'deleted' }
);

const METADATA_TYPE = Buffer.from('$metadata');
const TOMBSTONE_TYPE = Buffer.from('$streamDeleted');
const NOTHING = Buffer.alloc(0);

/**
 * A segment's size, how much of the sealed ones is kept in memory, and how long others wait while one is sealed, and a
 * client for the disk.
 */
export interface EngineBounds {
  segmentBytes?: number;
  /** Bytes of index blocks. */
  cacheBytes?: number;
  /** Streams that were looked up, as `CACHED_RANGES` counts them. */
  cachedRanges?: number;
  /** Milliseconds of work on an index between two turns of others. */
  turnMs?: number;
  /** Milliseconds after which an append is answered with a time-out; when it is not given, the disk is waited for. */
  commitTimeoutMs?: number;
}

/** How many streams of a new index are looked at in one step. */
const STREAMS = 20;

/** Carries out appends and deletions, and keeps what is known of every stream in step with the log. */
export class Engine implements LogListener<StreamState> {
  readonly log: EventLog<StreamState>;
  readonly allFollowers = new Set<(records: Stored<StreamState>[]) => void>();
  readonly failed: Promise<Error>;
  readonly streams: Streams;
  /** Rises with every durable event that may change who may read what. */
  accessVersion = 0;
  private resolveFailed: (error: Error) => void = () => {};
  private readonly ids = new IdIndex();
  private readonly loader: StreamLoader;
  private readonly decisions: Decisions;
  private readonly timeouts: CommitTimeouts | undefined;

  constructor(folder: string, open?: (path: string) => LogFile, bounds: EngineBounds = {}) {
    this.failed = new Promise((resolve) => (this.resolveFailed = resolve));
    this.streams = new Streams(() => this.log, bounds.cachedRanges);
    this.loader = new StreamLoader(this.streams, this.ids);
    this.log = new EventLog<StreamState>(folder, this, open, bounds.segmentBytes, bounds.cacheBytes, bounds.turnMs);
    this.decisions = new Decisions(this.streams, this.ids, this.log);
    if (bounds.commitTimeoutMs !== undefined) this.timeouts = new CommitTimeouts(bounds.commitTimeoutMs);
    this.loader.buryClosed();
    if (this.log.nextPosition === FIRST_POSITION) this.seed();
  }

  /** A fresh EventStoreDB holds this one event. */
  private seed(): void {
    const data = Buffer.from('{"$maxAge":2592000,"$acl":{"$r":"$ops","$w":[],"$d":[],"$mr":[],"$mw":[]}}');
    this.write(this.streams.findOrNew('$$$scavenges'), metadataEvent(data));
  }

  append(name: string, expected: ExpectedRevision, events: NewEvent[]): AppendOutcome {
    this.refuseAfterFailure();
    const stream = this.streams.findOrNew(name);
    const decision = this.decisions.decide(stream, expected, events);
    if (decision.kind === 'repeated') return this.repeated(stream, decision.revision);
    if (decision.kind !== 'write') return this.refused(decision);
    const original = stream.isMetastream ? this.streams.find(name.slice(META_PREFIX.length)) : undefined;
    const undeleteOriginal = original?.metadata.softDeleted === true;
    let position = 0;
    if (events.length === 0) position = this.log.addEmptyWrite();
    for (const event of events) position = this.write(stream, event);
    const written = { revision: stream.last < 0 ? undefined : stream.last, position };
    if (decision.undelete) this.undelete(stream, stream.last + 1 - events.length);
    if (undeleteOriginal && original !== undefined) this.undelete(original, original.last + 1);
    return { kind: 'written', written, until: position };
  }

  /** Calls back when what a client has asked for is durable, cannot be, or takes longer than clients are to wait. */
  answerWhenDurable(until: number, answer: Acknowledge): void {
    this.log.whenDurable(until, this.timeouts?.inTime(answer) ?? answer);
  }

  private refuseAfterFailure(): void {
    if (this.log.failure !== undefined) throw this.log.failure;
  }

  private refused(decision: Refusal): AppendOutcome {
    return { ...decision, until: this.log.nextPosition - 1 };
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

  delete(name: string, expected: ExpectedRevision, hard: boolean): AppendOutcome {
    this.refuseAfterFailure();
    const stream = this.streams.findOrNew(name);
    const decision = this.decisions.decide(stream, expected, [{ id: newUuid() }]);
    if (decision.kind === 'deleted' || decision.kind === 'wrong-version') return this.refused(decision);
    const metastream = this.streams.findOrNew(META_PREFIX + name);
    if (!hard && stream.last < 0 && metastream.last < 0) return this.refused({ kind: 'wrong-version', current: -1 });
    const position = hard ? this.writeTombstone(stream) : this.write(metastream, metadataEvent(SOFT_DELETED));
    return { kind: 'written', written: { revision: undefined, position }, until: position };
  }

  private undelete(stream: StreamState, firstRevision: number): void {
    const metastream = this.streams.findOrNew(META_PREFIX + stream.name);
    const current = metastream.last < 0 ? '' : recordData(this.log.read(metastream.positions.at(metastream.last)));
    const changed = withTruncateBefore(current.toString(), firstRevision);
    if (changed !== undefined) this.write(metastream, metadataEvent(Buffer.from(changed)));
  }

  private write(stream: StreamState, event: NewEvent): number {
    if (!stream.positions.hasRecent) this.streams.hold(stream);
    const position = this.log.nextPosition;
    this.log.add(recordOf(stream, event, KIND_EVENT, stream.last + 1, position), stream);
    stream.positions.push(position);
    this.ids.add(idHash(event.id, stream.hash), position);
    const original = stream.isMetastream ? this.streams.originalInMemory(stream) : undefined;
    if (original !== undefined) original.metadata = metadataOf(event.isJson, event.data);
    return position;
  }

  private writeTombstone(stream: StreamState): number {
    const position = this.log.nextPosition;
    const event = { id: newUuid(), type: TOMBSTONE_TYPE, isJson: false, metadata: NOTHING, data: NOTHING };
    this.log.add(recordOf(stream, event, KIND_TOMBSTONE, -1, position), stream);
    this.streams.bury(stream, position);
    return position;
  }

  *onSealed(index: SealedIndex): Steps {
    let looked = 0;
    for (const { name, range } of index.streams()) {
      this.streams.sealed(name, range);
      looked += 1;
      if (looked % STREAMS === 0) yield;
    }
    yield* this.ids.dropBefore(index.end);
  }

  onRecovered(record: Buffer, position: number): void {
    this.loader.learnEvent(record, position);
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
    if (stream.isMetastream || stream.name === SETTINGS_STREAM) this.accessVersion += 1;
    const original = stream.isMetastream ? this.streams.originalInMemory(stream) : undefined;
    if (original !== undefined) original.visibleMetadata = metadataOf(recordIsJson(record), recordData(record));
  }

  onRolledBack(records: Stored<StreamState>[]): void {
    for (const { owner, record } of records) {
      if (recordKind(record) === KIND_TOMBSTONE) owner.tombstonePosition = undefined;
      else owner.positions.pop();
    }
    for (const { owner } of records) {
      const { name, isMetastream } = owner;
      const other = this.streams.find(isMetastream ? name.slice(META_PREFIX.length) : META_PREFIX + name);
      if (isMetastream && other !== undefined) other.metadata = other.visibleMetadata;
      this.streams.release(owner);
      if (other !== undefined) this.streams.release(other);
    }
  }

  onFailed(error: Error): void {
    this.resolveFailed(error);
  }

  async close(): Promise<void> {
    this.timeouts?.stop();
    await this.log.close();
  }
}

function metadataEvent(data: Buffer): NewEvent {
  return { id: newUuid(), type: METADATA_TYPE, isJson: true, metadata: NOTHING, data };
}

function recordOf(stream: StreamState, event: NewEvent, kind: number, revision: number, position: number): NewRecord {
  const { id, type, isJson, metadata, data } = event;
  return { kind, position, revision, stream: stream.bytes, type, id, isJson, createdMs: Date.now(), metadata, data };
}
