import type { NackAction } from '../../codec/group-read.js';
import type { GroupSettings } from '../../codec/group-requests.js';
import { Backlog, type Offered } from './backlog.js';
import { Consumer, type ConsumerOptions, type Outlet } from './consumer.js';
import type { Message } from './message.js';
import { Progress } from './progress.js';
import { newStrategy } from './strategies.js';
import type { Strategy } from './strategy.js';

/** What a group wants done outside. */
export interface GroupPort {
  checkpoint(position: number): void;
  /** Keeps the event aside; `done` tells whether that is on the disk. */
  park(message: Message, reason: string, done: (parked: boolean) => void): void;
  /** A parked event that was delivered again has been answered. */
  replayed(message: Message): void;
  /** Whether the event of a message that was delivered before is in the log no longer, as after a scavenge. */
  isGone(message: Message): boolean;
}

interface InFlight {
  message: Message;
  consumer: Consumer;
  /** When it counts as unanswered. */
  due: number;
}

/** With more bytes than this read ahead a group reads no further, whatever its buffers allow. */
const MOST_READ_AHEAD = 4 * 1024 * 1024;

/**
 * A group of competing consumers: who gets which event, what is tried again, parked or checkpointed. It knows nothing
 * of streams, disks and calls; time is asked of `now`, in milliseconds.
 */
export class Group {
  readonly consumers = new Set<Consumer>();
  readonly progress: Progress;
  readonly backlog = new Backlog();
  /** Deliveries since the group was loaded, repeated ones included. */
  processed = 0;
  private readonly strategy: Strategy;
  /** Every delivery takes equally long to expire, so the order of delivery is the order of expiry. */
  private readonly inFlight = new Map<string, InFlight>();
  /** What could not be parked, until the next tick: given out at once it would come back as quickly as a full disk refuses. */
  private notParked: Message[] = [];
  private isStopped = false;

  constructor(
    readonly settings: GroupSettings,
    checkpoint: number | undefined,
    private readonly port: GroupPort,
    private readonly now: () => number,
  ) {
    const { checkpointAfter, minCheckpointCount, maxCheckpointCount } = settings;
    const after = checkpointAfter === 0 ? Number.POSITIVE_INFINITY : checkpointAfter;
    this.progress = new Progress({ after, atLeast: minCheckpointCount, atMost: maxCheckpointCount }, checkpoint);
    this.strategy = newStrategy(settings.strategy);
  }

  /** How many more events should be read ahead: none, or at least a read batch. */
  get room(): number {
    const { historyBufferSize, readBatchSize } = this.settings;
    const room = historyBufferSize - this.backlog.length;
    return this.isStopped || room <= readBatchSize || this.backlog.bytes > MOST_READ_AHEAD ? 0 : room;
  }

  get outstanding(): number {
    return this.inFlight.size;
  }

  /** The next event of the source. Follow a batch of them by `pump`. */
  arrive(message: Message): void {
    this.progress.begin(message);
    this.backlog.add(message);
  }

  /** The source has events up to `position` that the filter does not let through. */
  skip(position: number, count: number): void {
    this.progress.skip(position, count);
    this.checkpoint(false);
  }

  /** A parked event is to be delivered again. */
  replay(message: Message): void {
    this.backlog.addRetry(message);
  }

  connect(outlet: Outlet, options: Omit<ConsumerOptions, 'extraStatistics'>): Consumer {
    const { extraStatistics } = this.settings;
    const consumer = new Consumer(outlet, { ...options, extraStatistics }, this.now);
    this.consumers.add(consumer);
    this.strategy.join(consumer);
    outlet.joined();
    this.pump();
    return consumer;
  }

  /** What the consumer held goes to the others, as one more try. */
  disconnect(consumer: Consumer): void {
    if (!this.consumers.delete(consumer)) return;
    this.strategy.leave(consumer);
    for (const id of [...consumer.held.keys()]) {
      const message = this.take(id);
      if (message !== undefined) this.retry(message);
    }
    this.pump();
  }

