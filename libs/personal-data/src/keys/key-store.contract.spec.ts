import { StoreUnavailable } from '@app/event-store';
import { startEmbeddedMongo, type EmbeddedMongo } from '@app/embedded-mongo';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyRingContract, keyStoreContract } from './key-store.contract.js';
import { LmdbKeyStore } from './lmdb-key-store.js';
import { MongoKeyStore } from './mongo-key-store.js';

const folder = mkdtempSync(join(tmpdir(), 'key-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the embedded key store', () => {
  const keys = join(folder, 'keys');
  keyStoreContract(() => LmdbKeyStore.open(keys));

  keyRingContract(() => LmdbKeyStore.open(join(folder, 'ring')));

  it('acknowledges nothing that it could not write', async () => {
    const store = await LmdbKeyStore.open(join(folder, 'closed'));
    await store.beginEpoch({ number: 1, wrapped: 'first' });
    await store.close();
    const key = { keyId: 'a', epoch: 1, wrapped: 'w' };
    await expect(store.add('person:boston/p-1', key)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.shred('person:boston/p-1')).rejects.toBeInstanceOf(StoreUnavailable);
  });
  it('is readable by its owner only', () => {
    expect(statSync(keys).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(keys))
      expect([name, statSync(join(keys, name)).mode & 0o777]).toEqual([name, 0o600]);
  });
});

describe('the key store in MongoDB', () => {
  let mongo: EmbeddedMongo;
  beforeAll(async () => {
    mongo = await startEmbeddedMongo({ dataDir: join(folder, 'mongo') });
  });
  afterAll(() => mongo.close());
  keyStoreContract(() => MongoKeyStore.open(mongo.connectionString));
  keyRingContract(() => MongoKeyStore.open(mongo.connectionString, 'ring'));
});
