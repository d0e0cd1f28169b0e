import { accessSync, constants, statfsSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { checkFormat, counts } from './format.js';
import {
  COLLECTION,
  collectionKey,
  COUNTS_KEY,
  Damaged,
  documentKey,
  keyAfter,
  sealed,
  SESSION,
  sessionKey,
  unsealed,
} from './record.js';
import { Slabs } from './slabs.js';

/** The disk has no room or takes no writes. Nothing was written; a later write may work. */
export class DiskFull extends Error {}

/** Free space below which nothing is written any more: enough for LMDB to finish what it began. */
const RESERVE = 8 * 1024 * 1024;

export type StoreWrite =
  | {
      readonly kind: 'document';
      readonly collection: number;
      readonly rid: number;
      readonly raw: Buffer | undefined;
      /** Documents there are after it, less those before. */
      readonly more: 1 | 0 | -1;
    }
  | { readonly kind: 'collection'; readonly collection: number; readonly raw: Buffer | undefined }
  | { readonly kind: 'wipe'; readonly collection: number }
  | { readonly kind: 'session'; readonly session: string; readonly raw: Buffer | undefined };

export interface Contents {
  readonly collections: readonly { readonly id: number; readonly raw: Buffer }[];
  readonly sessions: readonly { readonly session: string; readonly raw: Buffer }[];
  readonly documents: (collection: number) => Iterable<{ readonly rid: number; readonly raw: Buffer }>;
  /** To be called when all documents were read: throws when they are not as many as were written. */
  readonly complete: () => void;
}

export interface Store {
  load(): Contents;
  /** All writes or none; returns when they are on disk. */
  commit(writes: readonly StoreWrite[], bytes: number): void;
  close(): Promise<void>;
}

/** One LMDB file. Everything read from it is checked against its checksum. */
export class LmdbStore implements Store {
  private readonly db: RootDatabase<Buffer, Buffer>;
  private commits = 0;
  private documents = 0;
  private mustVerify = false;

  constructor(
    private readonly directory: string,
    readOnly = false,
  ) {
    const slabs = new Slabs();
    this.db = open<Buffer, Buffer>({
      path: join(directory, 'data.mdb'),
      noSubdir: true,
      readOnly,
      keyEncoding: 'binary',
      encoder: {
        encode: (value: Buffer) => value,
        // A range gives the length as a number, a single read gives its options.
        decode: (bytes: Buffer, length: unknown) =>
          slabs.copy(bytes, typeof length === 'number' ? length : bytes.length),
      },
      overlappingSync: false,
      cache: false,
    });
    try {
      checkFormat(this.db, directory, readOnly);
      [this.commits, this.documents] = this.storedCounts();
    } catch (error) {
      void this.db.close();
      throw error;
    }
  }

  private storedCounts(): [commits: number, documents: number] {
    const value = this.db.get(COUNTS_KEY);
    if (!value) return [0, 0];
    const record = unsealed(COUNTS_KEY, value);
    return [record.readUIntLE(0, 6), record.readUIntLE(6, 6)];
  }

  private *range(prefix: Buffer): Generator<{ readonly key: Buffer; readonly raw: Buffer }> {
    for (const { key, value } of this.db.getRange({ start: prefix, end: keyAfter(prefix) })) {
      yield { key, raw: unsealed(key, value) };
    }
  }

  load(): Contents {
    const collections = [...this.range(Buffer.from([COLLECTION]))].map(({ key, raw }) => ({
      id: key.readUInt32BE(1),
      raw,
    }));
    const sessions = [...this.range(Buffer.from([SESSION]))].map(({ key, raw }) => ({
      session: key.toString('latin1', 1),
      raw,
    }));
    let read = 0;
    const range = this.range.bind(this);
    const documents = function* (collection: number): Generator<{ rid: number; raw: Buffer }> {
      for (const { key, raw } of range(documentKey(collection, 0).subarray(0, 5))) {
        read++;
        yield { rid: key.readUIntBE(5, 6), raw };
      }
    };
    const complete = (): void => {
      if (read === this.documents) return;
      throw new Damaged(
        `The data folder ${this.directory} holds ${read} documents that can be reached, but ${this.documents} were stored. ` +
          `Restore it from a backup.`,
      );
    };
    return { collections, sessions, documents, complete };
  }

  commit(writes: readonly StoreWrite[], bytes: number): void {
    this.refuseWhenReadOnly();
    this.refuseWhenFull(bytes);
    if (this.mustVerify && this.storedCounts()[0] !== this.commits) {
      throw new Error('The storage lost an earlier write after the disk was full. Restart the server to verify it.');
    }
    this.mustVerify = false;
    let documents = this.documents;
    try {
      this.db.transactionSync(() => {
        for (const write of writes) documents += this.apply(write);
        this.put(COUNTS_KEY, counts(this.commits + 1, documents));
      });
    } catch (error) {
      this.mustVerify = true;
      if (isDiskFull(error)) throw new DiskFull(this.fullMessage());
      throw error;
    }
    this.commits++;
    this.documents = documents;
  }

  /** @returns how many documents more there are after it. */
  private apply(write: StoreWrite): number {
    if (write.kind === 'wipe') return -this.wipe(write.collection);
    const key = keyOf(write);
    if (write.raw) this.put(key, write.raw);
    else this.db.removeSync(key);
    return write.kind === 'document' ? write.more : 0;
  }

  private put(key: Buffer, raw: Buffer): void {
    this.db.putSync(key, sealed(key, raw));
  }

  private wipe(collection: number): number {
    const start = documentKey(collection, 0).subarray(0, 5);
    let removed = 0;
    for (const key of this.db.getKeys({ start, end: keyAfter(start) })) {
      this.db.removeSync(key);
      removed++;
    }
    return removed;
  }

  private refuseWhenReadOnly(): void {
    try {
      accessSync(this.directory, constants.W_OK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EROFS') throw error;
      throw new DiskFull(
        `The disk that holds ${this.directory} is read-only. Nothing was written; reading still works. Make it writable and try again.`,
      );
    }
  }

  private refuseWhenFull(bytes: number): void {
    const { bavail, bsize } = statfsSync(this.directory);
    if (bavail * bsize < RESERVE + bytes * 3) throw new DiskFull(this.fullMessage());
  }

  private fullMessage(): string {
    return `No space left on the disk that holds ${this.directory}. Nothing was written; reading still works. Free some space and try again.`;
  }

  /** A copy of one moment, while writing goes on; it is on disk when this resolves. */
  async copyTo(file: string): Promise<void> {
    await this.db.backup(file, true);
    const copy = await openFile(file, 'r+');
    await copy.sync();
    await copy.close();
  }

  async close(): Promise<void> {
    await this.db.close();
  }
}

function keyOf(write: Exclude<StoreWrite, { kind: 'wipe' }>): Buffer {
  if (write.kind === 'document') return documentKey(write.collection, write.rid);
  if (write.kind === 'collection') return collectionKey(write.collection);
  return sessionKey(write.session);
}

function isDiskFull(error: unknown): boolean {
  const text = error instanceof Error ? error.message : String(error);
  return /MDB_MAP_FULL|ENOSPC|No space left|not enough space|File too large|Disk quota/i.test(text);
}
