import { serveFromWorker } from '@app/embedded-host';
import { startEmbeddedMongo, type EmbeddedMongoOptions } from './server.js';

serveFromWorker((options: EmbeddedMongoOptions) => startEmbeddedMongo(options));
