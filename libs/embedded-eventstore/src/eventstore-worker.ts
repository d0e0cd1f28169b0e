import { serveFromWorker } from '@app/embedded-host';
import { startServer, type EmbeddedEventStoreOptions } from './server.js';

serveFromWorker((options: EmbeddedEventStoreOptions) => startServer(options));
