import type { GroupInfo } from '../../codec/group-info.js';
import type { NackAction } from '../../codec/group-read.js';
import { recordStream } from '../../codec/recorded-event.js';
import type { Engine } from '../engine.js';
import { compileFilter, type Filter } from '../filter.js';
import { type Body, bodyOf } from './bodies.js';
import { type Consumer, type Outlet, perSecond } from './consumer.js';
import { ALL, type GroupDefinition, GroupRefusal, keyOf } from './definition.js';
import { Group } from './group.js';
import type { Message } from './message.js';
import { Parked } from './parked.js';
import { pinOf } from './pins.js';
import { placeFrom, placeText, startOf, startText } from './places.js';
import { AllSource, type Source, StreamSource, TOMBSTONE_PLACE } from './sources.js';
import { checkpointStream, jsonEvent, lastData, write } from './system-streams.js';

/** So much is read in one turn; then other work goes on. */
const READ_PER_TURN = 1000;
const MATCH_EVERYTHING: Filter = () => true;

/** A group at work: it is fed from the log, and its checkpoints and parked events are kept in streams. */
export class Subscription {
  readonly group: Group;
  private readonly inAll: boolean;
  private readonly source: Source;
  private readonly parked: Parked;
  private readonly checkpoints: string;
  private readonly unfollow: () => void;
  private isWriting = false;
  private nextCheckpoint: number | undefined;
  private isWoken = false;
  private isStopped = false;
  private failure: Error | undefined;
  private lastKnown: number | undefined;
  private measured: { at: number; items: number };

  constructor(
    private readonly engine: Engine,
    readonly definition: GroupDefinition,
    private readonly now: () => number,
  ) {
    const { source, group, settings, startFrom } = definition;
    const key = keyOf(source, group);
    this.inAll = source === ALL;
    this.checkpoints = checkpointStream(key);
    this.parked = new Parked(engine, key, pinOf(settings.strategy, engine, true));
    const checkpoint = this.loadCheckpoint();
    this.measured = { at: now(), items: 0 };
    this.group = new Group(settings, checkpoint, this, now);
    const start = startOf(startFrom);
    const first = start === 'end' ? (definition.end ?? 0) : start;
    this.source = this.newSource(checkpoint === undefined ? first : after(checkpoint));
    this.unfollow = this.source.follow(() => this.wake());
    this.feed();
  }

  private newSource(from: number): Source {
    const { source, settings, filter } = this.definition;
    const pin = pinOf(settings.strategy, this.engine, settings.resolveLinks);
    if (!this.inAll) return new StreamSource(this.engine, source, from, pin);
    const wanted = filter === undefined ? MATCH_EVERYTHING : compileFilter(filter);
    return new AllSource(this.engine, from, (record) => !isOwn(record) && wanted(record), pin);
  }

  private loadCheckpoint(): number | undefined {
    const data = lastData(this.engine, this.checkpoints);
    if (data === undefined) return undefined;
    const place = placeFrom(String(JSON.parse(data)));
    if (typeof place === 'number') return place;
    throw new Error(`The last event of ${this.checkpoints} is no checkpoint: ${data}`);
  }

  /** There may be more to read. Answers of this turn leave before events do. */
  wake(): void {
    if (this.isWoken || this.isStopped || !this.hasMore) return;
    this.isWoken = true;
    queueMicrotask(() => this.feed());
  }

