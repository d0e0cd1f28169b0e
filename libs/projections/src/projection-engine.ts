import { UnreadableEvent, type EventLog, type Subscription } from '@app/event-store';
import type { Position, RecordedEvent } from '@app/kernel';
import type { Collection } from 'mongodb';
import { byDocument, foldInto, versionOf, type StoredDocument } from './fold.js';
import { ParkedEvents, type ParkedEvent } from './parked-events.js';
import type { Projection } from './projection.js';
import type { ReadModels } from './read-models.js';

/** How far the read models are: saved only when everything up to it is written. */
interface Checkpoint {
  readonly _id: 'ledger';
  readonly commit: string;
  readonly prepare: string;
  readonly eventId: string;
}

interface ViewVersion {
  readonly _id: string;
  readonly version: number;
}

type Entry = RecordedEvent | UnreadableEvent;

const mostEvents = 1_000;
const mostMilliseconds = 10;
const mostQueued = 8_000;
const pollMilliseconds = 20;

const later = (a: Position, b: Position): boolean => a.commit > b.commit;
const idOf = (entry: Entry): string => (entry instanceof UnreadableEvent ? entry.eventId : entry.id);

/** One `$all` subscription feeds every read model; each event has its effect exactly once. */
export class ProjectionEngine {
  readonly #parked: ParkedEvents;
  readonly #checkpoints: Collection<Checkpoint>;
  readonly #versions: Collection<ViewVersion>;
  #subscription: Subscription | undefined;
  #queue: Entry[] = [];
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();
  #working = false;
  #applied: Position | undefined;
  #failure: unknown;
  #events = 0;

  constructor(
    private readonly log: EventLog,
    private readonly readModels: ReadModels,
    private readonly projections: readonly Projection[],
  ) {
    this.#parked = new ParkedEvents(readModels, log);
    this.#checkpoints = readModels.db.collection<Checkpoint>('projection-checkpoints');
    this.#versions = readModels.db.collection<ViewVersion>('projection-versions');
  }

