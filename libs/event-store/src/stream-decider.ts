import {
  streamName,
  type Accepted,
  type Aggregate,
  type Command,
  type Decide,
  type DomainEvent,
  type Position,
  type RecordedEvent,
  type StreamId,
} from '@app/kernel';
import { Answers } from './answers.js';
import type { EncodedEvent } from './codec.js';
import { EventTooLarge, RevisionConflict, StaleRevision, StoreUnavailable } from './errors.js';
import { appendSizeLimit, type EventLog } from './event-log.js';
import { Snapshots } from './snapshots.js';

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

interface Kept {
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
interface Memory {
  readonly answers: Answers;
  /** Revision that the newest usable snapshot was made at. */
  snapshotAt: bigint;
  snapshotStreamRevision: bigint;
  isKeepingSnapshot: boolean;
}

interface Waiting {
  readonly command: Command;
  readonly decide: (state: unknown) => readonly DomainEvent[];
  readonly resolve: (accepted: Accepted) => void;
  readonly reject: (reason: unknown) => void;
}

interface Lane {
  readonly waiting: Waiting[];
  busy: boolean;
}

const mostKept = 2_000;
/** Milliseconds for which facts of other records are believed. */
const factsAreFreshFor = 250;
const mostAnswersInSnapshot = 128;
const mostEventsAtOnce = 1_000;
const mostConflicts = 50;

/**
 * Load, fold, decide, append, retry. Commands that wait on one stream are decided in order in memory and appended together.
 * What is kept in memory is a baseline only: every append states the revision that the decision saw.
 */
export class StreamDecider implements AggregateReader {
  readonly #kept = new Map<string, Kept>();
  readonly #lanes = new Map<string, Lane>();

  readonly #snapshots: Snapshots;
  readonly #factReads = new Map<string, Promise<Kept>>();

  /**
   * For facts of other records, which are never part of what an append holds against: as they stood at most a quarter of
   * a second ago. What this process has written is seen at once.
   */
  readonly facts: AggregateReader = {
    load: async <State, Event extends DomainEvent>(aggregate: Aggregate<State, Event>, tenant: string, id: string) => {
      const stream = { category: aggregate.category, tenant, id };
      const { state, revision } = await this.#recent(aggregate as unknown as Aggregate<unknown, DomainEvent>, stream);
      return { state: state as State, revision };
    },
  };

  constructor(private readonly log: EventLog) {
    this.#snapshots = new Snapshots(log);
  }

  /** @throws RuleViolation, StaleRevision, StoreUnavailable; then nothing was recorded. */
  execute<State, Event extends DomainEvent, C extends Command, Facts>(
    aggregate: Aggregate<State, Event>,
    command: C,
    decide: Decide<C, State, Event, Facts>,
    facts: Facts,
  ): Promise<Accepted> {
    const stream = { category: aggregate.category, tenant: command.tenant, id: command.id };
    const name = streamName(stream);
    const lane = this.#lanes.get(name) ?? { waiting: [], busy: false };
    this.#lanes.set(name, lane);
    return new Promise((resolve, reject) => {
      lane.waiting.push({ command, decide: (state) => decide(command, state as State, facts), resolve, reject });
      if (!lane.busy) void this.#work(aggregate as unknown as Aggregate<unknown, DomainEvent>, stream, name, lane);
    });
  }

  /** State now, or at a moment of the past, replayed through the same `evolve`. */
  async load<State, Event extends DomainEvent>(
    aggregate: Aggregate<State, Event>,
    tenant: string,
    id: string,
    at?: Moment,
  ): Promise<Loaded<State>> {
    const stream = { category: aggregate.category, tenant, id };
    const folded = aggregate as unknown as Aggregate<unknown, DomainEvent>;
    const { state, revision } =
      at === undefined ? await this.#refresh(folded, stream) : await this.#replay(folded, stream, at);
    return { state: state as State, revision };
  }

  async #work(aggregate: Aggregate<unknown, DomainEvent>, stream: StreamId, name: string, lane: Lane): Promise<void> {
    lane.busy = true;
    // Whatever else arrives in this turn of the event loop joins the first append.
    await new Promise(setImmediate);
    while (lane.waiting.length > 0) {
      const batch = lane.waiting.splice(0, mostEventsAtOnce);
      try {
        await this.#commit(aggregate, stream, name, batch, lane);
      } catch (error) {
        this.#kept.delete(name);
        for (const { reject } of batch) reject(error);
      }
    }
    lane.busy = false;
    this.#lanes.delete(name);
  }

