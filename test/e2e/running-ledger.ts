import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore } from '@app/embedded-eventstore';
import { startEmbeddedMongo } from '@app/embedded-mongo';
import { Logs, createApp, localKeys, type LocalKeys, type Role } from '@app/http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { AllInOneModule } from '../../apps/all-in-one/src/all-in-one.module.js';

interface SignedIn {
  readonly token: string;
  readonly person: string;
}
type Reply = Awaited<ReturnType<ReturnType<typeof request>['get']>>;

const rolesOfAllAgencies: readonly Role[] = ['administrator', 'oversight'];

/** Everything in one process over the two embedded stores, with people who sign in and send as themselves. */
export class RunningLedger {
  readonly people = new Map<string, SignedIn>();
  #position = '';

  private constructor(
    readonly app: NestFastifyApplication,
    readonly folder: string,
    readonly keys: LocalKeys,
    readonly eventStoreUrl: string,
    private readonly closeStores: () => Promise<void>,
  ) {}

  static async start(): Promise<RunningLedger> {
    const folder = await mkdtemp(join(tmpdir(), 'ledger-e2e-'));
    const events = await startEmbeddedEventStore({ dataDir: join(folder, 'eventstore') });
    const mongo = await startEmbeddedMongo({ dataDir: join(folder, 'mongo') });
    const keys = await localKeys(folder);
    const logs = new Logs('silent');
    const tokens = { audience: 'civic-ledger', local: keys };
    const stores = { eventStoreUrl: events.connectionString, mongoUrl: mongo.connectionString };
    const app = await createApp(AllInOneModule.with({ ...stores, tokens, logs }), { logs, docs: false });
    await app.listen(0, '127.0.0.1');
    return new RunningLedger(app, folder, keys, events.connectionString, async () => {
      await mongo.close();
      await events.close();
    });
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.closeStores();
    await rm(this.folder, { recursive: true });
  }

  url(): Promise<string> {
    return this.app.getUrl();
  }

  async signIn(name: string, role: Role, agency = 'boston'): Promise<SignedIn> {
    const wide = rolesOfAllAgencies.includes(role) ? {} : { agency };
    const { body } = await request(this.app.getHttpServer())
      .post('/v1/tokens')
      .set('authorization', `Bearer ${this.keys.operatorSecret}`)
      .send({ role, subject: name, ...wide })
      .expect(200);
    this.people.set(name, body as SignedIn);
    return body as SignedIn;
  }

  person(name: string): string {
    return this.#signedIn(name).person;
  }

  /** Sends as somebody and expects this status. */
  async post(name: string, path: string, body: object, status: number): Promise<Reply> {
    const reply = await request(this.app.getHttpServer())
      .post(path)
      .set('authorization', `Bearer ${this.#signedIn(name).token}`)
      .send(body);
    expect({ path, status: reply.status, body: reply.body }).toMatchObject({ path, status });
    this.#position = reply.headers['ledger-position'] ?? this.#position;
    return reply;
  }

  /** Uploads readings, a line each, and expects that all of them are taken in. */
  async upload(name: string, path: string, lines: readonly object[]): Promise<Reply> {
    const reply = await request(this.app.getHttpServer())
      .post(path)
      .set({ authorization: `Bearer ${this.#signedIn(name).token}`, 'content-type': 'application/x-ndjson' })
      .send(lines.map((line) => JSON.stringify(line)).join('\n'));
    expect({ status: reply.status, text: reply.text }).toMatchObject({ status: 200 });
    this.#position = reply.headers['ledger-position'] ?? this.#position;
    return reply;
  }

  /** Reads what is known after the last command. */
  async read(path: string, name?: string, status = 200): Promise<Reply['body']> {
    const question = this.#position === '' ? '' : `${path.includes('?') ? '&' : '?'}minPosition=${this.#position}`;
    const reply = await request(this.app.getHttpServer())
      .get(`${path}${question}`)
      .set('prefer', 'wait=10')
      .set(name === undefined ? {} : { authorization: `Bearer ${this.#signedIn(name).token}` });
    expect({ path, status: reply.status, body: reply.body }).toMatchObject({ path, status });
    return reply.body;
  }

  #signedIn(name: string): SignedIn {
    const found = this.people.get(name);
    if (found === undefined) throw new Error(`${name} has not signed in`);
    return found;
  }
}

/** What follows a command by itself comes after the position that the command answered with. */
export async function eventually<T>(ask: () => Promise<T>, expected: object): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const found = await ask();
    try {
      expect(found).toMatchObject(expected);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  expect(await ask()).toMatchObject(expected);
}