  /** @throws Error when the log is not the one that the read models were made from. */
  async start(): Promise<void> {
    const checkpoint = await this.#checkpoints.findOne({ _id: 'ledger' });
    this.#applied = checkpoint === null ? undefined : positionIn(checkpoint);
    if (checkpoint !== null) await this.#ensureSameLog(checkpoint);
    await this.#parked.load();
    for (const projection of this.projections) {
      const known = await this.#versions.findOne({ _id: projection.name });
      if (known?.version === projection.version) continue;
      if (checkpoint === null) await this.#index(projection, projection.name);
      else await this.rebuild(projection.name);
      await this.#remember(projection);
    }
    this.#subscription = this.log.subscribeToAll({
      ...(this.#applied === undefined ? {} : { from: this.#applied }),
      onEvent: (entry) => this.#take(entry),
    });
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#subscription?.stop();
    this.#subscription = undefined;
    this.#queue = [];
    await this.#work.catch(() => undefined);
  }

  /** Why the engine stands still; undefined while it works. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Events applied since the start. */
  get events(): number {
    return this.#events;
  }

  /** Age in seconds of the oldest event that waits; 0 when none does. */
  get lag(): number {
    const oldest = this.#queue.find((entry): entry is RecordedEvent => !(entry instanceof UnreadableEvent));
    return oldest === undefined ? 0 : Math.max(0, (Date.now() - oldest.recordedAt.getTime()) / 1000);
  }

  /** Documents with parked events. */
  get parkedDocuments(): number {
    return this.#parked.size;
  }

  /** Last event that every read model has; where another process projects, as that one saved it. */
  async position(): Promise<Position | undefined> {
    if (this.#subscription !== undefined) return this.#applied;
    const checkpoint = await this.#checkpoints.findOne({ _id: 'ledger' });
    return checkpoint === null ? undefined : positionIn(checkpoint);
  }

  async waitFor(position: Position, milliseconds: number): Promise<boolean> {
    const until = performance.now() + milliseconds;
    for (;;) {
      const reached = await this.position();
      if (reached !== undefined && !later(position, reached)) return true;
      if (performance.now() >= until) return false;
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
    }
  }

  /** Builds a view anew from the log beside the old one, which answers until the new one takes its name. */
  rebuild(name: string): Promise<void> {
    return this.#exclusively(async () => {
      const projection = this.#projection(name);
      const next = `${name}__next`;
      const collection = this.readModels.db.collection<StoredDocument>(next);
      await collection.drop();
      for (const parked of await this.#parked.list()) if (parked.projection === name) await this.#parked.remove(parked);
      let batch: RecordedEvent[] = [];
      const flush = async (): Promise<void> => {
        await this.#fold(projection, collection, batch);
        batch = [];
      };
      for await (const entry of this.log.readAll()) {
        if (entry instanceof UnreadableEvent || projection.on[entry.type] === undefined) continue;
        batch.push(entry);
        if (batch.length === mostEvents) await flush();
      }
      await flush();
      await this.#index(projection, next);
      await collection.rename(name, { dropTarget: true });
      await this.#remember(projection);
    });
  }

  parked(): Promise<ParkedEvent[]> {
    return this.#parked.list();
  }

  /** Folds the parked events of a document again, in order, until one fails. @returns how many are left. */
  retry(projection: string, document: string): Promise<number> {
    return this.#exclusively(() => this.#retry(projection, document));
  }

  /** Gives up the first parked event of a document, then goes on with those behind it. */
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
          const [failure] = await foldInto(this.#collection(projection), projection, wanted);
          if (failure !== undefined) throw failure.error;
        }
      } catch (error) {
        await this.readModels.db
          .collection<ParkedEvent>('parked-events')
          .updateOne({ _id: parked._id }, { $set: { error: String(error) }, $inc: { attempts: 1 } });
        return waiting.length - done;
      }
      await this.#parked.remove(parked);
    }
    return 0;
  }

  #take(entry: Entry): void {
    this.#queue.push(entry);
    if (this.#queue.length >= mostQueued) this.#subscription?.pause();
    if (this.#working) return;
    if (this.#queue.length >= mostEvents) this.#begin();
    else this.#timer ??= setTimeout(() => this.#begin(), mostMilliseconds);
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#working) return;
    this.#working = true;
    this.#exclusively(() => this.#drain()).then(
      () => (this.#working = false),
      (error: unknown) => {
        this.#failure = error;
        void this.#again();
      },
    );
  }

  /** The stores are away: what was not applied is read again from the checkpoint. */
  async #again(): Promise<void> {
    await this.#subscription?.stop();
    if (this.#subscription === undefined) return;
    this.#queue = [];
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    this.#working = false;
    this.#failure = undefined;
    this.#subscription = this.log.subscribeToAll({
      ...(this.#applied === undefined ? {} : { from: this.#applied }),
      onEvent: (entry) => this.#take(entry),
    });
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, mostEvents);
      await this.#apply(batch);
      this.#queue.splice(0, batch.length);
      if (this.#queue.length < mostQueued / 2) this.#subscription?.resume();
    }
  }

  async #apply(batch: readonly Entry[]): Promise<void> {
    const readable: RecordedEvent[] = [];
    for (const entry of batch) {
      if (entry instanceof UnreadableEvent) await this.#parked.park('*', entry.streamName, entry, entry);
      else if (this.#parked.has('*', entry.streamName)) await this.#parked.park('*', entry.streamName, entry);
      else readable.push(entry);
    }
    await Promise.all(
      this.projections.map((projection) => this.#fold(projection, this.#collection(projection), readable)),
    );
    const last = batch[batch.length - 1]!;
    await this.#save(last);
    this.#applied = last.position;
    this.#events += batch.length;
  }

  async #fold(
    projection: Projection,
    collection: Collection<StoredDocument>,
    events: readonly RecordedEvent[],
  ): Promise<void> {
    const groups = byDocument(projection, events);
    if (groups.size === 0) return;
    if (this.#parked.size > 0)
      for (const [document, waiting] of groups)
        if (this.#parked.has(projection.name, document)) {
          for (const event of waiting) await this.#parked.park(projection.name, document, event);
          groups.delete(document);
        }
    for (const { document, event, error } of await foldInto(collection, projection, groups)) {
      await this.#parked.park(projection.name, document, event, error);
      for (const behind of groups.get(document)!)
        if (versionOf(behind) > versionOf(event)) await this.#parked.park(projection.name, document, behind);
    }
  }

  async #save(entry: Entry): Promise<void> {
    const { commit, prepare } = entry.position;
    await this.#checkpoints.updateOne(
      { _id: 'ledger' },
      { $set: { commit: commit.toString(), prepare: prepare.toString(), eventId: idOf(entry) } },
      { upsert: true },
    );
  }

  async #ensureSameLog(checkpoint: Checkpoint): Promise<void> {
    const found = await this.log.idAt(positionIn(checkpoint));
    if (found === checkpoint.eventId) return;
    throw new Error(
      `The read models were made from another log: at position ${checkpoint.commit} they have event ${checkpoint.eventId}, ` +
        `the event store has ${found ?? 'none'}. If the event store was restored from a backup, drop the read models; they are rebuilt.`,
    );
  }

  #collection({ name }: Projection): Collection<StoredDocument> {
    return this.readModels.db.collection<StoredDocument>(name);
  }

  #projection(name: string): Projection {
    const found = this.projections.find((projection) => projection.name === name);
    if (found === undefined)
      throw new Error(
        `There is no read model ${name}; there are ${this.projections.map((one) => one.name).join(', ')}.`,
      );
    return found;
  }

  async #index({ indexes }: Projection, collection: string): Promise<void> {
    if (indexes.length > 0) await this.readModels.db.collection(collection).createIndexes([...indexes]);
    else if ((await this.readModels.db.listCollections({ name: collection }).toArray()).length === 0)
      await this.readModels.db.createCollection(collection);
  }

  async #remember({ name, version }: Projection): Promise<void> {
    await this.#versions.updateOne({ _id: name }, { $set: { version } }, { upsert: true });
  }

  /** Batches, rebuilds and retries take turns. */
  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#work.then(work, work);
    this.#work = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }
}

const positionIn = ({ commit, prepare }: Checkpoint): Position => ({
  commit: BigInt(commit),
  prepare: BigInt(prepare),
});
