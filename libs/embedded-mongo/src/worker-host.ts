import { startInWorker } from '@app/embedded-host';
import type { EmbeddedMongo, EmbeddedMongoOptions } from './server.js';

/** Starts mongo-worker.js beside this file. Only this file uses import.meta, so that CommonJS tests never load it. */
export const startWorker = (options: EmbeddedMongoOptions): Promise<EmbeddedMongo> =>
  startInWorker(new URL('./mongo-worker.js', import.meta.url), options, 'embedded document store');
