import type { Position, RecordedEvent } from '@app/kernel';
import {
  START,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import type { Codec } from './codec.js';
import type { UnreadableEvent } from './errors.js';
import { followedEvents } from './followed-events.js';
import { backoff, pause } from './time-limit.js';

export interface SubscriptionOptions {
  /** Exclusive; from the beginning when there is none. */
  readonly from?: Position;
  /** Only events of these types; the server leaves the others out. All of ours without it. */
  readonly types?: readonly string[];
  readonly onEvent: (event: RecordedEvent | UnreadableEvent) => void;
  /**
   * In band: everything of ours up to `position` was handed over before. Comes now and then while the log grows by
   * events that are not ours, so that a restart need not read them again.
   */
  readonly onCheckpoint?: (position: Position) => void;
  readonly onDropped?: (reason: unknown) => void;
}

interface Source {
  readonly open: () => EventStoreDBClient;
  /** After repeated failures the client itself may be what is broken. */
  readonly renew: () => void;
  readonly decode: (event: Parameters<Codec['decode']>[0]) => RecordedEvent | UnreadableEvent | undefined;
  /** Whether the log has an event after `position` that should have been heard of. */
  readonly isBehind: (position: Position | undefined) => Promise<boolean>;
  readonly heartbeat: number;
}

/** The server passed this position. Travels among the events: the client's own callback runs ahead of them. */
class Checkpoint {
  constructor(readonly position: Position) {}
}

type Arrival = AllStreamResolvedEvent | Checkpoint;

const failuresUntilRenewal = 3;
const mostSkippedUnnoticed = 1_000;

/** A catch-up subscription to `$all` that lives until it is stopped, whatever the server does. */
export class Subscription {
  readonly #stopping = new AbortController();
  #paused = false;
  /** Of the last event that arrived, ours or not. */
  #position: Position | undefined;
  /** Of the last event or checkpoint that was handed over. */
  #told: Position | undefined;
  #arrivals = 0;
  #skipped = 0;
  #current: AllStreamSubscription | undefined;
  readonly #done: Promise<void>;

  constructor(
    private readonly source: Source,
    private readonly options: SubscriptionOptions,
    private readonly onStopped: () => void,
  ) {
    this.#position = this.#told = options.from;
    this.#done = this.#supervise();
  }

  /** Back-pressure: the server's flow control holds what is not read. */
  pause(): void {
    this.#paused = true;
    this.#current?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#current?.resume();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#leave();
    await this.#done;
    this.onStopped();
  }

  async #supervise(): Promise<void> {
    for (let failures = 0; !this.#stopping.signal.aborted;) {
      const before = this.#arrivals;
      try {
        await this.#follow();
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        this.options.onDropped?.(error);
      }
      failures = this.#arrivals === before ? failures + 1 : 0;
      if (failures > 0 && failures % failuresUntilRenewal === 0) this.source.renew();
      await pause(backoff(failures), this.#stopping.signal);
    }
  }

  async #follow(): Promise<void> {
    const subscription = this.source.open().subscribeToAll({
      fromPosition: this.#position ?? START,
      filter: followedEvents((behind, position) => void behind.push(new Checkpoint(position)), this.options.types),
    });
    this.#current = subscription;
    if (this.#paused) subscription.pause();
    let watch: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        subscription.on('data', (arrival: Arrival) => this.#take(arrival));
        subscription.on('error', reject);
        subscription.on('end', resolve);
        subscription.on('close', resolve);
        watch = this.#watch(reject);
      });
    } finally {
      clearInterval(watch);
      this.#leave();
    }
  }

  #take(arrival: Arrival): void {
    if (this.#stopping.signal.aborted) return;
    this.#arrivals += 1;
    if (arrival instanceof Checkpoint) {
      this.#pass(arrival.position);
      return;
    }
    const { event } = arrival;
    if (event?.position === undefined) return;
    const decoded = this.source.decode(event);
    if (decoded !== undefined) {
      this.#position = this.#told = event.position;
      this.#skipped = 0;
      this.options.onEvent(decoded);
    } else if (++this.#skipped >= mostSkippedUnnoticed) this.#pass(event.position);
    else this.#position = event.position;
  }

  #pass(position: Position): void {
    // Going live, the server repeats the position of what it sent last, or none at all: 0.
    if (position.commit <= (this.#told?.commit ?? 0n)) return;
    this.#position = this.#told = position;
    this.#skipped = 0;
    this.options.onCheckpoint?.(position);
  }

  /** A subscription can fall silent without an error. Silent twice while the log goes on: it is dead. */
  #watch(drop: (reason: Error) => void): NodeJS.Timeout {
    let heard = this.#arrivals;
    let suspected = false;
    const look = async (): Promise<void> => {
      if (this.#paused || this.#arrivals !== heard) {
        [heard, suspected] = [this.#arrivals, false];
        return;
      }
      // Where the store cannot be asked, nothing is known about the subscription.
      const isBehind = await this.source.isBehind(this.#position).catch(() => false);
      if (!isBehind || this.#paused || this.#arrivals !== heard) suspected = false;
      else if (!suspected) suspected = true;
      else {
        this.source.renew();
        drop(new Error('The log goes on, but the subscription hears nothing of it.'));
      }
    };
    return setInterval(() => void look(), this.source.heartbeat);
  }

  /** Ends the call at the server too. */
  #leave(): void {
    const subscription = this.#current;
    this.#current = undefined;
    if (subscription === undefined) return;
    subscription.on('error', () => undefined);
    subscription.unsubscribe().catch(() => undefined);
    subscription.destroy();
  }
}
