import type { Socket } from 'node:net';
import { lockFolder } from '@app/embedded-host';
import { Peer } from './engine/authentication/peer.js';
import { Catalogue } from './engine/catalogue.js';
import { dispatch, errorReply } from './engine/commands/registry.js';
import { Committer } from './engine/committer.js';
import { Counters } from './engine/counters.js';
import { Cursors } from './engine/cursors.js';
import { MongoError } from './engine/errors.js';
import { Expiry } from './engine/expiry.js';
import { Sessions } from './engine/sessions.js';
import { credentialsFor, listen, serverFor, type Access } from './listening.js';
import { LmdbStore, type Store } from './storage/store.js';
import { Allowance } from './transport/allowance.js';
import { Connection } from './transport/connection.js';
import { MAX_MESSAGE } from './transport/wire.js';

const MOST_CONNECTIONS = 2000;
/** Bytes of messages of all clients that are not answered yet, whole or not. */
const MOST_UNANSWERED = 512_000_000;

/** MongoDB looks for expired documents every minute too. */
const SWEEP_EVERY_MS = 60_000;

/** Bytes of a message of a client that has not logged in. */
const MAX_BEFORE_LOGIN = 16 * 1024;

export interface EmbeddedMongoOptions extends Access {
  /** Folder for the data; made when it does not exist. One server at a time may use it. */
  readonly dataDir: string;
  /** 0 takes any free port. */
  readonly port?: number;
}

export interface EmbeddedMongo {
  readonly port: number;
  readonly connectionString: string;
  /** Ends all connections, after the running commands are on disk. */
  close(): Promise<void>;
  /** Resolves when the storage failed; nothing is written after that, and the process should be restarted. */
  readonly failed: Promise<Error>;
}

/** Starts the server on a store that is already open; the tests use it to make the storage fail. */
export async function startOnStore(store: Store, port = 0, access: Access = {}): Promise<EmbeddedMongo> {
  const { host = '127.0.0.1' } = access;
  const credentials = credentialsFor(access);
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
  const counters = new Counters();
  let address = '';
  const server = serverFor(access, (socket) => {
    const peer = new Peer(++counters.connections, credentials);
    const engine = { catalogue, committer, counters, cursors, sessions, address };
    new Connection(
      socket,
      async ({ database, body, refusal }) =>
        refusal === undefined
          ? dispatch({ engine, name: body.firstName ?? '', database, body, peer })
          : errorReply(new MongoError(15, `${refusal}, which the embedded server refuses`)),
      allowance,
      () => (peer.isTrusted ? MAX_MESSAGE : MAX_BEFORE_LOGIN),
    );
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    counters.connectionsNow = sockets.size;
    socket.on('close', () => {
      sockets.delete(socket);
      counters.connectionsNow = sockets.size;
    });
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
    connectionString: `mongodb://${address}/?directConnection=true${access.tls ? '&tls=true' : ''}`,
    close: () => (closing ??= close()),
    failed: committer.failed,
  };
}

export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const { dataDir, port } = options;
  const unlock = lockFolder(dataDir, 'embedded document store');
  let store: LmdbStore | undefined;
  try {
    store = new LmdbStore(dataDir);
    const running = await startOnStore(store, port, options);
    return { ...running, close: () => running.close().finally(() => unlock()) };
  } catch (error) {
    await store?.close();
    unlock();
    throw error;
  }
}
