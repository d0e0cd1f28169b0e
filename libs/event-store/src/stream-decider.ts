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
import type { EncodedEvent } from './codec.js';
import { RevisionConflict, StaleRevision, StoreUnavailable } from './errors.js';
import { appendSizeLimit, type EventLog } from './event-log.js';

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
  /** Recent commands of the stream and what they were answered. */
  readonly answers: ReadonlyMap<string, Accepted>;
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
const mostAnswers = 512;
const mostEventsAtOnce = 1_000;
const mostConflicts = 50;

/**
 * Load, fold, decide, append, retry. Commands that wait on one stream are decided in order in memory and appended together.
 * What is kept in memory is a baseline only: every append states the revision that the decision saw.
 */
export class StreamDecider implements AggregateReader {
  readonly #kept = new Map<string, Kept>();
  readonly #lanes = new Map<string, Lane>();

  constructor(private readonly log: EventLog) {}

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
    kept: Kept,
  ) {
    let { state } = kept;
    let taken = 0;
    let bytes = 0;
    const events: EncodedEvent[] = [];
    const answers = new Map(kept.answers);
    const outcomes: ((revision: bigint, position: Position | undefined) => void)[] = [];
    for (const { command, decide, resolve, reject } of batch) {
      const { commandId, expectedRevision } = command.metadata;
      const at = kept.revision + BigInt(events.length);
      const before = answers.get(commandId);
      if (before !== undefined) {
        outcomes.push((_revision, position) =>
          resolve({ ...before, position: before.position ?? position, repeated: true }),
        );
        taken++;
        continue;
      }
      try {
        if (expectedRevision !== undefined && expectedRevision !== at)
          throw new StaleRevision(name, expectedRevision, at);
        const decided = decide(state);
        const encoded = decided.map((event, index) => this.log.codec.encode(event, command.metadata, index));
        const size = encoded.reduce((sum, event) => sum + event.bytes, 0);
        if (events.length > 0 && (bytes + size > appendSizeLimit || events.length + encoded.length > mostEventsAtOnce))
          break;
        events.push(...encoded);
        bytes += size;
        state = decided.reduce(aggregate.evolve, state);
        const answer: Accepted = {
          tenant,
          id,
          streamName: name,
          revision: at + BigInt(encoded.length),
          eventIds: encoded.map((event) => event.id),
        };
        if (encoded.length > 0) answers.set(commandId, answer);
        outcomes.push((_revision, position) =>
          resolve(encoded.length > 0 && position !== undefined ? { ...answer, position } : answer),
        );
      } catch (error) {
        outcomes.push(() => reject(error));
      }
      taken++;
    }
    return {
      events,
      taken,
      settle: (revision: bigint, position: Position | undefined): void => {
        this.#keep(name, { state, revision, answers: recent(answers) });
        for (const outcome of outcomes) outcome(revision, position);
      },
    };
  }

  /** What is kept, brought up to date with the events after it. */
  async #refresh(aggregate: Aggregate<unknown, DomainEvent>, stream: StreamId): Promise<Kept> {
    const name = streamName(stream);
    const kept = this.#kept.get(name) ?? {
      state: aggregate.initial,
      revision: -1n,
      answers: new Map<string, Accepted>(),
    };
    let { state, revision } = kept;
    let answers: Map<string, Accepted> | undefined;
    for await (const event of this.log.readStream(stream, revision + 1n)) {
      answers ??= new Map(kept.answers);
      state = aggregate.evolve(state, event);
      revision = event.revision;
      remember(answers, event);
    }
    const current: Kept = answers === undefined ? kept : { state, revision, answers: recent(answers) };
    // A command that ran meanwhile may have kept something newer.
    if ((this.#kept.get(name)?.revision ?? -1n) <= current.revision) this.#keep(name, current);
    return current;
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

function remember(
  answers: Map<string, Accepted>,
  { metadata, stream, streamName: name, revision, position, id }: RecordedEvent,
): void {
  const { commandId } = metadata;
  const eventIds = [...(answers.get(commandId)?.eventIds ?? []), id];
  answers.set(commandId, { tenant: stream.tenant, id: stream.id, streamName: name, revision, position, eventIds });
}

function recent(answers: Map<string, Accepted>): Map<string, Accepted> {
  for (const commandId of answers.keys()) {
    if (answers.size <= mostAnswers) break;
    answers.delete(commandId);
  }
  return answers;
}
