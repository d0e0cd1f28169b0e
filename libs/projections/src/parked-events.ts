import type { EventLog } from '@app/event-store';
import { UnreadableEvent } from '@app/event-store';
import { parseStreamName, type RecordedEvent } from '@app/kernel';
import type { Collection } from 'mongodb';
import type { ReadModels } from './read-models.js';
import { versionOf } from './view-writer.js';

/** An event that a read model could not take, or that waits behind such a one. */
export interface ParkedEvent {
  readonly _id: string;
  /** `*` where the event itself cannot be read; then the document is its stream. */
  readonly projection: string;
  readonly document: string;
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  readonly streamName: string;
  readonly revision: string;
  /** Absent for an event that only waits. */
  readonly error?: string;
  readonly attempts: number;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : JSON.stringify(error));
const keyOf = (projection: string, document: string): string => `${projection} ${document}`;

/** The poison events and what waits behind them: later events of the same document wait, all others go on. */
export class ParkedEvents {
  readonly #collection: Collection<ParkedEvent>;
  #keys = new Set<string>();

  constructor(
    readModels: ReadModels,
    private readonly log: EventLog,
  ) {
    this.#collection = readModels.db.collection<ParkedEvent>('parked-events');
  }

  async load(): Promise<void> {
    const parked = await this.list();
    this.#keys = new Set(parked.map(({ projection, document }) => keyOf(projection, document)));
  }

  get size(): number {
    return this.#keys.size;
  }

  has(projection: string, document: string): boolean {
    return this.#keys.has(keyOf(projection, document));
  }

  list(): Promise<ParkedEvent[]> {
    return this.#collection.find({}).sort({ _id: 1 }).toArray();
  }

  of(projection: string, document: string): Promise<ParkedEvent[]> {
    return this.#collection.find({ projection, document }).sort({ _id: 1 }).toArray();
  }

  async park(
    projection: string,
    document: string,
    event: RecordedEvent | UnreadableEvent,
    error?: unknown,
  ): Promise<void> {
    const _id = `${keyOf(projection, document)} ${versionOf(event)}`;
    const eventId = event instanceof UnreadableEvent ? event.eventId : event.id;
    await this.#collection.updateOne(
      { _id },
      {
        $set: {
          projection,
          document,
          position: `${event.position.commit}-${event.position.prepare}`,
          eventId,
          type: event.type,
          streamName: event.streamName,
          revision: event.revision.toString(),
          ...(error === undefined ? {} : { error: reasonOf(error) }),
        },
        $inc: { attempts: error === undefined ? 0 : 1 },
      },
      { upsert: true },
    );
    this.#keys.add(keyOf(projection, document));
  }

  async failedAgain({ _id }: ParkedEvent, error: unknown): Promise<void> {
    await this.#collection.updateOne({ _id }, { $set: { error: reasonOf(error) }, $inc: { attempts: 1 } });
  }

  async remove({ _id, projection, document }: ParkedEvent): Promise<void> {
    await this.#collection.deleteOne({ _id });
    if ((await this.of(projection, document)).length === 0) this.#keys.delete(keyOf(projection, document));
  }

  /** The event as today's code reads it. @throws UnreadableEvent */
  async read({ streamName, revision }: ParkedEvent): Promise<RecordedEvent | undefined> {
    const stream = parseStreamName(streamName);
    if (stream === undefined) return undefined;
    for await (const event of this.log.readStream(stream, BigInt(revision), { to: BigInt(revision) })) return event;
    return undefined;
  }
}
