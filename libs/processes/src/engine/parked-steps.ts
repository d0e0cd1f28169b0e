import { UnreadableEvent, type EventLog } from '@app/event-store';
import { parseStreamName, type RecordedEvent } from '@app/kernel';
import type { ReadModels } from '@app/projections';

/** What a process could not do, or what waits behind it: later steps of the same instance wait, all others go on. */
export interface ParkedStep {
  readonly _id: string;
  /** Stream of the instance; of the event itself where that cannot be read. */
  readonly instance: string;
  readonly process: string;
  /** The event; absent where a timer was due or a command was to be sent. */
  readonly event?: {
    readonly id: string;
    readonly type: string;
    readonly streamName: string;
    readonly revision: string;
  };
  /** Absent for a step that only waits. */
  readonly error?: string;
  readonly attempts: number;
}

/** Stands for the process where an event cannot be read: which instances it was for is unknown. */
export const everyProcess = '*';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : JSON.stringify(error));
const padded = (part: bigint): string => part.toString().padStart(20, '0');
const orderOf = (event: RecordedEvent | UnreadableEvent | undefined): string =>
  event === undefined ? '' : ` ${padded(event.position.commit)}-${padded(event.position.prepare)}`;

export class ParkedSteps {
  #instances = new Set<string>();

  constructor(
    private readonly readModels: ReadModels,
    private readonly log: EventLog,
  ) {}

  async load(): Promise<void> {
    this.#instances = new Set((await this.list()).map(({ instance }) => instance));
  }

  get size(): number {
    return this.#instances.size;
  }

  has(instance: string): boolean {
    return this.#instances.has(instance);
  }

  list(): Promise<ParkedStep[]> {
    return this.#collection.find({}).sort({ _id: 1 }).toArray();
  }

  of(instance: string): Promise<ParkedStep[]> {
    return this.#collection.find({ instance }).sort({ _id: 1 }).toArray();
  }

  async park(
    process: string,
    instance: string,
    event: RecordedEvent | UnreadableEvent | undefined,
    error?: unknown,
  ): Promise<void> {
    const { type, streamName, revision } = event ?? {};
    const id = event instanceof UnreadableEvent ? event.eventId : event?.id;
    await this.#collection.updateOne(
      { _id: `${instance}${orderOf(event)}` },
      {
        $set: {
          instance,
          process,
          ...(id === undefined || type === undefined || streamName === undefined || revision === undefined
            ? {}
            : { event: { id, type, streamName, revision: revision.toString() } }),
          ...(error === undefined ? {} : { error: reasonOf(error) }),
        },
        $inc: { attempts: error === undefined ? 0 : 1 },
      },
      { upsert: true },
    );
    this.#instances.add(instance);
  }

  async failedAgain({ _id }: ParkedStep, error: unknown): Promise<void> {
    await this.#collection.updateOne({ _id }, { $set: { error: reasonOf(error) }, $inc: { attempts: 1 } });
  }

  async remove({ _id, instance }: ParkedStep): Promise<void> {
    await this.#collection.deleteOne({ _id });
    if ((await this.of(instance)).length === 0) this.#instances.delete(instance);
  }

  /** The event as today's code reads it. @throws UnreadableEvent */
  async read({ event }: ParkedStep): Promise<RecordedEvent | undefined> {
    const stream = event === undefined ? undefined : parseStreamName(event.streamName);
    if (event === undefined || stream === undefined) return undefined;
    const revision = BigInt(event.revision);
    for await (const found of this.log.readStream(stream, revision, { to: revision })) return found;
    throw new Error('the event is no longer in its stream');
  }

  get #collection() {
    return this.readModels.db.collection<ParkedStep>('parked-process-steps');
  }
}
