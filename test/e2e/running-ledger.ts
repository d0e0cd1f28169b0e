import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import { startEmbeddedMongo, type EmbeddedMongo } from '@app/embedded-mongo';
import { EventLog } from '@app/event-store';
import { Logs, createApp, localKeys, openApiDocument, type LocalKeys } from '@app/http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { AllInOneModule } from '../../apps/all-in-one/src/all-in-one.module.js';
import { ReplyContract } from './reply-contract.js';

interface SignedIn {
  readonly token: string;
  readonly person: string;
}
interface StartOptions {
  readonly docs?: boolean;
  /** `close` refuses what was answered and not declared by the published document; left out, it does. */
  readonly checksReplies?: boolean;
  readonly prepare?: (dataDir: string, eventStoreUrl: string) => Promise<void>;
}
type Reply = Awaited<ReturnType<ReturnType<typeof request>['get']>>;

const rolesOfAllAgencies: readonly string[] = ['administrator', 'oversight'];

/** Everything in one process over the two embedded stores, with people who sign in and send as themselves. */
export class RunningLedger {
  readonly people = new Map<string, SignedIn>();
  /** What the service has logged. */
  readonly lines: string[] = [];
  app: NestFastifyApplication;
  url = '';
  #position = '';
  #contract: ReplyContract | undefined;

  private constructor(
    readonly folder: string,
    readonly keys: LocalKeys,
    private readonly events: EmbeddedEventStore,
    private readonly mongo: EmbeddedMongo,
    private readonly checksReplies: boolean,
  ) {}

  /** `prepare` finds the data folder and the event store as the service will. */
  static async start({ docs = false, checksReplies = true, prepare }: StartOptions = {}): Promise<RunningLedger> {
    const folder = await mkdtemp(join(tmpdir(), 'ledger-e2e-'));
    const events = await startEmbeddedEventStore({ dataDir: join(folder, 'eventstore') });
    await prepare?.(folder, events.connectionString);
    const mongo = await startEmbeddedMongo({ dataDir: join(folder, 'mongo') });
    const ledger = new RunningLedger(folder, await localKeys(folder), events, mongo, checksReplies);
    await ledger.open(docs);
    return ledger;
  }

  /** Another process of the service over the same stores. */
  async restart(): Promise<void> {
    await this.app.close();
    await this.open(false);
  }

  private async open(docs: boolean): Promise<void> {
    const logs = new Logs('debug', { write: (line) => this.lines.push(line) });
    const tokens = { audience: 'civic-ledger', local: this.keys };
    const stores = { eventStoreUrl: this.events.connectionString, mongoUrl: this.mongo.connectionString };
    const keys = { dataDir: this.folder };
    this.app = await createApp(AllInOneModule.with({ ...stores, keys, tokens, logs }), { logs, docs });
    if (this.checksReplies) {
      this.#contract ??= new ReplyContract(openApiDocument(this.app));
      this.#contract.listenTo(this.app.getHttpServer());
    }
    await this.app.listen(0, '127.0.0.1');
    this.url = await this.app.getUrl();
  }

  /** @throws Error when something was answered that the published document does not declare */
  async close(): Promise<void> {
    await this.app.close();
    await this.mongo.close();
    await this.events.close();
    await rm(this.folder, { recursive: true });
    const faults = [...new Set(this.#contract?.faults)];
    if (faults.length > 0) throw new Error(`Not as the OpenAPI document declares:\n${faults.join('\n')}`);
  }

  get eventStoreUrl(): string {
    return this.events.connectionString;
  }

  get mongoUrl(): string {
    return this.mongo.connectionString;
  }

  http() {
    return request(this.app.getHttpServer());
  }

  bearer(name: string): { readonly authorization: string } {
    return { authorization: `Bearer ${this.#signedIn(name).token}` };
  }

  /** Ids of what is recorded, in the order of the log: of one category, or of all but what processes note by themselves meanwhile. */
  async recorded(category?: string): Promise<string[]> {
    const ids: string[] = [];
    const isAsked = (stream: string): boolean =>
      category === undefined ? !stream.startsWith('process-') : stream.startsWith(`${category}-`);
    for await (const event of this.app.get(EventLog).readAll())
      if (isAsked(event.streamName)) ids.push('id' in event ? event.id : event.eventId);
    return ids;
  }

  /** Makes the person, the grant and a token; `*` is the grant for all agencies. */
  async signIn(
    name: string,
    role: string,
    agency = rolesOfAllAgencies.includes(role) ? '*' : 'boston',
  ): Promise<SignedIn> {
    const { body } = await this.http()
      .post('/v1/tokens')
      .set('authorization', `Bearer ${this.keys.operatorSecret}`)
      .send({ role, subject: name, ...(agency === '*' ? {} : { agency }) })
      .expect(200);
    this.people.set(name, body as SignedIn);
    return body as SignedIn;
  }

  person(name: string): string {
    return this.#signedIn(name).person;
  }

  /** Sends as somebody and expects this status. What will be accepted is refused before, for a record at another revision. */
  async post(name: string, path: string, body: object, status: number): Promise<Reply> {
    if (status < 300 && this.#contract?.heedsIfMatch('POST', path) === true) await this.#postStale(name, path, body);
    const reply = await this.http().post(path).set(this.bearer(name)).send(body);
    expect({ path, status: reply.status, body: reply.body }).toMatchObject({ path, status });
    this.#position = reply.headers['ledger-position'] ?? this.#position;
    return reply;
  }

  async #postStale(name: string, path: string, body: object): Promise<void> {
    const ifMatch = { 'if-match': '"999999"' };
    const { status, body: problem } = await this.http()
      .post(path)
      .set({ ...this.bearer(name), ...ifMatch })
      .send(body);
    expect({ path, status, problem }).toMatchObject({
      path,
      status: 412,
      problem: { errors: [{ pointer: 'If-Match' }] },
    });
  }

  /** Uploads readings, a line each, and expects that all of them are taken in. */
  async upload(name: string, path: string, lines: readonly object[]): Promise<Reply> {
    const reply = await this.http()
      .post(path)
      .set({ ...this.bearer(name), 'content-type': 'application/x-ndjson' })
      .send(lines.map((line) => JSON.stringify(line)).join('\n'));
    expect({ status: reply.status, text: reply.text }).toMatchObject({ status: 200 });
    this.#position = reply.headers['ledger-position'] ?? this.#position;
    return reply;
  }

  /** Reads what is known after the last command. */
  async read(path: string, name?: string, status = 200): Promise<Reply['body']> {
    const question = this.#position === '' ? '' : `${path.includes('?') ? '&' : '?'}minPosition=${this.#position}`;
    const reply = await this.http()
      .get(`${path}${question}`)
      .set('prefer', 'wait=10')
      .set(name === undefined ? {} : this.bearer(name));
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
