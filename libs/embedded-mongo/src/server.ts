import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { lockFolder } from '@app/embedded-host';
import { Catalogue } from './engine/catalogue.js';
import { dispatch } from './engine/commands/registry.js';
import { Committer } from './engine/committer.js';
import { Cursors } from './engine/cursors.js';
import { Expiry } from './engine/expiry.js';
import { Sessions } from './engine/sessions.js';
import { LmdbStore, type Store } from './storage/store.js';
import { Allowance } from './transport/allowance.js';
import { Connection } from './transport/connection.js';

const MOST_CONNECTIONS = 2000;
/** Bytes of messages of all clients that are not answered yet, whole or not. */
const MOST_UNANSWERED = 512_000_000;

/** MongoDB looks for expired documents every minute too. */
const SWEEP_EVERY_MS = 60_000;

export interface EmbeddedMongoOptions {
  /** Folder for the data; made when it does not exist. One server at a time may use it. */
  readonly dataDir: string;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly host?: string;
}

export interface EmbeddedMongo {
  readonly port: number;
  readonly connectionString: string;
  /** Ends all connections, after the running commands are on disk. */
  close(): Promise<void>;
  /** Resolves when the storage failed; nothing is written after that, and the process should be restarted. */
  readonly failed: Promise<Error>;
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/** Starts the server on a store that is already open; the tests use it to make the storage fail. */
export async function startOnStore(store: Store, port: number, host: string): Promise<EmbeddedMongo> {
  const contents = store.load();
  const catalogue = new Catalogue(contents);
  const committer = new Committer(store);
  const sessions = new Sessions(contents.sessions);
  const cursors = new Cursors();
  const expiry = new Expiry(catalogue, committer);
  // A sweep that fails is made up for by the next one; `failed` tells of storage that is lost.
  const sweeps = setInterval(() => void expiry.sweep(Date.now()).catch(() => {}), SWEEP_EVERY_MS);
  sweeps.unref();
  const sockets = new Set<Socket>();
  const allowance = new Allowance(MOST_UNANSWERED);
  let connections = 0;
  let address = '';
  const server = createServer((socket) => {
    const connectionId = ++connections;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const engine = { catalogue, committer, cursors, sessions, address };
    new Connection(
      socket,
      ({ database, body }) => {
        return dispatch({ engine, name: body.firstName ?? '', database, body, connectionId });
      },
      allowance,
    );
  });
  server.maxConnections = MOST_CONNECTIONS;
  const bound = await listen(server, port, host);
  address = `${host.includes(':') ? `[${host}]` : host}:${bound}`;
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    clearInterval(sweeps);
    expiry.stop();
    committer.flush();
    for (const socket of sockets) socket.destroy();
    await closed;
    await store.close();
  };
  return {
    port: bound,
    connectionString: `mongodb://${address}/?directConnection=true`,
    close: () => (closing ??= close()),
    failed: committer.failed,
  };
}

export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const { dataDir, port = 0, host = '127.0.0.1' } = options;
  const unlock = lockFolder(dataDir, 'embedded document store');
  let store: LmdbStore | undefined;
  try {
    store = new LmdbStore(dataDir);
    const running = await startOnStore(store, port, host);
    return { ...running, close: () => running.close().finally(() => unlock()) };
  } catch (error) {
    await store?.close();
    unlock();
    throw error;
  }
}