  /** Gives out what waits, as far as consumers have room. */
  pump(): void {
    if (!this.isStopped && this.consumers.size > 0) this.backlog.offerAll((message) => this.offer(message));
  }

  private offer(message: Message): Offered {
    // Two events of one id cannot be told apart by the consumer's answer: the second waits for that of the first.
    if (this.inFlight.has(message.id)) return 'passed over';
    if (message.record === undefined && this.port.isGone(message)) {
      this.finish(message);
      return 'taken';
    }
    const consumer = this.strategy.choose(message);
    if (consumer === 'all are busy') return 'nobody';
    if (consumer === 'its consumer is busy') return 'passed over';
    const { messageTimeout } = this.settings;
    const due = messageTimeout === 0 ? Number.POSITIVE_INFINITY : this.now() + messageTimeout;
    this.inFlight.set(message.id, { message, consumer, due });
    this.strategy.given(message);
    this.processed += 1;
    consumer.give(message);
    message.record = undefined;
    return 'taken';
  }

  acknowledge(ids: string[]): void {
    for (const id of ids) {
      const message = this.take(id);
      if (message !== undefined) this.finish(message);
    }
    this.afterAnswers();
  }

  /** `stop` does what `skip` does, as on the real server. */
  refuse(ids: string[], action: NackAction, reason: string): void {
    for (const id of ids) {
      const message = this.take(id);
      if (message === undefined) continue;
      if (action === 'park') this.park(message, `Client explicitly NAK'ed message.\n${reason}`);
      else if (action === 'retry' || action === 'unknown') this.retryOrPark(message);
      else this.finish(message);
    }
    this.afterAnswers();
  }

  private afterAnswers(): void {
    this.checkpoint(false);
    this.pump();
  }

  /** Takes a message from its consumer; undefined when nobody has it, as after it expired. */
  private take(id: string): Message | undefined {
    const flight = this.inFlight.get(id);
    if (flight === undefined) return undefined;
    this.inFlight.delete(id);
    flight.consumer.release(flight.message);
    this.strategy.released(flight.message, flight.consumer);
    return flight.message;
  }

  private finish(message: Message): void {
    if (message.isReplayed) this.port.replayed(message);
    else this.progress.answered(message);
  }

  private retry(message: Message): void {
    message.retryCount += 1;
    this.backlog.addRetry(message);
  }

  private retryOrPark(message: Message): void {
    const { maxRetryCount } = this.settings;
    if (message.retryCount < maxRetryCount) this.retry(message);
    else this.park(message, `Reached retry count of ${maxRetryCount}`);
  }

  /** An event counts as answered when it is parked for certain. When that fails, it is delivered again after a while. */
  private park(message: Message, reason: string): void {
    this.port.park(message, reason, (parked) => {
      if (this.isStopped) return;
      if (parked) this.finish(message);
      else this.notParked.push(message);
      this.afterAnswers();
    });
  }

  /** To be called about once a second: what is unanswered for too long is tried again, and checkpoints are written. */
  tick(): void {
    if (this.isStopped) return;
    for (const message of this.notParked.splice(0)) this.retry(message);
    const now = this.now();
    for (const [id, { due }] of this.inFlight) {
      if (due > now) break;
      const message = this.take(id);
      if (message !== undefined) this.retryOrPark(message);
    }
    this.pump();
    this.checkpoint(true);
  }

  private checkpoint(isTimeCheck: boolean): void {
    if (this.isStopped) return;
    const position = this.progress.due(this.now(), isTimeCheck);
    if (position !== undefined) this.port.checkpoint(position);
  }

  /** Drops all consumers; nothing happens any more. */
  stop(error?: Error): void {
    this.isStopped = true;
    for (const consumer of [...this.consumers]) {
      this.consumers.delete(consumer);
      consumer.outlet.drop(error);
    }
  }
}
