import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';

/** What every embedded server shows to the one who started it. */
export interface HostedServer {
  readonly port: number;
  readonly connectionString: string;
  /** Ends it in order and gives the folder back. */
  close(): Promise<void>;
  /** Resolves when the storage failed, or its thread ended without being told to. */
  readonly failed: Promise<Error>;
}

type FromWorker =
  | { kind: 'listening'; port: number; connectionString: string }
  | { kind: 'not-started'; error: Error }
  | { kind: 'storage-failed'; error: Error };

/**
 * Starts the server of a worker file, which calls `serveFromWorker`, in a thread of its own, so that its work does
 * not hold up the caller's event loop. `options` reach the server as they are; `server` names it in an error.
 */
export async function startInWorker(file: URL, options: object, server: string): Promise<HostedServer> {
  const worker = new Worker(file, { workerData: options });
  const endedWith = (code: number): Error => new Error(`The worker of the ${server} ended with code ${code}.`);
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
  let hasEnded = false;
  worker.on('exit', (code) => {
    hasEnded = true;
    ended(code);
  });
  const close = async (): Promise<void> => {
    if (hasEnded) return;
    const exited = once(worker, 'exit');
    worker.postMessage('close');
    await exited;
  };
  const { port, connectionString } = started;
  return { port, connectionString, failed, close: () => (closing ??= close()) };
}

/** Runs in the worker: starts a server with the options its thread was given, and closes it when it is told to. */
export function serveFromWorker<Options>(start: (options: Options) => Promise<HostedServer>): void {
  const tell = (message: FromWorker): void => parentPort?.postMessage(message);
  const run = async (): Promise<void> => {
    const server = await start(workerData as Options);
    void server.failed.then((error) => tell({ kind: 'storage-failed', error }));
    parentPort?.once('message', () => {
      void server.close().then(() => parentPort?.close());
    });
    tell({ kind: 'listening', port: server.port, connectionString: server.connectionString });
  };
  run().catch((error: unknown) => {
    tell({ kind: 'not-started', error: error instanceof Error ? error : new Error(String(error)) });
    parentPort?.close();
  });
}
