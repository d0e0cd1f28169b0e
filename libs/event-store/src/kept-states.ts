import {
  streamName,
  type Aggregate,
  type DomainEvent,
  type Position,
  type RecordedEvent,
  type StreamId,
} from '@app/kernel';
import { Answers } from './answers.js';
import type { EventLog } from './event-log.js';
import { Snapshots } from './snapshots.js';
import { Turns } from './turns.js';

export interface Loaded<State> {
  readonly state: State;
  /** -1n for a stream without events. */
  readonly revision: bigint;
}

/** A moment of the past: up to and including this revision, log position or recording time. */
export interface Moment {
  readonly revision?: bigint;
  readonly position?: Position;
  readonly recordedAt?: Date;
}

/** What facts of other aggregates are read through. */
export interface AggregateReader {
  load<State, Event extends DomainEvent>(
    aggregate: Aggregate<State, Event>,
    tenant: string,
    id: string,
  ): Promise<Loaded<State>>;
}

export interface Kept {
  readonly state: unknown;
  readonly revision: bigint;
  /** Of the event at `revision`; empty where there is none. */
  readonly eventId: string;
  readonly memory: Memory;
  /** When the stream was last known to end at `revision`: milliseconds of `performance.now()`. */
  readonly knownAt: number;
}

type Folded = Omit<Kept, 'knownAt'>;

/** What is known of a stream besides its state; states that follow each other share it. */
export interface Memory {
  readonly answers: Answers;
  readonly turns: Turns;
  /** Revision that the newest usable snapshot was made at. */
  snapshotAt: bigint;
  snapshotStreamRevision: bigint;
  isKeepingSnapshot: boolean;
}

const mostKept = 2_000;
/** Milliseconds for which facts of other records are believed. */
const factsAreFreshFor = 250;
const mostAnswersInSnapshot = 128;

/** The states of the streams that were asked for last, in memory. */
export class KeptStates {
  readonly #kept = new Map<string, Kept>();
  readonly #snapshots: Snapshots;
  readonly #factReads = new Map<string, Promise<Kept>>();

  constructor(private readonly log: EventLog) {
    this.#snapshots = new Snapshots(log);
  }

  get(name: string): Kept | undefined {
    return this.#kept.get(name);
  }

  forget(name: string): void {
    this.#kept.delete(name);
  }

  /** One read serves everybody who asks while it is under way. */
  recent(aggregate: Aggregate<unknown, DomainEvent>, stream: StreamId): Promise<Kept> {
    const name = streamName(stream);
    const kept = this.#kept.get(name);
    if (kept !== undefined && performance.now() - kept.knownAt < factsAreFreshFor) return Promise.resolve(kept);
    const under = this.#factReads.get(name);
    if (under !== undefined) return under;
    const read = this.refresh(aggregate, stream).finally(() => this.#factReads.delete(name));
    this.#factReads.set(name, read);
    return read;
  }

  /** What is kept, brought up to date with the events after it. */
  async refresh(aggregate: Aggregate<unknown, DomainEvent>, stream: StreamId): Promise<Kept> {
    const name = streamName(stream);
    const knownAt = performance.now();
    const kept = this.#kept.get(name);
    const folded =
      kept === undefined
        ? await this.#begin(aggregate, stream)
        : await this.#goOn(aggregate, kept, this.log.readStream(stream, kept.revision + 1n));
    const current: Kept = { ...folded, knownAt };
    // A command that ran meanwhile may have kept something newer.
    if ((this.#kept.get(name)?.revision ?? -1n) <= current.revision) this.keep(name, current);
    return current;
  }

  async #goOn(
    aggregate: Aggregate<unknown, DomainEvent>,
    { state, revision, eventId, memory }: Folded,
    later: AsyncIterable<RecordedEvent>,
  ): Promise<Folded> {
    for await (const event of later) {
      state = aggregate.evolve(state, event);
      ({ revision, id: eventId } = event);
      memory.answers.note(event);
    }
    return { state, revision, eventId, memory };
  }

  async #begin(aggregate: Aggregate<unknown, DomainEvent>, stream: StreamId): Promise<Folded> {
    const { snapshot, streamRevision } =
      aggregate.snapshot === undefined ? { streamRevision: -1n } : await this.#snapshots.find(aggregate, stream);
    const memory: Memory = {
      answers: new Answers(),
      turns: new Turns(),
      snapshotAt: -1n,
      snapshotStreamRevision: streamRevision,
      isKeepingSnapshot: false,
    };
    if (snapshot !== undefined) {
      const later = this.log.readStream(stream, snapshot.revision);
      // The event that the snapshot was made at must still be there: else it is of another history.
      const { value: anchor } = (await later.next()) as { readonly value?: RecordedEvent };
      if (anchor?.revision === snapshot.revision && anchor.id === snapshot.eventId) {
        const { state, revision, eventId, answers } = snapshot;
        for (const [commandId, answer] of answers) memory.answers.add(commandId, answer);
        memory.snapshotAt = revision;
        return this.#goOn(aggregate, { state, revision, eventId, memory }, later);
      }
      await later.return(undefined);
    }
    const nothing = { state: aggregate.initial, revision: -1n, eventId: '', memory };
    return this.#goOn(aggregate, nothing, this.log.readStream(stream));
  }

  /** Beside the commands, which do not wait for it; where it fails, a later load reads more events. */
  keepSnapshot(aggregate: Aggregate<unknown, DomainEvent>, stream: StreamId, name: string): void {
    const kept = this.#kept.get(name);
    if (aggregate.snapshot === undefined || kept === undefined) return;
    const { state, revision, eventId, memory } = kept;
    if (memory.isKeepingSnapshot || revision - memory.snapshotAt < BigInt(aggregate.snapshot.every)) return;
    memory.isKeepingSnapshot = true;
    const snapshot = { state, revision, eventId, answers: memory.answers.newest(mostAnswersInSnapshot) };
    void this.#snapshots
      .keep(aggregate, stream, snapshot, memory.snapshotStreamRevision)
      .catch(() => this.#snapshots.find(aggregate, stream).then((found) => found.streamRevision))
      .then((streamRevision) => (memory.snapshotStreamRevision = streamRevision))
      .catch(() => undefined)
      .finally(() => {
        memory.snapshotAt = revision;
        memory.isKeepingSnapshot = false;
      });
  }

  async replay(aggregate: Aggregate<unknown, DomainEvent>, stream: StreamId, at: Moment): Promise<Loaded<unknown>> {
    let loaded: Loaded<unknown> = { state: aggregate.initial, revision: -1n };
    for await (const event of this.log.readStream(stream)) {
      if (isAfter(event, at)) break;
      loaded = { state: aggregate.evolve(loaded.state, event), revision: event.revision };
    }
    return loaded;
  }

  keep(name: string, kept: Kept): void {
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    if (this.#kept.size > mostKept) this.#kept.delete(this.#kept.keys().next().value!);
  }
}

const isAfter = ({ revision, position, recordedAt }: RecordedEvent, at: Moment): boolean =>
  (at.revision !== undefined && revision > at.revision) ||
  (at.position !== undefined && position.commit > at.position.commit) ||
  (at.recordedAt !== undefined && recordedAt > at.recordedAt);
