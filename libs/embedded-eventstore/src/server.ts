import { Engine } from './engine/engine.js';
import { PersistentSubscriptions } from './engine/persistent-subscriptions/persistent-subscriptions.js';
import { BatchAppendCall, classicAppend, deleteStream } from './services/append.js';
import { gossip, newInstanceId, supportedMethods } from './services/node-info.js';
import { persistentSubscriptionHandlers } from './services/persistent-subscriptions.js';
import { read } from './services/read.js';
import type { LogFile } from './storage/log-file.js';
import { GrpcServer, type Handler } from './transport/grpc-server.js';

export interface EmbeddedEventStoreOptions {
  /** The folder that holds the events; it is made when it is missing. */
  dataDir: string;
  /** 0 takes a free port. */
  port?: number;
  host?: string;
}

export interface EmbeddedEventStore {
  readonly port: number;
  readonly connectionString: string;
  /** Ends open calls, waits for what was accepted, and gives the folder back. */
  close(): Promise<void>;
  /** Resolves when the storage failed. From then on no event is accepted: end the process and start again. */
  readonly failed: Promise<Error>;
}

const STREAMS = '/event_store.client.streams.Streams';

/** Starts the server in this thread. `openFile` is for specs that need a failing disk. */
export async function startServer(
  options: EmbeddedEventStoreOptions,
  openFile?: (path: string) => LogFile,
): Promise<EmbeddedEventStore> {
  const host = options.host ?? '127.0.0.1';
  const engine = new Engine(options.dataDir, openFile);
  const groups = new PersistentSubscriptions(engine);
  let port = options.port ?? 0;
  const handlers = new Map<string, Handler>([
    ['/event_store.client.server_features.ServerFeatures/GetSupportedMethods', supportedMethods],
    ['/event_store.client.gossip.Gossip/Read', gossip(newInstanceId(), () => ({ host, port }))],
    [`${STREAMS}/Append`, (call) => classicAppend(engine, call)],
    [`${STREAMS}/BatchAppend`, (call) => void new BatchAppendCall(engine, call)],
    [`${STREAMS}/Delete`, (call) => deleteStream(engine, call, false)],
    [`${STREAMS}/Tombstone`, (call) => deleteStream(engine, call, true)],
    [`${STREAMS}/Read`, (call) => read(engine, call)],
    ...persistentSubscriptionHandlers(groups),
  ]);
  const server = new GrpcServer(handlers);
  try {
    port = await server.listen(port, host);
  } catch (error) {
    groups.close();
    await engine.close();
    throw error;
  }
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await server.close();
    groups.close();
    await engine.close();
  };
  return {
    port,
    connectionString: connectionString(host, port),
    failed: engine.failed,
    close: () => (closing ??= close()),
  };
}

function connectionString(host: string, port: number): string {
  return `esdb://${host.includes(':') ? `[${host}]` : host}:${port}?tls=false`;
}
