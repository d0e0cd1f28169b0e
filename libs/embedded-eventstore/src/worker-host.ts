import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { EmbeddedEventStore, EmbeddedEventStoreOptions } from './server.js';
import type { FromWorker } from './worker.js';

/** Starts worker.js beside this file. Only this file uses import.meta, so that CommonJS tests never load it. */
export async function startInWorker(options: EmbeddedEventStoreOptions): Promise<EmbeddedEventStore> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: options });
  let closing: Promise<void> | undefined;
  let ended: (code: number) => void = () => {};
  const failed = new Promise<Error>((resolve) => {
    ended = (code) => {
      if (closing === undefined) resolve(endedWith(code));
    };
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'storage-failed') resolve(message.error);
    });
    worker.on('error', resolve);
  });
  const started = await new Promise<Extract<FromWorker, { kind: 'listening' }>>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'listening') resolve(message);
      else if (message.kind === 'not-started') reject(message.error);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(endedWith(code)));
  });
  worker.on('exit', (code) => ended(code));
  const close = async (): Promise<void> => {
    const exited = once(worker, 'exit');
    worker.postMessage('close');
    await exited;
  };
  const { port, connectionString } = started;
  return { port, connectionString, failed, close: () => (closing ??= close()) };
}

function endedWith(code: number): Error {
  return new Error(`The worker of the embedded event store ended with code ${code}.`);
}
