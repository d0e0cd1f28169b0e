import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { open } from 'lmdb';
import { sent } from '../../spec-support/documents.js';
import { backUpEmbeddedMongo, verifyEmbeddedMongo } from './backup.js';
import { documentKey, FORMAT_KEY, sealed } from './record.js';
import { LmdbStore, type StoreWrite } from './store.js';

const document = (n: number): Buffer => sent({ _id: n, text: `document number ${n}` }).bytes;
const inserted = (n: number): StoreWrite => ({ kind: 'document', collection: 1, rid: n, raw: document(n), more: 1 });
const catalogue: StoreWrite = { kind: 'collection', collection: 1, raw: sent({ ns: 'test.c' }).bytes };

describe('The data folder of the embedded document store', () => {
  const folders: string[] = [];
  const stores: LmdbStore[] = [];
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'embedded-mongo-store-'));
    folders.push(made);
    return made;
  };
  const opened = (directory: string): LmdbStore => {
    const store = new LmdbStore(directory);
    stores.push(store);
    return store;
  };
  /** A closed folder of `count` documents. */
  const filled = async (count: number): Promise<string> => {
    const directory = folder();
    const store = new LmdbStore(directory);
    store.commit([catalogue, ...Array.from({ length: count }, (_, n) => inserted(n + 1))], 0);
    await store.close();
    return directory;
  };
  const edit = async (
    directory: string,
    change: (db: ReturnType<typeof open<Buffer, Buffer>>) => void,
  ): Promise<void> => {
    const db = open<Buffer, Buffer>({
      path: join(directory, 'data.mdb'),
      noSubdir: true,
      keyEncoding: 'binary',
      encoding: 'binary',
    });
    db.transactionSync(() => change(db));
    await db.close();
  };
  const read = (store: LmdbStore): Buffer[] => {
    const { documents, complete } = store.load();
    const found = [...documents(1)].map(({ raw }) => raw);
    complete();
    return found;
  };

  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true });
  });

  test('what is written is read back, what is removed is not counted', async () => {
    const directory = await filled(3);
    const store = opened(directory);
    store.commit([{ kind: 'document', collection: 1, rid: 2, raw: undefined, more: -1 }], 0);
    expect(read(store)).toEqual([document(1), document(3)]);
    store.commit([{ kind: 'wipe', collection: 1 }], 0);
    expect(read(store)).toEqual([]);
  });

  test('a bit that is flipped is named with its document, and the data is not read', async () => {
    const directory = await filled(3);
    const file = join(directory, 'data.mdb');
    const bytes = readFileSync(file);
    for (let at = bytes.indexOf('document number 2'); at >= 0; at = bytes.indexOf('document number 2', at + 1)) {
      bytes[at] = (bytes[at] ?? 0) ^ 1;
    }
    writeFileSync(file, bytes);
    expect(() => read(opened(directory))).toThrow(/record of document 2 in collection 1 is damaged.*Restore.*backup/);
    await expect(verifyEmbeddedMongo(directory)).rejects.toThrow(/document 2 in collection 1/);
  });

  test('a record that turns up under the key of another is not believed', async () => {
    const directory = await filled(3);
    await edit(directory, (db) => db.putSync(documentKey(1, 2), Buffer.from(db.getBinary(documentKey(1, 1)) ?? [])));
    expect(() => read(opened(directory))).toThrow(/record of document 2 in collection 1 is damaged/);
  });

  test('a document that is gone is missed', async () => {
    const directory = await filled(3);
    await edit(directory, (db) => db.removeSync(documentKey(1, 2)));
    expect(() => read(opened(directory))).toThrow(/holds 2 documents that can be reached, but 3 were stored/);
  });

  test('a folder of a later version is refused', async () => {
    const directory = await filled(1);
    await edit(directory, (db) => db.putSync(FORMAT_KEY, sealed(FORMAT_KEY, Buffer.from([3, 0, 0, 0]))));
    expect(() => new LmdbStore(directory)).toThrow(/has format 3; this version reads and writes format 2/);
  });

  test('a folder of format 1 is rewritten once', async () => {
    const directory = await filled(3);
    await edit(directory, (db) => {
      db.removeSync(FORMAT_KEY);
      for (const { key, value } of [...db.getRange()]) {
        const old = Buffer.from(key.equals(Buffer.from('n')) ? value.subarray(0, 10) : value);
        old.writeUInt32LE(crc32(old.subarray(4)), 0);
        db.putSync(key, old);
      }
    });
    await expect(verifyEmbeddedMongo(directory)).rejects.toThrow(/has format 1. Start a server on it once/);
    const store = opened(directory);
    expect(read(store)).toEqual([document(1), document(2), document(3)]);
    store.commit([inserted(4)], 0);
    expect(await verifyEmbeddedMongo(directory)).toEqual({ collections: 1, documents: 4, sessions: 0 });
  });

  test('a backup is of one moment, while writing goes on, and is verified', async () => {
    const directory = await filled(1000);
    const store = opened(directory);
    const target = join(folder(), 'copy');
    const copying = backUpEmbeddedMongo(directory, target);
    for (let n = 1001; n <= 1020; n++) store.commit([inserted(n)], 0);
    const { documents } = await copying;
    expect(documents).toBeGreaterThanOrEqual(1000);
    expect(documents).toBeLessThanOrEqual(1020);
    expect(read(opened(target)).slice(0, 1000)).toEqual(Array.from({ length: 1000 }, (_, n) => document(n + 1)));
    await expect(backUpEmbeddedMongo(directory, target)).rejects.toThrow(/already/);
  });
});
