import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import { aCertificate } from '../../../test/tls/certificate.js';
import { eventStoreContract } from './event-store.contract.js';

const given = process.env['EVENTSTORE_URL'];

const embedded = (start: (folder: string) => Promise<[EmbeddedEventStore, url: string]>): (() => string) => {
  const folder = mkdtempSync(join(tmpdir(), 'event-store-contract-'));
  let store: EmbeddedEventStore;
  let url: string;
  beforeAll(async () => ([store, url] = await start(folder)));
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  return () => url;
};

if (given !== undefined)
  describe(`The event store at ${new URL(given).host}`, () => {
    eventStoreContract(() => given);
  });
else {
  describe('The event store at the embedded server', () => {
    const url = embedded(async (dataDir) => {
      const store = await startEmbeddedEventStore({ dataDir });
      return [store, store.connectionString];
    });
    eventStoreContract(url);
  });

  describe('The event store at an embedded server with a password and TLS', () => {
    const url = embedded(async (dataDir) => {
      const { authority, ...identity } = aCertificate();
      const file = join(dataDir, 'authority.pem');
      writeFileSync(file, authority);
      const store = await startEmbeddedEventStore({ dataDir, security: { password: 'correct-horse', ...identity } });
      return [store, `esdb://admin:correct-horse@localhost:${store.port}?tlsCAFile=${file}`];
    });
    eventStoreContract(url);
  });
}
