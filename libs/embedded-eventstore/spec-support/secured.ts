import { EventStoreDBClient } from '@eventstore/db-client';
import * as users from '@eventstore/db-client/generated/users_pb.js';
import { aCertificate } from '../../../test/tls/certificate.js';
import { PasswordHashes } from '../src/engine/users/password-hash.js';
import { type EmbeddedEventStore, startServer } from '../src/server.js';
import { aFolder, disposeSoon, removeFolder } from './given.js';
import { type Answer, basic, GrpcClient } from './grpc-client.js';

export const PASSWORD = 'correct horse';
export const SERVICE = '/event_store.client.users.Users';
/** A thousandth of what a real server spends on a password. */
const QUICK = { N: 1024, r: 8, p: 1 };

/** A server with TLS and users, and those who talk to it. */
export class SecuredStore {
  readonly folder = aFolder();
  readonly identity = aCertificate();
  private store: EmbeddedEventStore | undefined;
  private raw: GrpcClient | undefined;
  private readonly clients: EventStoreDBClient[] = [];

  async start(password = PASSWORD, host = '127.0.0.1'): Promise<void> {
    const security = { password, ...this.identity };
    this.store = await startServer({ dataDir: this.folder, host, security }, { hashes: new PasswordHashes(QUICK) });
  }

  get port(): number {
    return this.store?.port ?? 0;
  }

  get connectionString(): string {
    return this.store?.connectionString ?? '';
  }

  client(username?: string, password = PASSWORD): EventStoreDBClient {
    const client = new EventStoreDBClient(
      { endpoint: `localhost:${this.port}` },
      { rootCertificate: Buffer.from(this.identity.authority) },
      username === undefined ? undefined : { username, password },
    );
    this.clients.push(client);
    return client;
  }

  /** Asks the service Users, as `admin` unless told otherwise. */
  async users(
    method: string,
    request: { serializeBinary(): Uint8Array },
    headers = basic('admin', PASSWORD),
  ): Promise<Answer> {
    this.raw ??= new GrpcClient(`https://localhost:${this.port}`, this.identity.authority);
    return this.raw.call(`${SERVICE}/${method}`, request.serializeBinary(), headers);
  }

  async createUser(loginName: string, groups: string[] = []): Promise<void> {
    const options = new users.CreateReq.Options();
    options.setLoginName(loginName).setPassword(PASSWORD).setFullName(`The user ${loginName}`).setGroupsList(groups);
    const { status, message } = await this.users('Create', new users.CreateReq().setOptions(options));
    if (status !== 0) throw new Error(message);
  }

  async stop(): Promise<void> {
    this.raw?.close();
    this.raw = undefined;
    await Promise.all(this.clients.splice(0).map(disposeSoon));
    await this.store?.close();
  }

  async remove(): Promise<void> {
    await this.stop();
    removeFolder(this.folder);
  }
}
