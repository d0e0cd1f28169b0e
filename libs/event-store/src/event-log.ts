import { streamName, type Position, type RecordedEvent, type StreamId } from '@app/kernel';
import {
  AccessDeniedError,
  BACKWARDS,
  END,
  EventStoreDBClient,
  FORWARDS,
  MaxAppendSizeExceededError,
  NO_STREAM,
  START,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
  jsonEvent,
} from '@eventstore/db-client';
import { Codec, type EncodedEvent } from './codec.js';
import { RevisionConflict, StoreUnavailable, UnreadableEvent, UnstorableEvent } from './errors.js';
import { Subscription, type SubscriptionOptions } from './subscription.js';
import { backoff, pause, within } from './time-limit.js';

export const appendSizeLimit = 900 * 1024;

export interface Appended {
  readonly revision: bigint;
  readonly position: Position;
}

export interface EventLogOptions {
  /** Milliseconds until an append or the first event of a read counts as unanswered. */
  readonly patience?: number;
  /** How often an append of unknown outcome is sent again with the same ids and revision. */
  readonly attempts?: number;
}

/** The event store as the project uses it, and the only place that knows its client. */
export class EventLog {
  readonly codec: Codec;
  readonly #url: string;
  readonly #patience: number;
  readonly #attempts: number;
  readonly #subscriptions = new Set<Subscription>();
  #client: EventStoreDBClient;

  private constructor(url: string, { patience = 10_000, attempts = 5 }: EventLogOptions) {
    this.#url = url;
    this.#client = EventStoreDBClient.connectionString(url);
    this.codec = new Codec();
    this.#patience = patience;
    this.#attempts = attempts;
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
    const wire = events.map(({ id, type, data, metadata }) =>
      jsonEvent({ id, type, data: data as Record<string, unknown>, metadata: { ...metadata } }),
    );
    let reason: unknown;
    for (let attempt = 0; attempt < this.#attempts; attempt++) {
      if (attempt > 0) await pause(backoff(attempt));
      try {
        const { nextExpectedRevision, position } = await within(
          this.#patience,
          this.#client.appendToStream(name, wire, {
            expectedRevision: expectedRevision === -1n ? NO_STREAM : expectedRevision,
          }),
          () => new Error('no answer in time'),
        );
        return {
          revision: nextExpectedRevision,
          position: position ?? (await this.#positionOf(name, nextExpectedRevision)),
        };
      } catch (error) {
        if (error instanceof WrongExpectedVersionError) {
          // An earlier attempt may be what made the revision wrong.
          const found = attempt > 0 ? await this.#find(name, events, expectedRevision) : undefined;
          if (found !== undefined) return found;
          throw new RevisionConflict(`${name} is no longer at revision ${expectedRevision}.`);
        }
        if (error instanceof StreamDeletedError) throw new UnstorableEvent(`${name} was deleted for ever.`);
        if (error instanceof MaxAppendSizeExceededError) throw new UnstorableEvent(error.message);
        if (error instanceof AccessDeniedError)
          throw new StoreUnavailable(`The event store denies access: ${error.message}`);
        reason = error;
      }
    }
    const found = await this.#find(name, events, expectedRevision).catch(() => undefined);
    if (found !== undefined) return found;
    throw new StoreUnavailable(`The event store did not confirm an append: ${messageOf(reason)}`);
  }

  /** The same ids right after the expected revision: the append did happen. */
  async #find(name: string, events: readonly EncodedEvent[], expected: bigint): Promise<Appended | undefined> {
    const ids: string[] = [];
    let last: Appended | undefined;
    const read = this.#client.readStream(name, { fromRevision: expected + 1n, maxCount: events.length });
    try {
      for await (const { event } of read) {
        if (event === undefined) continue;
        ids.push(event.id);
        last = { revision: event.revision, position: event.position ?? { commit: 0n, prepare: 0n } };
      }
    } catch (error) {
      if (error instanceof StreamNotFoundError) return undefined;
      throw error;
    }
    return ids.length === events.length && events.every(({ id }, at) => id === ids[at]) ? last : undefined;
  }

  async #positionOf(name: string, revision: bigint): Promise<Position> {
    for await (const { event } of this.#client.readStream(name, { fromRevision: revision, maxCount: 1 }))
      if (event?.position !== undefined) return event.position;
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
    const events = this.#client.readStream(streamName(stream), {
      direction: backwards ? BACKWARDS : FORWARDS,
      fromRevision: backwards ? END : from,
      ...(count === undefined ? {} : { maxCount: count }),
    });
    try {
      for await (const { event } of events) {
        const decoded = event && this.codec.decode(event);
        if (decoded !== undefined) yield decoded;
      }
    } catch (error) {
      if (error instanceof StreamNotFoundError) return;
      throw readFailure(error);
    }
  }

  /** Every event of ours in log order, from `from` on, inclusive; unreadable ones as such. */
  async *readAll(from?: Position): AsyncGenerator<RecordedEvent | UnreadableEvent> {
    try {
      for await (const { event } of this.#client.readAll({ fromPosition: from ?? START })) {
        const decoded = event && this.#decoded(event);
        if (decoded !== undefined) yield decoded;
      }
    } catch (error) {
      throw readFailure(error);
    }
  }

  #decoded(event: Parameters<Codec['decode']>[0]): RecordedEvent | UnreadableEvent | undefined {
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
      for await (const { event } of this.#client.readAll({ fromPosition: position, maxCount: 1 }))
        return event?.position?.commit === position.commit ? event.id : undefined;
    } catch (error) {
      if (error instanceof Error && /position/i.test(error.message)) return undefined;
      throw readFailure(error);
    }
    return undefined;
  }

  /** One supervised subscription: it resubscribes from the last entry that it handed over. */
  subscribeToAll(options: SubscriptionOptions): Subscription {
    const subscription = new Subscription(
      {
        open: () => this.#client,
        renew: () => this.#renew(),
        decode: (event) => this.#decoded(event),
      },
      options,
      () => this.#subscriptions.delete(subscription),
    );
    this.#subscriptions.add(subscription);
    return subscription;
  }

  #renew(): void {
    const old = this.#client;
    this.#client = EventStoreDBClient.connectionString(this.#url);
    void within(1_000, old.dispose(), () => new Error('still open')).catch(() => undefined);
  }

  async ping(): Promise<void> {
    const probe = async (): Promise<void> => {
      for await (const _event of this.#client.readAll({ maxCount: 1 })) continue;
    };
    await within(2_000, probe(), () => new StoreUnavailable('The event store does not answer.'));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    // dispose() can hang after a read that was left early.
    await within(1_000, this.#client.dispose(), () => new Error('still open')).catch(() => undefined);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const readFailure = (error: unknown): unknown =>
  error instanceof UnreadableEvent
    ? error
    : new StoreUnavailable(`The event store cannot be read: ${messageOf(error)}`);
