import { startInWorker } from '@app/embedded-host';
import type { EmbeddedEventStore, EmbeddedEventStoreOptions } from './server.js';

/** Starts eventstore-worker.js beside this file. Only this file uses import.meta, so that CommonJS tests never load it. */
export const startWorker = (options: EmbeddedEventStoreOptions): Promise<EmbeddedEventStore> =>
  startInWorker(new URL('./eventstore-worker.js', import.meta.url), options, 'embedded event store');
