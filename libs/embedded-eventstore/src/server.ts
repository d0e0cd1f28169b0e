import { Engine } from './engine/engine.js';
import { Permissions } from './engine/permissions.js';
import { PersistentSubscriptions } from './engine/persistent-subscriptions/persistent-subscriptions.js';
import { Scavenger } from './engine/scavenger.js';
import { Logins } from './engine/users/logins.js';
import { PasswordHashes } from './engine/users/password-hash.js';
import { UserAccounts } from './engine/users/user-accounts.js';
import { classicAppend } from './services/append.js';
import { BatchAppendCall } from './services/batch-append.js';
import { ANYBODY, type Caller } from './services/caller.js';
import { deleteStream } from './services/delete.js';
import { identifyBy } from './services/identify.js';
import { gossip, newInstanceId, supportedMethods } from './services/node-info.js';
import { startScavenge, stopScavenge } from './services/operations.js';
import { persistentSubscriptionHandlers } from './services/persistent-subscriptions.js';
import { read } from './services/read.js';
import { userManagement, USERS } from './services/users.js';
import type { LogFile } from './storage/log-file.js';
import { GrpcServer, type Handler, type TlsIdentity } from './transport/grpc-server.js';
import type { Limits } from './transport/limits.js';

export interface EmbeddedEventStoreOptions {
  /** The folder that holds the events; it is made when it is missing. */
  dataDir: string;
  /** 0 takes a free port. */
  port?: number;
  /** The address to listen to, 127.0.0.1 when it is not given. One beyond this machine needs `security`. */
  host?: string;
  /** Asks for a user's name and password on every call. Without it there are no users, and everybody may do everything. */
  security?: Security;
  /**
   * Milliseconds after which an append or a deletion that is not on the disk is answered with a time-out, at most a
   * tenth of a second late; EventStoreDB does so after 2,000, and up to a second late. It may get there all the same.
   * When it is not given, the disk is waited for.
   */
  commitTimeoutMs?: number;
}

/** The certificate and its key are PEM text. Credentials would be readable without them, so all three belong together. */
export interface Security extends TlsIdentity {
  /** Of the users `admin` and `ops` when they are made, at the first start. Afterwards the service Users changes it. */
  password: string;
}

export interface EmbeddedEventStore {
  readonly port: number;
  /** Without credentials, which a secured server needs besides. */
  readonly connectionString: string;
  /** Ends open calls, waits for what was accepted, and gives the folder back. */
  close(): Promise<void>;
  /** Resolves when the storage failed. From then on no event is accepted: end the process and start again. */
  readonly failed: Promise<Error>;
}

/** What a spec puts in the place of what is slow, or cannot be made to fail. */
export interface Parts {
  openFile?: (path: string) => LogFile;
  hashes?: PasswordHashes;
  limits?: Limits;
}

const OPERATIONS = '/event_store.client.operations.Operations';
const STREAMS = '/event_store.client.streams.Streams';

/** Starts the server in this thread. */
export async function startServer(
  options: EmbeddedEventStoreOptions,
  { openFile, hashes, limits }: Parts = {},
): Promise<EmbeddedEventStore> {
  const host = options.host ?? '127.0.0.1';
  const { security } = options;
  refuseUnsafe(host, security);
  const engine = new Engine(options.dataDir, openFile, { commitTimeoutMs: options.commitTimeoutMs });
  const groups = new PersistentSubscriptions(engine);
  const scavenger = new Scavenger(engine, options.dataDir);
  let port = options.port ?? 0;
  const handlers = new Map<string, Handler<Caller>>([
    [
      '/event_store.client.server_features.ServerFeatures/GetSupportedMethods',
      supportedMethods(security !== undefined),
    ],
    ['/event_store.client.gossip.Gossip/Read', gossip(newInstanceId(), () => ({ host, port }))],
    [`${OPERATIONS}/StartScavenge`, (call, caller) => startScavenge(scavenger, call, caller)],
    [`${OPERATIONS}/StopScavenge`, (call, caller) => stopScavenge(scavenger, call, caller)],
    [`${STREAMS}/Append`, (call, caller) => classicAppend(engine, call, caller)],
    [`${STREAMS}/BatchAppend`, (call, caller) => void new BatchAppendCall(engine, call, caller)],
    [`${STREAMS}/Delete`, (call, caller) => deleteStream(engine, call, caller, false)],
    [`${STREAMS}/Tombstone`, (call, caller) => deleteStream(engine, call, caller, true)],
    [`${STREAMS}/Read`, (call, caller) => read(engine, call, caller)],
    ...persistentSubscriptionHandlers(groups),
  ]);
  let server: GrpcServer<Caller>;
  try {
    if (security === undefined) server = new GrpcServer(handlers, () => ANYBODY, undefined, limits);
    else {
      const accounts = new UserAccounts(engine, hashes);
      await accounts.makeStandardUsers(security.password);
      for (const [method, handler] of userManagement(accounts)) handlers.set(`${USERS}/${method}`, handler);
      server = new GrpcServer(handlers, identifyBy(new Logins(accounts), new Permissions(engine)), security, limits);
    }
    port = await server.listen(port, host);
  } catch (error) {
    groups.close();
    await engine.close();
    throw error;
  }
  scavenger.resume();
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await server.close();
    groups.close();
    await engine.close();
  };
  return {
    port,
    connectionString: connectionString(host, port, security !== undefined),
    failed: engine.failed,
    close: () => (closing ??= close()),
  };
}

function refuseUnsafe(host: string, security: Security | undefined): void {
  if (security === undefined && host !== 'localhost' && host !== '::1' && !/^127(\.\d{1,3}){3}$/.test(host))
    throw new Error(
      `The embedded event store listens to ${host} only with a password and a TLS certificate: ` +
        'give it both, or leave the host at 127.0.0.1.',
    );
  if (security === undefined) return;
  for (const [name, value] of Object.entries({
    password: security.password,
    certificate: security.certificate,
    key: security.key,
  }))
    if (value === '')
      throw new Error(
        `The ${name} of the embedded event store is empty: a secured server needs a password, a certificate and its key.`,
      );
}

const ANY_ADDRESS = new Set(['0.0.0.0', '::']);

function connectionString(host: string, port: number, tls: boolean): string {
  const name = ANY_ADDRESS.has(host) ? 'localhost' : host;
  return `esdb://${name.includes(':') ? `[${name}]` : name}:${port}?tls=${tls}`;
}
