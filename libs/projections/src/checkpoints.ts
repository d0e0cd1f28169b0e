import { UnreadableEvent, type EventLog } from '@app/event-store';
import type { Position, RecordedEvent } from '@app/kernel';
import type { Collection } from 'mongodb';
import type { ReadModels } from './read-models.js';

/** How far the read models are: everything up to it is written. */
interface Checkpoint {
  readonly _id: 'ledger';
  /** Rises with each engine that takes the read models over; only the newest one may save. */
  readonly epoch: number;
  readonly commit?: string;
  readonly prepare?: string;
  readonly eventId?: string;
}

const positionIn = ({ commit, prepare }: Checkpoint): Position | undefined =>
  commit === undefined || prepare === undefined ? undefined : { commit: BigInt(commit), prepare: BigInt(prepare) };

export class Checkpoints {
  readonly #collection: Collection<Checkpoint>;
  #epoch = 0;

  constructor(
    readModels: ReadModels,
    private readonly log: EventLog,
  ) {
    this.#collection = readModels.db.collection<Checkpoint>('projection-checkpoints');
  }

  /**
   * Takes the read models over from whoever kept them, and tells how far they are.
   * @throws Error when the event at the checkpoint is not the one that the read models have seen: the log went back.
   */
  async take(): Promise<Position | undefined> {
    const checkpoint = await this.#collection.findOneAndUpdate(
      { _id: 'ledger' },
      { $inc: { epoch: 1 } },
      { upsert: true, returnDocument: 'after' },
    );
    if (checkpoint === null) throw new Error('The read models cannot be taken over: no checkpoint came back.');
    this.#epoch = checkpoint.epoch;
    const position = positionIn(checkpoint);
    if (position === undefined) return undefined;
    const found = await this.log.idAt(position);
    if (found === checkpoint.eventId) return position;
    throw new Error(
      `The read models were made from another log: at position ${checkpoint.commit} they have event ${checkpoint.eventId}, ` +
        `the event store has ${found ?? 'none'}. If the event store was restored from a backup, drop the read models; they are rebuilt.`,
    );
  }

  async saved(): Promise<Position | undefined> {
    const checkpoint = await this.#collection.findOne({ _id: 'ledger' });
    return checkpoint === null ? undefined : positionIn(checkpoint);
  }

  /** @throws Error when another engine took over. */
  async save(entry: RecordedEvent | UnreadableEvent): Promise<void> {
    await this.#save(entry.position, entry instanceof UnreadableEvent ? entry.eventId : entry.id);
  }

  /** The same for a position that only events of others lie before: the event there is looked up. */
  async savePassed(position: Position): Promise<void> {
    const eventId = await this.log.idAt(position);
    if (eventId !== undefined) await this.#save(position, eventId);
  }

  async #save({ commit, prepare }: Position, eventId: string): Promise<void> {
    const { matchedCount } = await this.#collection.updateOne(
      { _id: 'ledger', epoch: this.#epoch },
      { $set: { commit: commit.toString(), prepare: prepare.toString(), eventId } },
    );
    if (matchedCount === 0) throw new Error('Another projector has taken the read models over.');
  }
}
