import { UnreadableEvent, type EventLog } from '@app/event-store';
import type { Position, RecordedEvent } from '@app/kernel';
import type { ReadModels } from '@app/projections';

/** How far the log was heard: everything up to it has had its effect. */
interface Checkpoint {
  readonly _id: 'processes';
  readonly commit: string;
  readonly prepare: string;
  readonly eventId: string;
  /** Which process hears what: `<process> <event type>`. */
  readonly hears: readonly string[];
}

/**
 * Saves hearing the log from its beginning, and decides nothing: without it, when it is of another log, or when a process
 * hears more than it did, everything is heard again, and what was done is recognised.
 */
export class ProcessCheckpoint {
  constructor(
    private readonly readModels: ReadModels,
    private readonly log: EventLog,
    private readonly hears: readonly string[],
  ) {}

  async find(): Promise<Position | undefined> {
    const found = await this.#collection.findOne({ _id: 'processes' });
    if (found === null || this.hears.some((one) => !found.hears.includes(one))) return undefined;
    const position = { commit: BigInt(found.commit), prepare: BigInt(found.prepare) };
    return (await this.log.idAt(position)) === found.eventId ? position : undefined;
  }

  async save(heard: RecordedEvent | UnreadableEvent): Promise<void> {
    await this.#save(heard.position, heard instanceof UnreadableEvent ? heard.eventId : heard.id);
  }

  /** The same for a position that nothing was heard at: the event there is looked up. */
  async savePassed(position: Position): Promise<void> {
    const eventId = await this.log.idAt(position);
    if (eventId !== undefined) await this.#save(position, eventId);
  }

  async #save({ commit, prepare }: Position, eventId: string): Promise<void> {
    await this.#collection.updateOne(
      { _id: 'processes' },
      { $set: { commit: commit.toString(), prepare: prepare.toString(), eventId, hears: [...this.hears] } },
      { upsert: true },
    );
  }

  get #collection() {
    return this.readModels.db.collection<Checkpoint>('process-checkpoint');
  }
}
