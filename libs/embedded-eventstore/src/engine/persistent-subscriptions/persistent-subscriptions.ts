import type { GroupInfo } from '../../codec/group-info.js';
import type { Acknowledge } from '../../storage/batch.js';
import type { Engine } from '../engine.js';
import { META_PREFIX } from '../stream-state.js';
import { readConfiguration, writeConfiguration } from './configuration.js';
import { ALL, checkDefinition, type GroupDefinition, GroupRefusal, keyOf } from './definition.js';
import { startOf } from './places.js';
import { Subscription } from './subscription.js';
import {
  checkpointStream,
  CONFIG_STREAM,
  deleteIfThere,
  jsonEvent,
  lastData,
  parkedStream,
  write,
  writeMetadata,
} from './system-streams.js';

/** How often time-outs and checkpoints are looked at, as on the real server. */
const TICK_MS = 1000;

/** All groups of persistent subscriptions. They are kept in `$persistentSubscriptionConfig`. */
export class PersistentSubscriptions {
  private readonly running = new Map<string, Subscription>();
  /** Groups that are kept and cannot be started, as when somebody wrote into their checkpoint stream. */
  private readonly broken = new Map<string, { definition: GroupDefinition; reason: string }>();
  private readonly timer: NodeJS.Timeout;
  private unreadable: Error | undefined;

  constructor(
    readonly engine: Engine,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.load();
    this.timer = setInterval(() => this.tick(), TICK_MS).unref();
  }

  /** Makes the groups those of the configuration; what runs already under the same definition goes on. */
  private load(): void {
    const data = lastData(this.engine, CONFIG_STREAM);
    this.unreadable = undefined;
    const wanted = new Map<string, GroupDefinition>();
    try {
      for (const one of data === undefined ? [] : readConfiguration(data))
        wanted.set(keyOf(one.source, one.group), one);
    } catch (error) {
      this.unreadable = new Error(`The groups in ${CONFIG_STREAM} cannot be read: ${String(error)}`);
    }
    for (const [key, subscription] of this.running) {
      if (JSON.stringify(subscription.definition) === JSON.stringify(wanted.get(key))) wanted.delete(key);
      else this.end(key, subscription);
    }
    this.broken.clear();
    for (const [key, definition] of wanted) this.beginOrKeep(key, definition);
  }

  private beginOrKeep(key: string, definition: GroupDefinition): void {
    try {
      this.begin(key, definition);
    } catch (error) {
      this.broken.set(key, { definition, reason: error instanceof Error ? error.message : String(error) });
    }
  }

  private begin(key: string, definition: GroupDefinition): void {
    this.running.set(key, new Subscription(this.engine, definition, this.now));
  }

  private end(key: string, subscription: Subscription): void {
    subscription.stop();
    this.running.delete(key);
  }

  tick(): void {
    for (const subscription of this.running.values()) subscription.tick();
  }

  /** `by` is who asks. `done` is called when the group is there for good, or with the reason why it is not. */
  create(definition: Omit<GroupDefinition, 'end'>, by: string, done: Acknowledge): void {
    this.refuseUnreadable();
    const { source, group } = definition;
    const complete = this.complete(definition);
    const key = keyOf(source, group);
    if (this.running.has(key) || this.broken.has(key)) throw new GroupRefusal('exists', source, group);
    this.begin(key, complete);
    this.save(by, done);
  }

  /** Changes all settings. Consumers are dropped, and the group goes on from its checkpoint, if it has one. */
  update(definition: Omit<GroupDefinition, 'end'>, by: string, done: Acknowledge): void {
    const { source, group } = definition;
    const old = this.find(source, group);
    const complete = this.complete({ ...definition, filter: old.definition.filter });
    const key = keyOf(source, group);
    old.stop();
    this.begin(key, complete);
    this.save(by, done);
  }

  private complete(definition: Omit<GroupDefinition, 'end'>): GroupDefinition {
    const { log } = this.engine;
    const { events } = log;
    const complete = { ...definition, end: undefined };
    checkDefinition(complete, events.length === 0 ? 0 : events.at(events.length - 1));
    if (startOf(definition.startFrom) !== 'end') return complete;
    const end =
      definition.source === ALL ? log.durableEnd : (this.engine.streams.find(definition.source)?.visible ?? 0);
    return { ...complete, end };
  }

  delete(source: string, group: string, by: string, done: Acknowledge): void {
    const key = keyOf(source, group);
    if (!this.broken.delete(key)) this.end(key, this.find(source, group));
    // A group of the same name must not go on from an old checkpoint, so that goes before the configuration.
    deleteIfThere(this.engine, checkpointStream(key));
    deleteIfThere(this.engine, parkedStream(key));
    this.save(by, done);
  }

  private save(by: string, done: Acknowledge): void {
    const metastream = this.engine.streams.find(META_PREFIX + CONFIG_STREAM);
    if (metastream === undefined || metastream.last < 0)
      writeMetadata(this.engine, CONFIG_STREAM, '{"$maxCount":2}', () => {});
    const definitions = [...this.running.values(), ...this.broken.values()].map(({ definition }) => definition);
    const data = writeConfiguration(definitions, by, new Date());
    write(this.engine, CONFIG_STREAM, jsonEvent('$PersistentConfig', data), (error) => {
      if (error !== undefined) this.load();
      done(error);
    });
  }

  find(source: string, group: string): Subscription {
    this.refuseUnreadable();
    const key = keyOf(source, group);
    const broken = this.broken.get(key);
    if (broken !== undefined) throw new GroupRefusal('failed', source, group, broken.reason);
    const subscription = this.running.get(key);
    if (subscription === undefined) throw new GroupRefusal('does not exist', source, group);
    return subscription;
  }

  /** The groups of one source, or all. A source without groups is refused, as on the real server. */
  list(source?: string): GroupInfo[] {
    this.refuseUnreadable();
    const listed = [...this.running.values()].filter(
      ({ definition }) => source === undefined || definition.source === source,
    );
    if (listed.length === 0 && source !== undefined) throw new GroupRefusal('does not exist', source, '');
    return listed.map((subscription) => subscription.info());
  }

  private refuseUnreadable(): void {
    if (this.unreadable !== undefined) throw this.unreadable;
  }

  /** Drops all consumers and starts every group again from what is kept of it. */
  restart(): void {
    this.stopAll();
    this.load();
  }

  private stopAll(): void {
    for (const [key, subscription] of this.running) this.end(key, subscription);
  }

  close(): void {
    clearInterval(this.timer);
    this.stopAll();
  }
}
