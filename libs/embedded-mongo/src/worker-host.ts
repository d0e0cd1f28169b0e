import { Worker } from 'node:worker_threads';
import type { EmbeddedMongo, EmbeddedMongoOptions } from './server.js';
import type { FromWorker } from './worker.js';

/** Starts the server in a thread of its own, so that its work does not hold up the caller's event loop. */
export async function startWorker(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: options });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    let latch: (error: Error) => void = reject;
    const failed = new Promise<Error>((resolveFailed) => (latch = resolveFailed));
    let closing = false;
    const close = async (): Promise<void> => {
      if (!closing) worker.postMessage('close');
      closing = true;
      await exited;
    };
    worker.on('error', (error: Error) => {
      latch(error);
      reject(error);
    });
    worker.on('exit', () => {
      const error = new Error('The embedded database ended unexpectedly.');
      if (!closing) latch(error);
      reject(error);
    });
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'refused') reject(new Error(message.message));
      if (message.kind === 'failed') latch(new Error(message.message));
      if (message.kind === 'started') {
        const { port, connectionString } = message;
        resolve({ port, connectionString, close, failed });
      }
    });
  });
}
