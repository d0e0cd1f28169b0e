import type { Position, RecordedEvent } from '@app/kernel';
import { START, excludeSystemEvents, type AllStreamSubscription, type EventStoreDBClient } from '@eventstore/db-client';
import type { Codec } from './codec.js';
import type { UnreadableEvent } from './errors.js';
import { backoff, pause } from './time-limit.js';

export interface SubscriptionOptions {
  /** Exclusive; from the beginning when there is none. */
  readonly from?: Position;
  readonly onEvent: (event: RecordedEvent | UnreadableEvent) => void;
  /** In band: everything up to `position` was handed over before. */
  readonly onCheckpoint?: (position: Position) => void;
  readonly onCaughtUp?: () => void;
  readonly onDropped?: (reason: unknown) => void;
}

interface Source {
  readonly open: () => EventStoreDBClient;
  /** After repeated failures the client itself may be what is broken. */
  readonly renew: () => void;
  readonly decode: (event: Parameters<Codec['decode']>[0]) => RecordedEvent | UnreadableEvent | undefined;
}

const failuresUntilRenewal = 3;

/** A catch-up subscription to `$all` that lives until it is stopped, whatever the server does. */
export class Subscription {
  #stopped = false;
  #paused = false;
  #position: Position | undefined;
  #current: AllStreamSubscription | undefined;
  readonly #done: Promise<void>;

  constructor(
    private readonly source: Source,
    private readonly options: SubscriptionOptions,
    private readonly onStopped: () => void,
  ) {
    this.#position = options.from;
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
    this.#stopped = true;
    this.#current?.destroy();
    await this.#done;
    this.onStopped();
  }

  async #supervise(): Promise<void> {
    for (let failures = 0; !this.#stopped;) {
      const before = this.#position;
      try {
        await this.#follow();
      } catch (error) {
        if (this.#stopped) return;
        this.options.onDropped?.(error);
      }
      failures = this.#position === before ? failures + 1 : 0;
      if (failures > 0 && failures % failuresUntilRenewal === 0) this.source.renew();
      if (!this.#stopped) await pause(backoff(failures));
    }
  }

  #follow(): Promise<void> {
    return new Promise((resolve, reject) => {
      const subscription = this.source.open().subscribeToAll({
        fromPosition: this.#position ?? START,
        filter: excludeSystemEvents({ checkpointInterval: 32 }),
      });
      this.#current = subscription;
      if (this.#paused) subscription.pause();
      subscription.on('data', ({ event }) => {
        if (event === undefined || this.#stopped) return;
        const decoded = this.source.decode(event);
        this.#position = event.position ?? this.#position;
        if (decoded !== undefined) this.options.onEvent(decoded);
      });
      subscription.on('caughtUp', () => this.options.onCaughtUp?.());
      subscription.on('error', reject);
      subscription.on('end', resolve);
      subscription.on('close', resolve);
    });
  }
}
