import { MongoClient, MongoServerError, type Collection } from 'mongodb';
import { KeyStore, type Entry, type Epoch, type NamedKey, type WrappedKey } from './key-store.js';

/** `pending`: nothing was sealed with it yet, because its epoch may have been closed meanwhile. */
interface StandingKey extends WrappedKey {
  readonly _id: string;
  readonly pending?: boolean;
}
type StoredKey = StandingKey | { readonly _id: string; readonly shredded: true };
interface StoredEpoch {
  readonly _id: number;
  readonly wrapped: string;
}

const duplicate = 11_000;
const isDuplicate = (error: unknown): boolean => error instanceof MongoServerError && error.code === duplicate;

/** A database of its own in MongoDB, for processes on several machines. */
export class MongoKeyStore extends KeyStore {
  readonly #client: MongoClient;
  readonly #keys: Collection<StoredKey>;
  readonly #epochs: Collection<StoredEpoch>;

  private constructor(url: string, name: string) {
    super();
    const durable = { writeConcern: { w: 'majority', j: true }, readPreference: 'primary' } as const;
    this.#client = new MongoClient(url, { serverSelectionTimeoutMS: 5_000, ...durable });
    const database = this.#client.db(name);
    this.#keys = database.collection<StoredKey>('keys');
    this.#epochs = database.collection<StoredEpoch>('epochs');
  }

  static async open(url: string, database = 'civic_ledger_keys'): Promise<MongoKeyStore> {
    const store = new MongoKeyStore(url, database);
    try {
      await store.#keys.createIndex({ epoch: 1, _id: 1 });
    } catch (error) {
      await store.close();
      throw error;
    }
    return store;
  }

  override async epochs(): Promise<readonly Epoch[]> {
    const found = await this.#epochs.find().sort({ _id: 1 }).toArray();
    return found.map(({ _id, wrapped }) => ({ number: _id, wrapped }));
  }

  override async beginEpoch({ number, wrapped }: Epoch): Promise<void> {
    try {
      await this.#epochs.insertOne({ _id: number, wrapped });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }

  override async destroyEpochsBefore(number: number): Promise<void> {
    // Of processes that ended in the middle of adding: nothing was sealed with these.
    await this.#keys.deleteMany({ epoch: { $lt: number }, pending: true });
    await this.#epochs.deleteMany({ _id: { $lt: number } });
  }

  override async find(name: string): Promise<Entry | undefined> {
    const stored = await this.#keys.findOne({ _id: name });
    if (stored === null) return undefined;
    if ('shredded' in stored) return { status: 'shredded' };
    return stored.pending === true ? undefined : { status: 'standing', key: keyOf(stored) };
  }

  /**
   * The key is put down before the newest epoch is read, and whoever closes an epoch begins the next one before reading
   * the keys: so either the closer finds this key, or this process hears of the new epoch.
   */
  override async add(name: string, key: WrappedKey): Promise<'added' | 'stands' | 'epoch-closed'> {
    if (!(await this.#putDown({ _id: name, ...key, pending: true }))) return 'stands';
    const mine = { _id: name, wrapped: key.wrapped, pending: true };
    const [newest] = await this.#epochs.find().sort({ _id: -1 }).limit(1).toArray();
    if (newest?._id !== key.epoch) {
      await this.#keys.deleteOne(mine);
      return 'epoch-closed';
    }
    const { matchedCount } = await this.#keys.updateOne(mine, { $unset: { pending: '' } });
    return matchedCount === 1 ? 'added' : 'stands';
  }

  override async rewrap(name: string, from: WrappedKey, { epoch, wrapped }: WrappedKey): Promise<void> {
    await this.#keys.updateOne({ _id: name, wrapped: from.wrapped }, { $set: { epoch, wrapped } });
  }

  override async shred(name: string): Promise<void> {
    await this.#keys.replaceOne({ _id: name }, { shredded: true }, { upsert: true });
  }

  override async keysOfEpochsBefore(number: number, after: string, limit: number): Promise<readonly NamedKey[]> {
    const older = this.#keys.find({ epoch: { $lt: number }, _id: { $gt: after } });
    const found = (await older.sort({ _id: 1 }).limit(limit).toArray()) as StandingKey[];
    return found.map((stored) => ({ name: stored._id, key: keyOf(stored) }));
  }

  override async count(): Promise<{ readonly standing: number; readonly shredded: number }> {
    const [all, shredded] = await Promise.all([
      this.#keys.countDocuments({}),
      this.#keys.countDocuments({ shredded: true }),
    ]);
    return { standing: all - shredded, shredded };
  }

  override close(): Promise<void> {
    return this.#client.close();
  }

  /** In the place of nothing, or of what somebody began and has not finished. */
  async #putDown(mine: StandingKey): Promise<boolean> {
    try {
      await this.#keys.insertOne(mine);
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const found = await this.#keys.findOne({ _id: mine._id });
    if (found === null || !('pending' in found)) return false;
    const { _id, ...fields } = mine;
    const { matchedCount } = await this.#keys.replaceOne({ _id, wrapped: found.wrapped, pending: true }, fields);
    return matchedCount === 1;
  }
}

const keyOf = ({ keyId, epoch, wrapped }: WrappedKey): WrappedKey => ({ keyId, epoch, wrapped });
