import type { ConnectionInfo } from '../../codec/group-info.js';
import type { Message } from './message.js';
import { Timings } from './timings.js';

/** The way to a consumer. */
export interface Outlet {
  /** False while the consumer has not taken what was sent. */
  readonly isReady: boolean;
  /** The group has taken the consumer in; deliveries follow. */
  joined(): void;
  deliver(message: Message): void;
  /** Ends the call: the group was changed or deleted, or it failed with `error`. */
  drop(error?: Error): void;
}

export interface ConsumerOptions {
  username: string;
  connectionName: string;
  /** How many unanswered events it takes at most. */
  bufferSize: number;
  extraStatistics: boolean;
}

/** More unanswered events than this are not remembered for one consumer, whatever it asks for. */
export const MOST_UNANSWERED = 100_000;

/** One consumer of a group, and what it holds. */
export class Consumer {
  readonly held = new Map<string, Message>();
  private readonly slots: number;
  private readonly timings: Timings | undefined;
  private total = 0;
  private lastTotal = 0;

  constructor(
    readonly outlet: Outlet,
    private readonly options: ConsumerOptions,
    private readonly now: () => number,
  ) {
    this.slots = Math.min(options.bufferSize, MOST_UNANSWERED);
    if (options.extraStatistics) this.timings = new Timings();
  }

  get hasRoom(): boolean {
    return this.held.size < this.slots && this.outlet.isReady;
  }

  give(message: Message): void {
    this.held.set(message.id, message);
    this.total += 1;
    this.timings?.start(message.id, this.now());
    this.outlet.deliver(message);
  }

  release(message: Message): void {
    this.held.delete(message.id);
    this.timings?.end(message.id, this.now());
  }

  /** Asking moves the beginning of the next measurement. */
  info(secondsSinceLast: number): ConnectionInfo {
    const itemsSinceLast = this.total - this.lastTotal;
    this.lastTotal = this.total;
    return {
      username: this.options.username,
      connectionName: this.options.connectionName,
      averagePerSecond: perSecond(itemsSinceLast, secondsSinceLast),
      totalItems: this.total,
      itemsSinceLast,
      measurements: this.timings?.measurements() ?? [],
      availableSlots: this.slots - this.held.size,
      inFlight: this.held.size,
    };
  }
}

export const perSecond = (items: number, seconds: number): number => (seconds > 0 ? Math.floor(items / seconds) : 0);
