import { startEmbeddedEventStoreWorker } from '@app/embedded-eventstore';
import { startEmbeddedMongoWorker } from '@app/embedded-mongo';
import type { LedgerConfig } from '@app/http/start';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Stores {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
  /** Nothing was ever stored in this data folder, or its first start was broken off before `begun`. */
  readonly isNew: boolean;
  /** The folder has what a new one is given. */
  begun(): Promise<void>;
  /** Resolves when a store can no longer be trusted to keep what it is given. */
  readonly failed: Promise<Error>;
  close(): Promise<void>;
}

/** The stores that the configuration names, and an embedded one in a worker thread for each that it does not. */
export async function startStores({ LEDGER_DATA_DIR, EVENTSTORE_URL, MONGODB_URL }: LedgerConfig): Promise<Stores> {
  const folder = join(LEDGER_DATA_DIR, 'eventstore');
  const mark = join(LEDGER_DATA_DIR, 'not-begun');
  await mkdir(LEDGER_DATA_DIR, { recursive: true, mode: 0o700 });
  if (EVENTSTORE_URL === undefined && !existsSync(folder)) await writeFile(mark, '');
  const [startedEvents, startedMongo] = await Promise.allSettled([
    EVENTSTORE_URL === undefined ? startEmbeddedEventStoreWorker({ dataDir: folder }) : undefined,
    MONGODB_URL === undefined ? startEmbeddedMongoWorker({ dataDir: join(LEDGER_DATA_DIR, 'mongo') }) : undefined,
  ]);
  const events = startedEvents.status === 'fulfilled' ? startedEvents.value : undefined;
  const mongo = startedMongo.status === 'fulfilled' ? startedMongo.value : undefined;
  for (const started of [startedEvents, startedMongo]) {
    if (started.status === 'fulfilled') continue;
    await mongo?.close();
    await events?.close();
    throw started.reason;
  }
  return {
    eventStoreUrl: events?.connectionString ?? EVENTSTORE_URL ?? '',
    mongoUrl: mongo?.connectionString ?? MONGODB_URL ?? '',
    isNew: existsSync(mark),
    begun: () => rm(mark, { force: true }),
    failed: Promise.race([events, mongo].flatMap((store) => (store === undefined ? [] : [store.failed]))),
    close: async () => {
      await mongo?.close();
      await events?.close();
    },
  };
}