  private feed(): void {
    this.isWoken = false;
    if (this.isStopped) return;
    try {
      this.readOn();
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    this.group.pump();
    if (!this.hasMore || this.isWoken) return;
    this.isWoken = true;
    setImmediate(() => this.feed());
  }

  private get hasMore(): boolean {
    return this.group.room > 0 && (this.parked.isReplaying || !this.source.isAtEnd);
  }

  private readOn(): void {
    const until = this.source.ahead - READ_PER_TURN;
    while (this.hasMore) {
      if (this.parked.isReplaying) this.parked.read(this.group.room, (message) => this.group.replay(message));
      else if (this.source.ahead > until) this.source.read(this.group.room, this);
      else return;
    }
  }

  arrive(message: Message): void {
    this.lastKnown = message.position;
    this.group.arrive(message);
  }

  skip(position: number, count: number): void {
    this.group.skip(position, count);
  }

  /** A damaged log: consumers are told, now and later, and nothing is delivered any more. */
  private fail(error: Error): void {
    this.failure = error;
    this.isStopped = true;
    this.unfollow();
    this.group.stop(error);
  }

  connect(outlet: Outlet, options: { username: string; connectionName: string; bufferSize: number }): Consumer {
    const { source, group, settings } = this.definition;
    if (this.failure !== undefined) throw this.failure;
    if (settings.maxSubscriberCount !== 0 && this.group.consumers.size >= settings.maxSubscriberCount)
      throw new GroupRefusal('full', source, group);
    return this.group.connect(outlet, options);
  }

  disconnect(consumer: Consumer): void {
    this.group.disconnect(consumer);
  }

  acknowledge(ids: string[]): void {
    this.group.acknowledge(ids);
    this.wake();
  }

  refuse(ids: string[], action: NackAction, reason: string): void {
    this.group.refuse(ids, action, reason);
    this.wake();
  }

  /** A consumer has taken what was sent to it. */
  drained(): void {
    this.group.pump();
    this.wake();
  }

  bodyOf(message: Message): Body {
    return bodyOf(this.engine, message, this.definition.settings.resolveLinks);
  }

  /** One write at a time; of those that become due meanwhile the last one follows. */
  checkpoint(position: number): void {
    this.nextCheckpoint = position;
    if (!this.isWriting) this.writeCheckpoint();
  }

  private writeCheckpoint(): void {
    if (this.nextCheckpoint === undefined || this.isStopped) return;
    const place = JSON.stringify(placeText(this.nextCheckpoint, this.inAll));
    this.nextCheckpoint = undefined;
    this.isWriting = true;
    // A checkpoint that fails costs repeated deliveries after a restart, and the next one makes up for it.
    write(this.engine, this.checkpoints, jsonEvent('SubscriptionCheckpoint', place), () => {
      this.isWriting = false;
      this.writeCheckpoint();
    });
  }

  park(message: Message, reason: string, done: (parked: boolean) => void): void {
    let body: Body;
    try {
      body = this.bodyOf(message);
    } catch {
      // A record that cannot be read is delivered again, and the consumer's call then fails with the reason.
      done(false);
      return;
    }
    this.parked.park(body, reason, (error) => done(error === undefined));
  }

  /** The newest event may be on the disk before its position is in the list, and cannot be gone. */
  isGone({ at }: Message): boolean {
    const { events } = this.engine.log;
    const index = events.lowerBound(at);
    return index < events.length && events.at(index) !== at;
  }

  replayed(message: Message): void {
    this.parked.answered(message);
  }

  /** Delivers parked events again, those before the number `stopAt`. */
  replayParked(stopAt: number): void {
    this.parked.replay(stopAt);
    this.wake();
  }

  tick(): void {
    if (this.isStopped) return;
    this.group.tick();
    this.parked.tick();
    this.wake();
  }

  stop(): void {
    if (this.isStopped) return;
    this.isStopped = true;
    this.unfollow();
    this.group.stop();
  }

  /** Asking begins the next measurement of the rates, as on the real server. */
  info(): GroupInfo {
    const { group, definition, measured } = this;
    const seconds = (this.now() - measured.at) / 1000;
    const itemsSinceLast = group.processed - measured.items;
    this.measured = { at: this.now(), items: group.processed };
    const connections = [...group.consumers].map((consumer) => consumer.info(seconds));
    const text = (place: number | undefined): string => (place === undefined ? '' : placeText(place, this.inAll));
    return {
      source: definition.source,
      group: definition.group,
      status: this.source.isAtEnd ? 'Live' : 'Behind',
      connections,
      averagePerSecond: perSecond(itemsSinceLast, seconds),
      totalItems: group.processed,
      itemsSinceLast,
      lastCheckpoint: text(group.progress.checkpoint),
      lastKnown: text(this.lastKnown),
      startFrom: startText(definition.startFrom, this.inAll),
      settings: definition.settings,
      readBuffer: group.backlog.readAhead,
      liveBuffer: Math.min(this.source.ahead, definition.settings.liveBufferSize),
      retryBuffer: group.backlog.retryCount,
      inFlight: connections.reduce((sum, { inFlight }) => sum + inFlight, 0),
      outstanding: group.outstanding,
      parked: this.parked.count,
    };
  }
}

const after = (checkpoint: number): number =>
  checkpoint === TOMBSTONE_PLACE ? Number.POSITIVE_INFINITY : checkpoint + 1;

/** What groups on `$all` keep of themselves is not delivered to them, or every checkpoint would ask for another. */
function isOwn(record: Buffer): boolean {
  const stream = recordStream(record);
  if (stream[0] !== DOLLAR || !stream.subarray(0, OWN_PREFIX.length).equals(OWN_PREFIX)) return false;
  return /-(checkpoint|parked)$/.test(stream.toString());
}

const OWN_PREFIX = Buffer.from('$persistentsubscription-$all::');
const DOLLAR = 0x24;
