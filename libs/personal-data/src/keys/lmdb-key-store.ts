import { StoreUnavailable } from '@app/event-store';
import { open as openLmdb, type RootDatabase } from 'lmdb';
import { randomBytes } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { chmod, link, mkdir, open, readFile, readdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyStore, type Entry, type Epoch, type NamedKey, type WrappedKey } from './key-store.js';

type Stored = WrappedKey | { readonly shredded: true } | { readonly newest: number };

/** Not a name of a key: those have a colon. */
const newestEpoch = 'epoch';
const epochFile = /^epoch-(\d{1,9})\.key$/;
/** Free space below which nothing is written any more: enough for LMDB to finish what it began. */
const reserve = 8 * 1024 * 1024;

interface Write {
  readonly run: () => () => void;
  readonly reject: (reason: Error) => void;
}

/**
 * One LMDB file of wrapped keys, and a small file for the key of each epoch. The latter are no part of LMDB, whose free
 * pages keep what was removed: they are overwritten before they are removed.
 */
export class LmdbKeyStore extends KeyStore {
  readonly #waiting: Write[] = [];
  /** After a commit that failed nobody knows what is on the disk: nothing is written any more until the next start. */
  #failure: Error | undefined;

  private constructor(
    private readonly folder: string,
    private readonly db: RootDatabase<Stored, string>,
  ) {
    super();
  }

  /** `folder` is made, and readable by its owner only. */
  static async open(folder: string): Promise<LmdbKeyStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    const path = join(folder, 'persons.mdb');
    for (const file of [path, `${path}-lock`]) {
      // LMDB itself would make them readable by everybody.
      await (await open(file, 'a', 0o600)).close();
      await chmod(file, 0o600);
    }
    const settings = { encoding: 'json', noSubdir: true, overlappingSync: false, cache: false } as const;
    return new LmdbKeyStore(folder, openLmdb<Stored, string>({ path, ...settings }));
  }

  override async epochs(): Promise<readonly Epoch[]> {
    const numbers = (await readdir(this.folder)).flatMap((name) => {
      const [, number] = epochFile.exec(name) ?? [];
      return number === undefined ? [] : [Number(number)];
    });
    const read = async (number: number): Promise<Epoch> => ({
      number,
      wrapped: await readFile(this.#fileOf(number), 'utf8'),
    });
    try {
      return await Promise.all(numbers.sort((a, b) => a - b).map(read));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      // Another process has destroyed one meanwhile, and there is a newer one.
      return this.epochs();
    }
  }

  override async beginEpoch({ number, wrapped }: Epoch): Promise<void> {
    const known = await this.epochs();
    if (!known.some((epoch) => epoch.number === number)) {
      // Linked when it is whole, so that a file that is there can be read; the first one stands.
      const unfinished = join(this.folder, `epoch-${number}.${randomBytes(6).toString('hex')}`);
      const file = await open(unfinished, 'wx', 0o600);
      try {
        await file.writeFile(wrapped);
        await file.sync();
      } finally {
        await file.close();
      }
      await link(unfinished, this.#fileOf(number)).catch(unlessThere);
      await unlink(unfinished);
      await this.#syncFolder();
    }
    await this.#write(() => {
      if (this.#newest() < number) this.db.putSync(newestEpoch, { newest: number });
    });
  }

  override async destroyEpochsBefore(number: number): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const [, of] = /^epoch-(\d{1,9})\./.exec(name) ?? [];
      if (of !== undefined && Number(of) < number) await destroy(join(this.folder, name));
    }
    await this.#syncFolder();
  }

  override async find(name: string): Promise<Entry | undefined> {
    const stored = this.db.get(name);
    if (stored === undefined || 'newest' in stored) return undefined;
    return 'shredded' in stored ? { status: 'shredded' } : { status: 'standing', key: stored };
  }

  override add(name: string, key: WrappedKey): Promise<'added' | 'stands' | 'epoch-closed'> {
    return this.#write(() => {
      if (this.db.get(name) !== undefined) return 'stands';
      if (key.epoch !== this.#newest()) return 'epoch-closed';
      this.db.putSync(name, key);
      return 'added';
    });
  }

  override rewrap(name: string, from: WrappedKey, to: WrappedKey): Promise<void> {
    return this.#write(() => {
      const stored = this.db.get(name);
      if (stored !== undefined && 'wrapped' in stored && stored.wrapped === from.wrapped) this.db.putSync(name, to);
    });
  }

  override shred(name: string): Promise<void> {
    return this.#write(() => this.db.putSync(name, { shredded: true }));
  }

  override async keysOfEpochsBefore(number: number, after: string, limit: number): Promise<readonly NamedKey[]> {
    const found: NamedKey[] = [];
    for (const { key: name, value } of this.db.getRange({ start: after, exclusiveStart: true })) {
      if ('wrapped' in value && value.epoch < number) found.push({ name, key: value });
      if (found.length === limit) break;
    }
    return found;
  }

  override async count(): Promise<{ readonly standing: number; readonly shredded: number }> {
    let [standing, shredded] = [0, 0];
    for (const { value } of this.db.getRange()) {
      if ('wrapped' in value) standing += 1;
      if ('shredded' in value) shredded += 1;
    }
    return { standing, shredded };
  }

  override close(): Promise<void> {
    return this.db.close();
  }

  #fileOf(number: number): string {
    return join(this.folder, `epoch-${number}.key`);
  }

  #newest(): number {
    const stored = this.db.get(newestEpoch);
    return stored !== undefined && 'newest' in stored ? stored.newest : 0;
  }

  /** Those who write at the same time share one disk sync. LMDB's own batches of transactions were seen to stand still. */
  #write<Result>(work: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      const run = (): (() => void) => {
        const result = work();
        return () => resolve(result);
      };
      if (this.#waiting.push({ run, reject }) === 1) setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    const batch = this.#waiting.splice(0);
    try {
      const { bavail, bsize } = statfsSync(this.folder);
      if (bavail * bsize < reserve) throw new StoreUnavailable('The disk of the key store is full.');
      for (const settle of this.#transaction(batch)) settle();
    } catch (error) {
      for (const { reject } of batch) reject(error as Error);
    }
  }

  #transaction(batch: readonly Write[]): readonly (() => void)[] {
    try {
      if (this.#failure !== undefined) throw this.#failure;
      return this.db.transactionSync(() => batch.map(({ run }) => run()));
    } catch (error) {
      this.#failure = error as Error;
      throw new StoreUnavailable(`The key store did not keep a key: ${this.#failure.message}. Start again.`);
    }
  }

  /** The names in a folder are on disk only when the folder is. */
  async #syncFolder(): Promise<void> {
    const folder = await open(this.folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}

function unlessThere(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}

/** Overwritten before it is removed: the blocks of a removed file stay on the disk. Renamed before, so that nobody reads it. */
async function destroy(path: string): Promise<void> {
  const doomed = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, doomed);
    const file = await open(doomed, 'r+');
    try {
      const { size } = await file.stat();
      await file.write(randomBytes(size), 0, size, 0);
      await file.sync();
    } finally {
      await file.close();
    }
    await unlink(doomed);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