  async #commit(
    aggregate: Aggregate<unknown, DomainEvent>,
    stream: StreamId,
    name: string,
    batch: Waiting[],
    lane: Lane,
  ): Promise<void> {
    let fresh = !this.#kept.has(name);
    let kept = this.#kept.get(name) ?? (await this.#refresh(aggregate, stream));
    for (let conflicts = 0; conflicts < mostConflicts; conflicts++) {
      const round = this.#decide(aggregate, stream, name, batch, kept);
      // Nothing to append proves nothing about the state decided on: it is made sure of by a read.
      if (round.events.length === 0 && !fresh) {
        const current = await this.#refresh(aggregate, stream);
        const moved = current.revision !== kept.revision;
        [kept, fresh] = [current, true];
        if (moved) continue;
      }
      if (round.events.length > 0) {
        try {
          const { revision, position } = await this.log.append(name, round.events, kept.revision);
          round.settle(revision, position);
        } catch (error) {
          if (!(error instanceof RevisionConflict)) throw error;
          kept = await this.#refresh(aggregate, stream);
          fresh = true;
          continue;
        }
      } else round.settle(kept.revision, undefined);
      this.#keepSnapshot(aggregate, stream, name);
      // What did not fit goes first in the next append.
      lane.waiting.unshift(...batch.slice(round.taken));
      batch.length = round.taken;
      return;
    }
    throw new StoreUnavailable(`${name} changes faster than a command can be decided; send it again.`);
  }

  #decide(
    aggregate: Aggregate<unknown, DomainEvent>,
    { tenant, id }: StreamId,
    name: string,
    batch: readonly Waiting[],
    { state: stateBefore, revision: revisionBefore, eventId, memory, knownAt: knownBefore }: Kept,
  ) {
    let state = stateBefore;
    let taken = 0;
    let bytes = 0;
    const events: EncodedEvent[] = [];
    const decidedNow = new Map<string, Accepted>();
    const outcomes: ((position: Position | undefined) => void)[] = [];
    for (const { command, decide, resolve, reject } of batch) {
      const { commandId, expectedRevision } = command.metadata;
      const at = revisionBefore + BigInt(events.length);
      const before = decidedNow.get(commandId) ?? memory.answers.get(commandId);
      if (before !== undefined) {
        outcomes.push((position) => resolve({ ...placed(before, position), repeated: true }));
        taken++;
        continue;
      }
      try {
        if (expectedRevision !== undefined && expectedRevision !== at)
          throw new StaleRevision(name, expectedRevision, at);
        const decided = decide(state);
        const encoded = decided.map((event, index) => this.log.codec.encode(event, command.metadata, index));
        const size = encoded.reduce((sum, event) => sum + event.bytes, 0);
        if (size > appendSizeLimit) throw new EventTooLarge(size, appendSizeLimit, 'A command with its events');
        if (events.length > 0 && (bytes + size > appendSizeLimit || events.length + encoded.length > mostEventsAtOnce))
          break;
        state = decided.reduce(aggregate.evolve, state);
        events.push(...encoded);
        bytes += size;
        const answer: Accepted = {
          tenant,
          id,
          streamName: name,
          revision: at + BigInt(encoded.length),
          eventIds: encoded.map((event) => event.id),
        };
        if (encoded.length > 0) decidedNow.set(commandId, answer);
        outcomes.push((position) => resolve(encoded.length > 0 ? placed(answer, position) : answer));
      } catch (error) {
        outcomes.push(() => reject(error));
      }
      taken++;
    }
    return {
      events,
      taken,
      settle: (revision: bigint, position: Position | undefined): void => {
        for (const [commandId, answer] of decidedNow) memory.answers.add(commandId, placed(answer, position));
        const knownAt = events.length > 0 ? performance.now() : knownBefore;
        this.#keep(name, { state, revision, eventId: events.at(-1)?.id ?? eventId, memory, knownAt });
        for (const outcome of outcomes) outcome(position);
      },
    };
  }

  /** One read serves everybody who asks while it is under way. */
  #recent(aggregate: Aggregate<unknown, DomainEvent>, stream: StreamId): Promise<Kept> {
    const name = streamName(stream);
    const kept = this.#kept.get(name);
    if (kept !== undefined && performance.now() - kept.knownAt < factsAreFreshFor) return Promise.resolve(kept);
    const under = this.#factReads.get(name);
    if (under !== undefined) return under;
    const read = this.#refresh(aggregate, stream).finally(() => this.#factReads.delete(name));
    this.#factReads.set(name, read);
    return read;
  }

  /** What is kept, brought up to date with the events after it. */
  async #refresh(aggregate: Aggregate<unknown, DomainEvent>, stream: StreamId): Promise<Kept> {
    const name = streamName(stream);
    const knownAt = performance.now();
    const kept = this.#kept.get(name);
    const folded =
      kept === undefined
        ? await this.#begin(aggregate, stream)
        : await this.#goOn(aggregate, kept, this.log.readStream(stream, kept.revision + 1n));
    const current: Kept = { ...folded, knownAt };
    // A command that ran meanwhile may have kept something newer.
    if ((this.#kept.get(name)?.revision ?? -1n) <= current.revision) this.#keep(name, current);
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
  #keepSnapshot(aggregate: Aggregate<unknown, DomainEvent>, stream: StreamId, name: string): void {
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

  async #replay(aggregate: Aggregate<unknown, DomainEvent>, stream: StreamId, at: Moment): Promise<Loaded<unknown>> {
    let loaded: Loaded<unknown> = { state: aggregate.initial, revision: -1n };
    for await (const event of this.log.readStream(stream)) {
      if (isAfter(event, at)) break;
      loaded = { state: aggregate.evolve(loaded.state, event), revision: event.revision };
    }
    return loaded;
  }

  #keep(name: string, kept: Kept): void {
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    if (this.#kept.size > mostKept) this.#kept.delete(this.#kept.keys().next().value!);
  }
}

const isAfter = ({ revision, position, recordedAt }: RecordedEvent, at: Moment): boolean =>
  (at.revision !== undefined && revision > at.revision) ||
  (at.position !== undefined && position.commit > at.position.commit) ||
  (at.recordedAt !== undefined && recordedAt > at.recordedAt);

/** The log position of a command is that of the append which carried it. */
const placed = (answer: Accepted, position: Position | undefined): Accepted =>
  answer.position === undefined && position !== undefined ? { ...answer, position } : answer;
