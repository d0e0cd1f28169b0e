import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import { eventStoreContract } from './event-store.contract.js';

const given = process.env['EVENTSTORE_URL'];

describe(`The event store at ${given ?? 'the embedded server'}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'event-store-contract-'));
  let embedded: EmbeddedEventStore | undefined;
  beforeAll(async () => {
    if (given === undefined) embedded = await startEmbeddedEventStore({ dataDir: folder });
  });
  afterAll(async () => {
    await embedded?.close();
    rmSync(folder, { recursive: true });
  });

  eventStoreContract(() => given ?? embedded!.connectionString);
});
