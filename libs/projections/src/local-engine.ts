import { UnreadableEvent, type EventLog, type Subscription } from '@app/event-store';
import type { Position, RecordedEvent } from '@app/kernel';
import type { Collection } from 'mongodb';
import { Checkpoints } from './checkpoints.js';
import { ParkedEvents, type ParkedEvent } from './parked-events.js';
import { ProjectionEngine } from './projection-engine.js';
import type { Projection } from './projection.js';
import type { ReadModels } from './read-models.js';
import { ViewWriter, byDocument, versionOf, type StoredDocument } from './view-writer.js';

interface ViewVersion {
  readonly _id: string;
  readonly version: number;
}

type Entry = RecordedEvent | UnreadableEvent;

interface Waiter {
  readonly position: Position;
  readonly reached: () => void;
}

interface Rebuild {
  readonly projection: Projection;
  readonly collection: Collection<StoredDocument>;
  readonly writer: ViewWriter;
}

const mostEvents = 2_000;
/** A batch of so many shows that the engine is behind: the next one waits, at most so long, until it is full. */
const busyBatch = 250;
const mostMillisecondsToFill = 30;
const millisecondsBetweenCheckpoints = 25;
const mostEventsInRebuild = 5_000;
const mostQueued = 6_000;
const pollMilliseconds = 20;
const millisecondsUntilRetry = 1_000;

const isReached = (position: Position, by: Position | undefined): boolean =>
  by !== undefined && position.commit <= by.commit;

/** The engine itself: one `$all` subscription feeds every read model; each event has its effect exactly once. */
export class LocalEngine extends ProjectionEngine {
  readonly #parked: ParkedEvents;
  readonly #checkpoints: Checkpoints;
  readonly #versions: Collection<ViewVersion>;
  readonly #writers = new Map<string, ViewWriter>();
  readonly #waiters = new Set<Waiter>();
  #subscription: Subscription | undefined;
  #queue: Entry[] = [];
  #work: Promise<void> = Promise.resolve();
  #unsaved: (() => Promise<void>) | undefined;
  #saving: Promise<void> = Promise.resolve();
  #nextSave: NodeJS.Timeout | undefined;
  #savingFailure: Error | undefined;
  #busy = false;
  #filled: (() => void) | undefined;
  #stopped = true;
  #applied: Position | undefined;
  #failure: unknown;
  #events = 0;

  constructor(
    private readonly log: EventLog,
    private readonly readModels: ReadModels,
    private readonly projections: readonly Projection[],
  ) {
    super();
    this.#parked = new ParkedEvents(readModels, log);
    this.#checkpoints = new Checkpoints(readModels, log);
    this.#versions = readModels.db.collection<ViewVersion>('projection-versions');
  }

