import type { Position } from '@app/kernel';
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  NO_STREAM,
  START,
  StreamDeletedError,
  WrongExpectedVersionError,
  binaryEvent,
  type AllStreamResolvedEvent,
  type RecordedEvent as StoredEvent,
} from '@eventstore/db-client';
import { retire } from './client-guard.js';
import { preferring } from './connection.js';
import { RevisionConflict, StoreUnavailable, UnmovableEvent } from './errors.js';
import { EventLog, appendSizeLimit } from './event-log.js';
import { belongsToLedger, lineOf, type MovedEvent } from './log-line.js';
import { within } from './time-limit.js';
import { timely } from './timely.js';

/** An event of the ledger as {@link lineOf} tells it, and where its store has it. */
export interface LoggedLine {
  readonly line: string;
  readonly position: Position;
}

/** Milliseconds until the next event of a read, or a deletion, counts as unanswered. */
const patience = 30_000;
const mostEventsAtOnce = 1_000;

/** The whole ledger of a store, to be read out of it and to be written into it, event by event in the order of `$all`. */
export class MovableLog {
  readonly #log: EventLog;
  readonly #client: EventStoreDBClient;

  private constructor(url: string) {
    this.#log = EventLog.connect(url);
    this.#client = EventStoreDBClient.connectionString(preferring(url, 'leader'));
  }

  /** @throws Error when `url` is no connection string */
  static open(url: string): MovableLog {
    return new MovableLog(url);
  }

  /** From `from` on, inclusive; to what was the end when the reading came there. */
  async *lines(from?: Position): AsyncGenerator<LoggedLine> {
    for await (const event of this.#stored({ fromPosition: from ?? START })) {
      if (event.position !== undefined && belongsToLedger(event.streamId))
        yield { line: lineOf(event), position: event.position };
    }
  }

  /** The line of the event at `position`; undefined where the ledger has none there. */
  async lineAt(position: Position): Promise<string | undefined> {
    try {
      for await (const event of this.#stored({ fromPosition: position, maxCount: 1 }))
        return event.position?.commit === position.commit ? lineOf(event) : undefined;
    } catch (error) {
      if (!(error instanceof StoreUnavailable && /position/i.test(error.message))) throw error;
    }
    return undefined;
  }

  /** Commit position of the newest event of anybody; 0 where there is none. */
  async end(): Promise<bigint> {
    for await (const { position } of this.#stored({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }))
      return position?.commit ?? 0n;
    return 0n;
  }

  async *#stored(options: Parameters<EventStoreDBClient['readAll']>[0]): AsyncGenerator<StoredEvent> {
    try {
      for await (const { event } of timely<AllStreamResolvedEvent>(this.#client.readAll(options), patience))
        if (event !== undefined) yield event;
    } catch (error) {
      if (error instanceof UnmovableEvent) throw error;
      throw new StoreUnavailable(`The event store cannot be read: ${(error as Error).message}`, { cause: error });
    }
  }

  /**
   * Appends in this order, one append after the other: with more on their way, a store may change their order.
   * @throws RevisionConflict when an event does not follow what its stream has
   */
  async append(events: readonly MovedEvent[]): Promise<void> {
    for (const run of runsOf(events)) {
      const [first] = run;
      if (first === undefined) continue;
      if (first.kind === 'tombstone') await this.#bury(first.stream);
      else if (!first.isJson) await this.#appendBytes(first);
      else await this.#appendJson(run as readonly Written[], first);
    }
  }

  async #appendJson(run: readonly Written[], first: Written): Promise<void> {
    const encoded = run.map(({ id, type, data, metadata }) => {
      return { id, type, data, metadata, bytes: data.length + metadata.length };
    });
    try {
      await this.#log.append(first.stream, encoded, first.revision - 1n);
    } catch (error) {
      const isThere = error instanceof RevisionConflict && first.stream.startsWith('$$') && (await this.#says(first));
      if (!isThere) throw error;
    }
  }

  /** A store takes a soft deletion back by itself, with metadata of its own, when the stream goes on. */
  async #says({ stream, revision, data }: Written): Promise<boolean> {
    const newest = await this.#log.last(stream);
    return newest?.revision === revision && JSON.stringify(newest.data) === Buffer.from(data).toString();
  }

  /** What is not JSON goes by a client that leaves it alone: see client-guard. */
  async #appendBytes({ stream, revision, id, type, data, metadata }: Written): Promise<void> {
    const expectedRevision = revision === 0n ? NO_STREAM : revision - 1n;
    const append = this.#client.appendToStream(stream, binaryEvent({ id, type, data, metadata }), { expectedRevision });
    try {
      await within(patience, append);
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
      throw new RevisionConflict(`${stream} is not at revision ${revision - 1n}.`);
    }
  }

  async #bury(stream: string): Promise<void> {
    try {
      await within(patience, this.#client.tombstoneStream(stream));
    } catch (error) {
      if (!(error instanceof StreamDeletedError)) throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#log.close(), retire(this.#client)]);
  }
}

type Written = Extract<MovedEvent, { kind: 'event' }>;

/** Events that follow each other in one stream go into one append. */
function* runsOf(events: readonly MovedEvent[]): Generator<readonly MovedEvent[]> {
  let run: MovedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const before = run.at(-1);
    const size = event.kind === 'event' ? event.data.length + event.metadata.length : 0;
    const goesOn =
      before?.kind === 'event' &&
      event.kind === 'event' &&
      before.stream === event.stream &&
      before.isJson &&
      event.isJson &&
      event.revision === before.revision + 1n;
    if (!goesOn || run.length >= mostEventsAtOnce || bytes + size > appendSizeLimit) {
      yield run;
      [run, bytes] = [[], 0];
    }
    run.push(event);
    bytes += size;
  }
  yield run;
}
