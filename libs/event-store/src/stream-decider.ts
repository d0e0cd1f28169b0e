import {
  streamName,
  type Accepted,
  type Aggregate,
  type Command,
  type Decide,
  type DomainEvent,
  type Position,
  type StreamId,
} from '@app/kernel';
import type { EncodedEvent } from './codec.js';
import { EventTooLarge, RevisionConflict, StaleRevision, StoreUnavailable } from './errors.js';
import { appendSizeLimit, type EventLog } from './event-log.js';
import { GroupCommit } from './group-commit.js';
import { KeptStates, type AggregateReader, type Kept, type Loaded, type Moment } from './kept-states.js';
import { pause } from './time-limit.js';

export type { AggregateReader, Loaded, Moment } from './kept-states.js';

interface Waiting {
  readonly command: Command;
  readonly decide: (state: unknown) => readonly DomainEvent[];
  readonly resolve: (accepted: Accepted) => void;
  readonly reject: (reason: unknown) => void;
}

/** Its position is that of the append which carries the command, so it comes last. */
type Answer = Omit<Accepted, 'position'> & { position?: Position };

interface Lane {
  readonly waiting: Waiting[];
  busy: boolean;
}

const mostEventsAtOnce = 1_000;
const mostConflicts = 100;
/** Reads after a conflict that may show nothing new, a millisecond apart. */
const mostLooks = 20;

/**
 * Load, fold, decide, append, retry. Commands that wait on one stream are decided in order in memory and appended together.
 * What is kept in memory is a baseline only: every append states the revision that the decision saw.
 */
export class StreamDecider implements AggregateReader {
  readonly #kept: KeptStates;
  readonly #lanes = new Map<string, Lane>();
  readonly #group = new GroupCommit();

  /**
   * For facts of other records, which are never part of what an append holds against: as they stood at most a quarter of
   * a second ago. What this process has written is seen at once.
   */
  readonly facts: AggregateReader = {
    load: async <State, Event extends DomainEvent>(aggregate: Aggregate<State, Event>, tenant: string, id: string) => {
      const stream = { category: aggregate.category, tenant, id };
      const { state, revision } = await this.#kept.recent(
        aggregate as unknown as Aggregate<unknown, DomainEvent>,
        stream,
      );
      return { state: state as State, revision };
    },
  };

  constructor(private readonly log: EventLog) {
    this.#kept = new KeptStates(log);
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

  /** State now, which an empty moment is too, or at a moment of the past, replayed through the same `evolve`. */
  async load<State, Event extends DomainEvent>(
    aggregate: Aggregate<State, Event>,
    tenant: string,
    id: string,
    at: Moment = {},
  ): Promise<Loaded<State>> {
    const stream = { category: aggregate.category, tenant, id };
    const folded = aggregate as unknown as Aggregate<unknown, DomainEvent>;
    const { state, revision } = isNow(at)
      ? await this.#kept.refresh(folded, stream)
      : await this.#kept.replay(folded, stream, at);
    return { state: state as State, revision };
  }

  async #work(aggregate: Aggregate<unknown, DomainEvent>, stream: StreamId, name: string, lane: Lane): Promise<void> {
    lane.busy = true;
    await this.#group.next();
    while (lane.waiting.length > 0) {
      const batch = lane.waiting.splice(0, mostEventsAtOnce);
      try {
        await this.#commit(aggregate, stream, name, batch, lane);
      } catch (error) {
        this.#kept.forget(name);
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
    const known = this.#kept.get(name);
    let fresh = known === undefined || known.memory.turns.isShared(performance.now());
    let kept = known === undefined || fresh ? await this.#kept.refresh(aggregate, stream) : known;
    for (let conflicts = 0; conflicts < mostConflicts; conflicts++) {
      const round = this.#decide(aggregate, stream, name, batch, kept);
      // Nothing to append proves nothing about the state decided on: it is made sure of by a read.
      if (round.events.length === 0 && !fresh) {
        const current = await this.#kept.refresh(aggregate, stream);
        const moved = current.revision !== kept.revision;
        [kept, fresh] = [current, true];
        if (moved) continue;
      }
      if (round.events.length > 0) {
        try {
          const begun = performance.now();
          const { revision, position } = await this.log.append(name, round.events, kept.revision);
          round.settle(revision, position);
          const ended = performance.now();
          const rest = kept.memory.turns.restAfter(ended - begun, ended);
          if (rest > 0) await pause(rest);
        } catch (error) {
          if (!(error instanceof RevisionConflict)) throw error;
          kept = await this.#overtaken(aggregate, stream, kept);
          fresh = true;
          continue;
        }
      } else round.settle(kept.revision, undefined);
      this.#kept.keepSnapshot(aggregate, stream, name);
      // What did not fit goes first in the next append.
      lane.waiting.unshift(...batch.slice(round.taken));
      batch.length = round.taken;
      return;
    }
    throw new StoreUnavailable(`${name} changes faster than a command can be decided; send it again.`);
  }

  /** What was faster can be read once it is on the disk, which may be later than the conflict. */
  async #overtaken(
    aggregate: Aggregate<unknown, DomainEvent>,
    stream: StreamId,
    { revision, memory: { turns } }: Kept,
  ): Promise<Kept> {
    turns.overtaken(performance.now());
    let current = await this.#kept.refresh(aggregate, stream);
    for (let looks = 1; current.revision === revision && looks < mostLooks; looks++) {
      await pause(1);
      current = await this.#kept.refresh(aggregate, stream);
    }
    return current;
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
    const decidedNow = new Map<string, Answer>();
    const outcomes: (() => void)[] = [];
    for (const { command, decide, resolve, reject } of batch) {
      const { commandId, expectedRevision } = command.metadata;
      const at = revisionBefore + BigInt(events.length);
      const before = decidedNow.get(commandId) ?? memory.answers.get(commandId);
      if (before !== undefined) {
        outcomes.push(() => resolve({ ...before, repeated: true }));
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
        const answer: Answer = {
          tenant,
          id,
          streamName: name,
          revision: at + BigInt(encoded.length),
          eventIds: encoded.map((event) => event.id),
        };
        if (encoded.length > 0) decidedNow.set(commandId, answer);
        outcomes.push(() => resolve(answer));
      } catch (error) {
        outcomes.push(() => reject(error));
      }
      taken++;
    }
    return {
      events,
      taken,
      settle: (revision: bigint, position: Position | undefined): void => {
        for (const [commandId, answer] of decidedNow) {
          if (position !== undefined) answer.position = position;
          memory.answers.add(commandId, answer);
        }
        const knownAt = events.length > 0 ? performance.now() : knownBefore;
        this.#kept.keep(name, { state, revision, eventId: events.at(-1)?.id ?? eventId, memory, knownAt });
        for (const outcome of outcomes) outcome();
      },
    };
  }
}

const isNow = ({ revision, position, recordedAt }: Moment): boolean =>
  revision === undefined && position === undefined && recordedAt === undefined;