  async start(): Promise<void> {
    this.#applied = await this.#checkpoints.take();
    await this.#parked.load();
    const outdated: string[] = [];
    for (const projection of this.projections) {
      const known = await this.#versions.findOne({ _id: projection.name });
      if (known?.version === projection.version) continue;
      if (this.#applied !== undefined) outdated.push(projection.name);
      else await this.#open(projection, projection.name);
    }
    if (outdated.length > 0) await this.rebuild(...outdated);
    this.#stopped = false;
    this.#subscribe();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#subscription?.stop();
    this.#subscription = undefined;
    this.#queue = [];
    this.#filled?.();
    await this.#work;
    clearTimeout(this.#nextSave);
    this.#nextSave = undefined;
    this.#save();
    await this.#saving;
  }

  get failure(): unknown {
    return this.#failure;
  }

  get events(): number {
    return this.#events;
  }

  /** Last event that every read model has. */
  get applied(): Position | undefined {
    return this.#applied;
  }

  get lag(): number {
    const oldest = this.#queue.find((entry): entry is RecordedEvent => !(entry instanceof UnreadableEvent));
    return oldest === undefined ? 0 : Math.max(0, (Date.now() - oldest.recordedAt.getTime()) / 1000);
  }

  get names(): readonly string[] {
    return this.projections.map(({ name }) => name);
  }

  get parkedDocuments(): number {
    return this.#parked.size;
  }

  async position(): Promise<Position | undefined> {
    return this.#stopped ? this.#checkpoints.saved() : this.#applied;
  }

  async waitFor(position: Position, milliseconds: number): Promise<boolean> {
    if (isReached(position, await this.position())) return true;
    if (this.#stopped) return this.#poll(position, performance.now() + milliseconds);
    let waiter!: Waiter;
    let timer: NodeJS.Timeout | undefined;
    const reached = await new Promise<boolean>((resolve) => {
      waiter = { position, reached: () => resolve(true) };
      this.#waiters.add(waiter);
      timer = setTimeout(() => resolve(false), milliseconds);
    });
    clearTimeout(timer);
    this.#waiters.delete(waiter);
    return reached;
  }

  async #poll(position: Position, until: number): Promise<boolean> {
    while (performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
      if (isReached(position, await this.position())) return true;
    }
    return false;
  }

  rebuild(...names: readonly string[]): Promise<void> {
    return this.#exclusively(async () => {
      const rebuilds: Rebuild[] = [];
      for (const name of names) {
        const projection = this.#projection(name);
        const collection = this.readModels.db.collection<StoredDocument>(`${name}__next`);
        await collection.drop();
        for (const parked of await this.#parked.list())
          if (parked.projection === name) await this.#parked.remove(parked);
        rebuilds.push({ projection, collection, writer: new ViewWriter(collection, projection) });
      }
      let batch: RecordedEvent[] = [];
      let folding: Promise<unknown> = Promise.resolve();
      const fold = async (): Promise<void> => {
        await folding;
        const events = batch;
        batch = [];
        folding = Promise.all(rebuilds.map(({ projection, writer }) => this.#fold(projection, writer, events)));
        folding.catch(() => undefined);
      };
      // The log is read on while a batch is written.
      for await (const entry of this.log.readAll()) {
        if (entry instanceof UnreadableEvent || this.#parked.has('*', entry.streamName)) continue;
        if (batch.push(entry) === mostEventsInRebuild) await fold();
      }
      await fold();
      await folding;
      for (const { projection, collection } of rebuilds) {
        await this.#open(projection, collection.collectionName);
        await collection.rename(projection.name, { dropTarget: true });
        this.#writers.delete(projection.name);
      }
    });
  }

  parked(): Promise<ParkedEvent[]> {
    return this.#parked.list();
  }

  retry(projection: string, document: string): Promise<number> {
    return this.#exclusively(() => this.#retry(projection, document));
  }

  skip(projection: string, document: string): Promise<number> {
    return this.#exclusively(async () => {
      const [first] = await this.#parked.of(projection, document);
      if (first !== undefined) await this.#parked.remove(first);
      return this.#retry(projection, document);
    });
  }

  async #retry(name: string, document: string): Promise<number> {
    const targets = name === '*' ? this.projections : [this.#projection(name)];
    const waiting = await this.#parked.of(name, document);
    for (const [done, parked] of waiting.entries()) {
      try {
        const event = await this.#parked.read(parked);
        if (event === undefined) throw new Error('the event is no longer in its stream');
        for (const projection of targets) {
          const groups = byDocument(projection, [event]);
          const wanted = name === '*' ? groups : new Map([...groups].filter(([id]) => id === document));
          const [failure] = await this.#writer(projection).write(wanted);
          if (failure !== undefined) throw failure.error;
        }
      } catch (error) {
        await this.#parked.failedAgain(parked, error);
        return waiting.length - done;
      }
      await this.#parked.remove(parked);
    }
    return 0;
  }

  #subscribe(): void {
    this.#subscription = this.log.subscribeToAll({
      ...(this.#applied === undefined ? {} : { from: this.#applied }),
      onEvent: (entry) => this.#take(entry),
      onCheckpoint: (position) => this.#pass(position),
    });
  }

