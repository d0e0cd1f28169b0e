import type { EmbeddedMongo, EmbeddedMongoOptions } from './server.js';

export { startEmbeddedMongo } from './server.js';
export { backUpEmbeddedMongo, isEmbeddedMongo, verifyEmbeddedMongo, type Inventory } from './storage/backup.js';
export type { EmbeddedMongo, EmbeddedMongoOptions } from './server.js';

/** The same server in a worker thread. Only from compiled output: the thread starts from a .js file. */
export async function startEmbeddedMongoWorker(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const { startWorker } = await import('./worker-host.js');
  return startWorker(options);
}
