import { parentPort, workerData } from 'node:worker_threads';
import { startEmbeddedMongo, type EmbeddedMongoOptions } from './server.js';

export type FromWorker =
  | { readonly kind: 'started'; readonly port: number; readonly connectionString: string }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'closed' };

function tell(message: FromWorker): void {
  parentPort?.postMessage(message);
}

try {
  const server = await startEmbeddedMongo(workerData as EmbeddedMongoOptions);
  void server.failed.then((error) => tell({ kind: 'failed', message: error.message }));
  parentPort?.once('message', () => {
    void server.close().then(() => {
      tell({ kind: 'closed' });
      parentPort?.close();
    });
  });
  tell({ kind: 'started', port: server.port, connectionString: server.connectionString });
} catch (error) {
  tell({ kind: 'refused', message: error instanceof Error ? error.message : String(error) });
}