  #take(entry: Entry): void {
    this.#queue.push(entry);
    if (this.#queue.length >= mostQueued) this.#subscription?.pause();
    if (this.#queue.length >= mostEvents) this.#filled?.();
    this.#begin();
  }

  /** Events of others only, up to `position`. While something waits, its own position will be the checkpoint. */
  #pass(position: Position): void {
    if (this.#busy || this.#queue.length > 0 || this.#stopped) return;
    this.#applied = position;
    this.#saveSoon(() => this.#checkpoints.savePassed(position));
    this.#release();
  }

  #release(): void {
    for (const waiter of this.#waiters) if (isReached(waiter.position, this.#applied)) waiter.reached();
  }

  #begin(): void {
    if (this.#busy || this.#queue.length === 0 || this.#stopped) return;
    this.#busy = true;
    // What else arrives in this turn of the event loop joins the first batch; while it is written the next one grows.
    setImmediate(() => void this.#drain());
  }

  /** The checkpoint may come late, never early: what is folded twice has no effect. */
  #saveSoon(save: () => Promise<void>): void {
    this.#unsaved = save;
    if (this.#nextSave !== undefined) return;
    this.#save();
    this.#nextSave = setTimeout(() => {
      this.#nextSave = undefined;
      if (this.#unsaved !== undefined) this.#saveSoon(this.#unsaved);
    }, millisecondsBetweenCheckpoints);
  }

  #save(): void {
    const save = this.#unsaved;
    this.#unsaved = undefined;
    if (save === undefined) return;
    this.#saving = this.#saving.then(save).catch((error: unknown) => {
      this.#savingFailure = error instanceof Error ? error : new Error(String(error));
    });
  }

  /** Documents that change again and again are written once for many events, when there are many to come. */
  async #fill(): Promise<void> {
    if (this.#queue.length >= mostEvents || this.#stopped) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, mostMillisecondsToFill);
      this.#filled = () => {
        clearTimeout(late);
        resolve();
      };
    });
    this.#filled = undefined;
  }

  async #drain(): Promise<void> {
    try {
      while (this.#queue.length > 0 && !this.#stopped) {
        const applied = this.#events;
        await this.#exclusively(() => this.#apply());
        if (this.#events - applied >= busyBatch) await this.#fill();
      }
    } catch (error) {
      this.#failure = error;
      await this.#again();
    }
    this.#busy = false;
    this.#begin();
  }

  /** A store is away: what was not applied is read again after the last event that was. */
  async #again(): Promise<void> {
    await this.#subscription?.stop();
    this.#queue = [];
    this.#writers.clear();
    this.#unsaved = undefined;
    await this.#saving;
    this.#savingFailure = undefined;
    await new Promise((resolve) => setTimeout(resolve, millisecondsUntilRetry));
    if (this.#stopped) return;
    this.#failure = undefined;
    this.#subscribe();
  }

  async #apply(): Promise<void> {
    const batch = this.#queue.slice(0, mostEvents);
    const readable: RecordedEvent[] = [];
    for (const entry of batch) {
      if (entry instanceof UnreadableEvent) await this.#parked.park('*', entry.streamName, entry, entry);
      else if (this.#parked.has('*', entry.streamName)) await this.#parked.park('*', entry.streamName, entry);
      else readable.push(entry);
    }
    await Promise.all(this.projections.map((projection) => this.#fold(projection, this.#writer(projection), readable)));
    if (this.#savingFailure !== undefined) throw this.#savingFailure;
    const last = batch[batch.length - 1]!;
    this.#saveSoon(() => this.#checkpoints.save(last));
    this.#applied = last.position;
    this.#events += batch.length;
    this.#queue.splice(0, batch.length);
    if (this.#queue.length < mostQueued / 2) this.#subscription?.resume();
    this.#release();
  }

  async #fold(projection: Projection, writer: ViewWriter, events: readonly RecordedEvent[]): Promise<void> {
    const groups = byDocument(projection, events);
    if (groups.size === 0) return;
    if (this.#parked.size > 0)
      for (const [document, waiting] of groups)
        if (this.#parked.has(projection.name, document)) {
          for (const event of waiting) await this.#parked.park(projection.name, document, event);
          groups.delete(document);
        }
    for (const { document, event, error } of await writer.write(groups)) {
      await this.#parked.park(projection.name, document, event, error);
      for (const behind of groups.get(document)!)
        if (versionOf(behind) > versionOf(event)) await this.#parked.park(projection.name, document, behind);
    }
  }

  #writer(projection: Projection): ViewWriter {
    let writer = this.#writers.get(projection.name);
    if (writer === undefined) {
      writer = new ViewWriter(this.readModels.db.collection<StoredDocument>(projection.name), projection);
      this.#writers.set(projection.name, writer);
    }
    return writer;
  }

  #projection(name: string): Projection {
    const found = this.projections.find((projection) => projection.name === name);
    if (found === undefined)
      throw new Error(
        `There is no read model ${name}; there are ${this.projections.map((one) => one.name).join(', ')}.`,
      );
    return found;
  }

  /** Gives a collection the indexes of its view, and notes which version of the view it holds. */
  async #open({ name, version, indexes }: Projection, collection: string): Promise<void> {
    if (indexes.length > 0) await this.readModels.db.collection(collection).createIndexes([...indexes]);
    else if ((await this.readModels.db.listCollections({ name: collection }).toArray()).length === 0)
      await this.readModels.db.createCollection(collection);
    await this.#versions.updateOne({ _id: name }, { $set: { version } }, { upsert: true });
  }

  /** Batches, rebuilds and retries take turns. */
  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#work.then(work);
    this.#work = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }
}
