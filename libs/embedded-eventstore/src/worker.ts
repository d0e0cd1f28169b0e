import { parentPort, workerData } from 'node:worker_threads';
import { type EmbeddedEventStoreOptions, startServer } from './server.js';

export type FromWorker =
  | { kind: 'listening'; port: number; connectionString: string }
  | { kind: 'not-started'; error: Error }
  | { kind: 'storage-failed'; error: Error };

const tell = (message: FromWorker): void => parentPort?.postMessage(message);

async function run(): Promise<void> {
  const store = await startServer(workerData as EmbeddedEventStoreOptions);
  void store.failed.then((error) => tell({ kind: 'storage-failed', error }));
  parentPort?.on('message', () => {
    void store.close().then(() => parentPort?.close());
  });
  tell({ kind: 'listening', port: store.port, connectionString: store.connectionString });
}

run().catch((error: unknown) => {
  tell({ kind: 'not-started', error: error instanceof Error ? error : new Error(String(error)) });
  parentPort?.close();
});
