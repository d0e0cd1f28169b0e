import { streamName, type Position, type RecordedEvent, type StreamId } from '@app/kernel';
import {
  ANY,
  BACKWARDS,
  END,
  FORWARDS,
  NO_STREAM,
  START,
  StreamNotFoundError,
  WrongExpectedVersionError,
  binaryEvent,
  type AllStreamResolvedEvent,
  type EventStoreDBClient,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent as StoredEvent,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { failureOf } from './append-failure.js';
import { Codec, type EncodedEvent } from './codec.js';
import { Connection, preferring } from './connection.js';
import { RevisionConflict, StoreUnavailable, UnreadableEvent, UnstorableEvent } from './errors.js';
import { isFollowed } from './followed-events.js';
import { Subscription, type SubscriptionOptions } from './subscription.js';
import { backoff, pause, within } from './time-limit.js';
import { timely } from './timely.js';

export const appendSizeLimit = 900 * 1024;

export interface Appended {
  readonly revision: bigint;
  readonly position: Position;
}

export interface EventLogOptions {
  /** Milliseconds until a try of an append, or the next event of a read, counts as unanswered. */
  readonly patience?: number;
  /** Milliseconds for which an unanswered append is tried again with the same ids and revision. */
  readonly persistence?: number;
  /** How often an append is tried again that the store answers without saying whether it happened. */
  readonly attempts?: number;
  /** Milliseconds of silence after which a subscription is compared with the end of the log. */
  readonly heartbeat?: number;
}

/** How many of the newest events are looked at to see whether a silent subscription should have heard of one. */
const newestLookedAt = 64;
const millisecondsForPing = 2_000;

/** The event store as the project uses it, and the only place that knows its client. */
export class EventLog {
  readonly codec = new Codec();
  readonly #decisions: Connection;
  /** Its own connection, so that neither a slow reader nor a broken subscription holds up an append. */
  readonly #following: Connection;
  readonly #patience: number;
  readonly #persistence: number;
  readonly #attempts: number;
  readonly #heartbeat: number;
  readonly #subscriptions = new Set<Subscription>();

  private constructor(url: string, options: EventLogOptions) {
    this.#decisions = new Connection(preferring(url, 'leader'));
    this.#following = new Connection(preferring(url, 'follower'));
    this.#patience = options.patience ?? 5_000;
    this.#persistence = options.persistence ?? 12_000;
    this.#attempts = options.attempts ?? 5;
    this.#heartbeat = options.heartbeat ?? 10_000;
  }

  static connect(url: string, options: EventLogOptions = {}): EventLog {
    return new EventLog(url, options);
  }

  /**
   * Appends all or nothing after `expectedRevision` (-1n: there is no stream yet).
   * @throws RevisionConflict when somebody was faster, StoreUnavailable when the outcome stays unknown.
   */
  async append(name: string, events: readonly EncodedEvent[], expectedRevision: bigint): Promise<Appended> {
    const bytes = events.reduce((sum, event) => sum + event.bytes, 0);
    if (events.length === 0 || bytes > appendSizeLimit)
      throw new UnstorableEvent(`An append has 1 event or more, in at most ${appendSizeLimit} bytes, not ${bytes}.`);
    // Called JSON on the way out: see client-guard.
    const wire = events.map(({ id, type, data, metadata }) => binaryEvent({ id, type, data, metadata }));
    const until = performance.now() + this.#persistence;
    let reason: unknown;
    for (let attempt = 0, odd = 0; attempt === 0 || this.#mayTryAgain(odd, until); attempt++) {
      if (attempt > 0) await pause(backoff(attempt));
      const { client } = this.#decisions;
      try {
        const { nextExpectedRevision, position } = await within(
          this.#patience,
          client.appendToStream(name, wire, {
            expectedRevision: expectedRevision === -1n ? NO_STREAM : expectedRevision,
          }),
        );
        this.#decisions.answered();
        const revision = nextExpectedRevision;
        return { revision, position: position ?? (await this.#positionOf(name, revision)) };
      } catch (error) {
        const failure = failureOf(error);
        if (failure === 'deleted') throw new UnstorableEvent(`${name} was deleted for ever.`);
        if (failure === 'too-large') throw new UnstorableEvent(messageOf(error));
        if (failure === 'denied') throw new StoreUnavailable(`The event store denies access: ${messageOf(error)}`);
        if (failure === 'conflict') {
          // An earlier try may be what made the revision wrong.
          const found = attempt > 0 ? await this.#find(name, events, expectedRevision) : 'absent';
          if (typeof found === 'object') return found;
          if (found === 'absent') throw new RevisionConflict(`${name} is no longer at revision ${expectedRevision}.`);
        } else this.#decisions.failed(client);
        if (failure === 'odd') odd += 1;
        reason = error;
      }
    }
    const found = await this.#find(name, events, expectedRevision);
    if (typeof found === 'object') return found;
    throw new StoreUnavailable(`The event store did not confirm an append: ${messageOf(reason)}`);
  }

  #mayTryAgain(odd: number, until: number): boolean {
    return odd < this.#attempts && performance.now() < until && !this.#decisions.isClosed;
  }

  /** The same ids right after the expected revision: the append did happen. */
  async #find(
    name: string,
    events: readonly EncodedEvent[],
    expected: bigint,
  ): Promise<Appended | 'absent' | 'unknown'> {
    const ids: string[] = [];
    let last: Appended | undefined;
    try {
      for await (const event of this.#stored(name, { fromRevision: expected + 1n, maxCount: events.length })) {
        ids.push(event.id);
        last = { revision: event.revision, position: event.position ?? { commit: 0n, prepare: 0n } };
      }
    } catch {
      return 'unknown';
    }
    return last !== undefined && events.every(({ id }, at) => id === ids[at]) ? last : 'absent';
  }

  async #positionOf(name: string, revision: bigint): Promise<Position> {
    for await (const event of this.#stored(name, { fromRevision: revision, maxCount: 1 }))
      if (event.position !== undefined) return event.position;
    throw new StoreUnavailable(`The event store did not say where it put an event of ${name}.`);
  }

  /** Events of one stream in order; none for a missing stream. `to` is inclusive. */
  async *readStream(
    stream: StreamId,
    from = 0n,
    { to, direction = 'forwards' }: { readonly to?: bigint; readonly direction?: 'forwards' | 'backwards' } = {},
  ): AsyncGenerator<RecordedEvent> {
    const count = to === undefined ? undefined : Number(to - from + 1n);
    if (count !== undefined && count <= 0) return;
    const backwards = direction === 'backwards';
    const options: ReadStreamOptions = {
      direction: backwards ? BACKWARDS : FORWARDS,
      fromRevision: backwards ? END : from,
      ...(count === undefined ? {} : { maxCount: count }),
    };
    for await (const event of this.#stored(streamName(stream), options)) {
      const decoded = this.codec.decode(event);
      if (decoded !== undefined) yield decoded;
    }
  }

  /** The newest event of any stream as it is stored, ours or not. */
  async last(name: string): Promise<StoredEvent | undefined> {
    return (await this.newest(name, 1))[0];
  }

  /** At most so many, the last one first. */
  async newest(name: string, count: number): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    for await (const event of this.#stored(name, { direction: BACKWARDS, fromRevision: END, maxCount: count }))
      events.push(event);
    return events;
  }

  async *#stored(name: string, options: ReadStreamOptions): AsyncGenerator<StoredEvent> {
    const { client } = this.#decisions;
    try {
      for await (const { event } of timely<ResolvedEvent>(client.readStream(name, options), this.#patience))
        if (event !== undefined) yield event;
      this.#mustHaveEnded(client);
    } catch (error) {
      if (error instanceof StreamNotFoundError) return;
      throw this.#readFailure(client, error);
    }
  }

  /** Every event of ours in log order, from `from` on, inclusive; unreadable ones as such. */
  async *readAll(from?: Position): AsyncGenerator<RecordedEvent | UnreadableEvent> {
    for await (const event of this.#storedInAll({ fromPosition: from ?? START })) {
      const decoded = this.#decoded(event);
      if (decoded !== undefined) yield decoded;
    }
  }

  async *#storedInAll(options: ReadAllOptions): AsyncGenerator<StoredEvent> {
    const { client } = this.#decisions;
    try {
      for await (const { event } of timely<AllStreamResolvedEvent>(client.readAll(options), this.#patience))
        if (event !== undefined) yield event;
      this.#mustHaveEnded(client);
    } catch (error) {
      throw this.#readFailure(client, error);
    }
  }

  /** A read whose client was given up looks as if it had come to its end. */
  #mustHaveEnded(client: EventStoreDBClient): void {
    if (client !== this.#decisions.client || this.#decisions.isClosed) throw new Error('the read was broken off');
  }

  #readFailure(client: EventStoreDBClient, error: unknown): unknown {
    if (error instanceof UnreadableEvent || error instanceof StoreUnavailable) return error;
    this.#decisions.failed(client);
    return new StoreUnavailable(`The event store cannot be read: ${messageOf(error)}`);
  }

  #decoded(event: StoredEvent): RecordedEvent | UnreadableEvent | undefined {
    try {
      return this.codec.decode(event);
    } catch (error) {
      if (error instanceof UnreadableEvent) return error;
      throw error;
    }
  }

  /** Id of the event that is recorded at `position`; undefined where the log has none. */
  async idAt(position: Position): Promise<string | undefined> {
    try {
      for await (const event of this.#storedInAll({ fromPosition: position, maxCount: 1 }))
        return event.position?.commit === position.commit ? event.id : undefined;
    } catch (error) {
      if (error instanceof StoreUnavailable && /position/i.test(error.message)) return undefined;
      throw error;
    }
    return undefined;
  }

  /** Lets a stream keep so many of its newest events; one, only where nothing was said of it before. */
  async keepNewest(name: string, maxCount: number): Promise<void> {
    try {
      const expectedRevision = maxCount === 1 ? NO_STREAM : ANY;
      const setting = this.#decisions.client.setStreamMetadata(name, { maxCount }, { expectedRevision });
      await within(this.#patience, setting);
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
    }
  }

  /** One supervised subscription: it resubscribes from the last entry that it handed over. */
  subscribeToAll(options: SubscriptionOptions): Subscription {
    const subscription = new Subscription(
      {
        open: () => this.#following.client,
        renew: () => this.#following.renew(),
        decode: (event) => this.#decoded(event),
        isBehind: (position) => this.#hasFollowedEventAfter(position, options.types),
        heartbeat: this.#heartbeat,
      },
      options,
      () => this.#subscriptions.delete(subscription),
    );
    this.#subscriptions.add(subscription);
    return subscription;
  }

  /** Looks at the newest events only: behind a longer tail of others the store's own checkpoints speak. */
  async #hasFollowedEventAfter(position: Position | undefined, types?: readonly string[]): Promise<boolean> {
    const newest = { direction: BACKWARDS, fromPosition: END, maxCount: newestLookedAt } as const;
    for await (const event of this.#storedInAll(newest)) {
      if (position !== undefined && (event.position?.commit ?? 0n) <= position.commit) return false;
      if (types === undefined ? isFollowed(event.type) : types.includes(event.type)) return true;
    }
    return false;
  }

  async ping(): Promise<void> {
    const probe = async (): Promise<void> => {
      for await (const _event of this.#storedInAll({ maxCount: 1 })) continue;
    };
    await within(millisecondsForPing, probe(), () => new StoreUnavailable('The event store does not answer.'));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    await Promise.all([this.#decisions.close(), this.#following.close()]);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
