import {
  StoreUnavailable,
  UnreadableEvent,
  type EventLog,
  type StreamDecider,
  type Subscription,
} from '@app/event-store';
import type { Clock, Position, RecordedEvent } from '@app/kernel';
import type { ReadModels } from '@app/projections';
import { processes as runningProcesses } from '../read-models/processes/processes.js';
import { ParkedSteps, everyProcess, type ParkedStep } from './parked-steps.js';
import { ProcessCheckpoint } from './process-checkpoint.js';
import type { Process } from './process-definition.js';
import { ProcessSteps, instanceOf, streamOf, type Instance } from './process-steps.js';

type Entry = RecordedEvent | UnreadableEvent;

const mostQueued = 2_000;
const eventsBetweenCheckpoints = 200;
const mostWokenAtOnce = 500;
const millisecondsUntilRetry = 1_000;

/**
 * Hears the log from a durable checkpoint on and looks for what is due. Every event is heard at least once and has its
 * effect exactly once; a step that fails is parked with those that follow it in the same instance, all others go on.
 */
export class ProcessEngine {
  readonly #steps: ProcessSteps;
  readonly #checkpoint: ProcessCheckpoint;
  readonly #parked: ParkedSteps;
  readonly #byName: ReadonlyMap<string, Process>;
  readonly #types: readonly string[];
  #subscription: Subscription | undefined;
  #queue: Entry[] = [];
  #work: Promise<void> = Promise.resolve();
  #busy = false;
  #stopped = true;
  #heard: Position | undefined;
  #failure: unknown;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly log: EventLog,
    decider: StreamDecider,
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
    private readonly processes: readonly Process[],
    /** Milliseconds from one look for due timers to the next. */
    private readonly lookEvery = 1_000,
  ) {
    this.#steps = new ProcessSteps(decider, clock);
    const hears = processes.flatMap((one) => Object.keys(one.hears).map((type) => `${one.name} ${type}`));
    this.#checkpoint = new ProcessCheckpoint(readModels, log, hears);
    this.#parked = new ParkedSteps(readModels, log);
    this.#byName = new Map(processes.map((process) => [process.name, process]));
    this.#types = [...new Set(processes.flatMap(({ hears }) => Object.keys(hears)))];
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** Why the engine stands still; undefined while it works. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Instances with parked steps. */
  get parkedInstances(): number {
    return this.#parked.size;
  }

  /** Last event that has had its effect. */
  get heard(): Position | undefined {
    return this.#heard;
  }

  async start(): Promise<void> {
    this.#heard = await this.#checkpoint.find();
    await this.#parked.load();
    this.#stopped = false;
    this.#subscribe();
    this.#lookLater();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#subscription?.stop();
    this.#subscription = undefined;
    this.#queue = [];
    await this.#work;
  }

  /** Takes the steps of all timers that are due by the clock, and sends what waits to be sent. */
  wakeDue(): Promise<void> {
    return this.#exclusively(async () => {
      const now = this.clock.now().toISOString();
      // Behind a parked step everything of its instance waits.
      const waiting =
        this.#parked.size === 0 ? [] : (await this.#parked.list()).map(({ instance }) => instance.replace(/^\w+-/, ''));
      const due = this.readModels
        .collection(runningProcesses)
        .find({ wakeAt: { $lte: now }, ...(waiting.length === 0 ? {} : { _id: { $nin: waiting } }) })
        .sort({ wakeAt: 1, _id: 1 })
        .limit(mostWokenAtOnce);
      for (const { agency, process, key } of await due.toArray())
        await this.#take({ tenant: agency, name: process, key }, undefined);
    });
  }

  parked(): Promise<ParkedStep[]> {
    return this.#parked.list();
  }

  /** Takes the parked steps of an instance again, in order, until one fails. @returns how many are left. */
  retry(instance: string): Promise<number> {
    return this.#exclusively(() => this.#retry(instance));
  }

  /** Gives up the first parked step of an instance, then goes on with those behind it. @returns how many are left. */
  skip(instance: string): Promise<number> {
    return this.#exclusively(async () => {
      const [first] = await this.#parked.of(instance);
      if (first !== undefined) await this.#parked.remove(first);
      return this.#retry(instance);
    });
  }

  async #retry(instance: string): Promise<number> {
    const waiting = await this.#parked.of(instance);
    for (const [done, parked] of waiting.entries()) {
      try {
        await this.#again(parked);
      } catch (error) {
        if (error instanceof StoreUnavailable) throw error;
        await this.#parked.failedAgain(parked, error);
        return waiting.length - done;
      }
      await this.#parked.remove(parked);
    }
    return 0;
  }

  async #again(parked: ParkedStep): Promise<void> {
    const event = await this.#parked.read(parked);
    if (parked.process === everyProcess) {
      if (event !== undefined) await this.#hear(event);
      return;
    }
    const process = this.#byName.get(parked.process);
    if (process === undefined) throw new Error(`There is no process ${parked.process} any more.`);
    const [, tenant = '', id = ''] = /^\w+-([^/]+)\/(.*)$/s.exec(parked.instance) ?? [];
    const instance = instanceOf(tenant, id);
    if (event === undefined) await this.#steps.wake(process, instance);
    else await this.#steps.hear(process, instance.key, event);
  }

  #subscribe(): void {
    if (this.#types.length === 0) return;
    this.#subscription = this.log.subscribeToAll({
      ...(this.#heard === undefined ? {} : { from: this.#heard }),
      types: this.#types,
      onEvent: (entry) => this.#queueUp(entry),
      onCheckpoint: (position) => this.#pass(position),
    });
  }

  #queueUp(entry: Entry): void {
    this.#queue.push(entry);
    if (this.#queue.length >= mostQueued) this.#subscription?.pause();
    this.#begin();
  }

  /** Nothing of ours up to `position`. While something waits, its own position will be the checkpoint. */
  #pass(position: Position): void {
    if (this.#busy || this.#queue.length > 0 || this.#stopped) return;
    this.#heard = position;
    void this.#exclusively(() => this.#checkpoint.savePassed(position)).catch(() => undefined);
  }

  #begin(): void {
    if (this.#busy || this.#queue.length === 0 || this.#stopped) return;
    this.#busy = true;
    setImmediate(() => void this.#drain());
  }

  async #drain(): Promise<void> {
    try {
      while (this.#queue.length > 0 && !this.#stopped) await this.#exclusively(() => this.#apply());
    } catch (error) {
      this.#failure = error;
      await this.#startOver();
    }
    this.#busy = false;
    this.#begin();
  }

  /** A store is away: what has had no effect yet is heard again after the last event that had. */
  async #startOver(): Promise<void> {
    await this.#subscription?.stop();
    this.#queue = [];
    await new Promise((resolve) => setTimeout(resolve, millisecondsUntilRetry));
    if (this.#stopped) return;
    this.#failure = undefined;
    this.#subscribe();
  }

  async #apply(): Promise<void> {
    const batch = this.#queue.slice(0, eventsBetweenCheckpoints);
    let last: Entry | undefined;
    for (const entry of batch) {
      if (this.#stopped) break;
      await this.#hear(entry);
      last = entry;
      this.#heard = entry.position;
      this.#queue.shift();
    }
    if (last !== undefined) await this.#checkpoint.save(last);
    if (this.#queue.length < mostQueued / 2) this.#subscription?.resume();
  }

  async #hear(entry: Entry): Promise<void> {
    if (entry instanceof UnreadableEvent) {
      await this.#parked.park(everyProcess, entry.streamName, entry, entry);
      return;
    }
    if (this.#parked.has(entry.streamName)) {
      await this.#parked.park(everyProcess, entry.streamName, entry);
      return;
    }
    for (const process of this.processes) {
      for (const key of process.hears[entry.type]?.(entry) ?? [])
        await this.#take({ tenant: entry.stream.tenant, name: process.name, key }, entry);
    }
  }

  /** @throws StoreUnavailable: nothing else stops the engine. */
  async #take(instance: Instance, event: RecordedEvent | undefined): Promise<void> {
    const stream = streamOf(instance);
    if (this.#parked.has(stream)) {
      await this.#parked.park(instance.name, stream, event);
      return;
    }
    try {
      const process = this.#byName.get(instance.name);
      if (process === undefined) throw new Error(`There is no process ${instance.name} any more.`);
      if (event === undefined) await this.#steps.wake(process, instance);
      else await this.#steps.hear(process, instance.key, event);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      await this.#parked.park(instance.name, stream, event, error);
    }
  }

  #lookLater(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      // A store that is away is asked again at the next look.
      void this.wakeDue()
        .catch(() => undefined)
        .finally(() => this.#lookLater());
    }, this.lookEvery);
  }

  /** Events, timers and retries take turns. */
  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#work.then(work);
    this.#work = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }
}
