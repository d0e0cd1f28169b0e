import { type EmbeddedEventStore, type EmbeddedEventStoreOptions, startServer } from './server.js';

export { requestScavenge } from './request-scavenge.js';
export { backupFolder, type Manifest, restoreFolder } from './storage/backup.js';
export { type Verification, verifyFolder } from './storage/verify.js';
export type { EmbeddedEventStore, EmbeddedEventStoreOptions } from './server.js';

/** Starts an EventStoreDB-compatible server in this thread, for tests and for a process of its own. */
export async function startEmbeddedEventStore(options: EmbeddedEventStoreOptions): Promise<EmbeddedEventStore> {
  return startServer(options);
}

/** The same in a worker thread, so that it does not wait for the application's work. Needs the compiled output. */
export async function startEmbeddedEventStoreWorker(options: EmbeddedEventStoreOptions): Promise<EmbeddedEventStore> {
  const { startWorker } = await import('./worker-host.js');
  return startWorker(options);
}
