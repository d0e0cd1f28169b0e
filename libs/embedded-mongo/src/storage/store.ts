import { accessSync, constants, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { open, type RootDatabase } from 'lmdb';
import type { StoreWrite } from '../engine/unit.js';

// One LMDB file. Keys: 'c' + collection -> catalogue entry, 'd' + collection + record -> document,
// 's' + session -> retry table entry, 'n' -> number of the last commit. Every value starts with its crc.

/** The disk has no room or takes no writes. Nothing was written; a later write may work. */
export class DiskFull extends Error {}

const DOCUMENT = 0x64;
const COLLECTION = 0x63;
const SESSION = 0x73;
const COMMIT_KEY = Buffer.from('n');
/** Free space below which nothing is written any more: enough for LMDB to finish what it began. */
const RESERVE = 8 * 1024 * 1024;

function collectionKey(collection: number): Buffer {
  const key = Buffer.alloc(5);
  key[0] = COLLECTION;
  key.writeUInt32BE(collection, 1);
  return key;
}

function documentKey(collection: number, rid: number): Buffer {
  const key = Buffer.alloc(11);
  key[0] = DOCUMENT;
  key.writeUInt32BE(collection, 1);
  key.writeUIntBE(rid, 5, 6);
  return key;
}

function sealed(raw: Buffer): Buffer {
  const value = Buffer.allocUnsafe(raw.length + 4);
  value.writeUInt32LE(crc32(raw), 0);
  raw.copy(value, 4);
  return value;
}

function unsealed(value: Buffer, what: string): Buffer {
  const raw = Buffer.from(value.subarray(4));
  if (value.length < 4 || crc32(raw) !== value.readUInt32LE(0)) {
    throw new Error(
      `The stored record ${what} is damaged: its checksum does not match. Restore the data folder from a backup.`,
    );
  }
  return raw;
}

export interface Contents {
  readonly collections: readonly { readonly id: number; readonly raw: Buffer }[];
  readonly sessions: readonly { readonly session: string; readonly raw: Buffer }[];
  documents(collection: number): Iterable<{ readonly rid: number; readonly raw: Buffer }>;
}

export interface Store {
  load(): Contents;
  /** All writes or none; returns when they are on disk. */
  commit(writes: readonly StoreWrite[], bytes: number): void;
  close(): Promise<void>;
}

export class LmdbStore implements Store {
  private readonly db: RootDatabase<Buffer, Buffer>;
  private commits = 0;
  private mustVerify = false;

  constructor(private readonly directory: string) {
    this.db = open<Buffer, Buffer>({
      path: join(directory, 'data.mdb'),
      noSubdir: true,
      keyEncoding: 'binary',
      encoding: 'binary',
      overlappingSync: false,
      cache: false,
    });
    this.commits = this.storedCommits();
  }

  private storedCommits(): number {
    const value = this.db.getBinary(COMMIT_KEY);
    return value ? unsealed(value, 'n').readUIntLE(0, 6) : 0;
  }

  private *range(prefix: Buffer): Generator<{ key: Buffer; value: Buffer }> {
    const end = Buffer.from(prefix);
    for (let i = end.length - 1; i >= 0; i--) {
      const next = ((end[i] ?? 0) + 1) & 0xff;
      end[i] = next;
      if (next !== 0) break;
    }
    for (const { key, value } of this.db.getRange({ start: prefix, end })) yield { key, value };
  }

  load(): Contents {
    const collections = [...this.range(Buffer.from([COLLECTION]))].map(({ key, value }) => ({
      id: Buffer.from(key).readUInt32BE(1),
      raw: unsealed(value, 'of the catalogue'),
    }));
    const sessions = [...this.range(Buffer.from([SESSION]))].map(({ key, value }) => ({
      session: Buffer.from(key).toString('latin1', 1),
      raw: unsealed(value, 'of the retry table'),
    }));
    return { collections, sessions, documents: (collection) => this.documents(collection) };
  }

  private *documents(collection: number): Generator<{ rid: number; raw: Buffer }> {
    for (const { key, value } of this.range(documentKey(collection, 0).subarray(0, 5))) {
      const rid = Buffer.from(key).readUIntBE(5, 6);
      yield { rid, raw: unsealed(value, `${collection}/${rid}`) };
    }
  }

  commit(writes: readonly StoreWrite[], bytes: number): void {
    this.refuseWhenReadOnly();
    this.refuseWhenFull(bytes);
    if (this.mustVerify && this.storedCommits() !== this.commits) {
      throw new Error('The storage lost an earlier write after the disk was full. Restart the server to verify it.');
    }
    this.mustVerify = false;
    const number = Buffer.alloc(6);
    number.writeUIntLE(this.commits + 1, 0, 6);
    try {
      this.db.transactionSync(() => {
        for (const write of writes) this.apply(write);
        this.db.putSync(COMMIT_KEY, sealed(number));
      });
    } catch (error) {
      this.mustVerify = true;
      if (isDiskFull(error)) throw new DiskFull(this.fullMessage());
      throw error;
    }
    this.commits++;
  }

  private apply(write: StoreWrite): void {
    if (write.kind === 'wipe') {
      for (const { key } of this.range(documentKey(write.collection, 0).subarray(0, 5))) this.db.removeSync(key);
      return;
    }
    const key = keyOf(write);
    if (write.raw) this.db.putSync(key, sealed(write.raw));
    else this.db.removeSync(key);
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

  async close(): Promise<void> {
    await this.db.close();
  }
}

function keyOf(write: Exclude<StoreWrite, { kind: 'wipe' }>): Buffer {
  if (write.kind === 'document') return documentKey(write.collection, write.rid);
  if (write.kind === 'collection') return collectionKey(write.collection);
  return Buffer.concat([Buffer.from([SESSION]), Buffer.from(write.session, 'latin1')]);
}

function isDiskFull(error: unknown): boolean {
  const text = error instanceof Error ? error.message : String(error);
  return /MDB_MAP_FULL|ENOSPC|No space left|not enough space|File too large|Disk quota/i.test(text);
}
