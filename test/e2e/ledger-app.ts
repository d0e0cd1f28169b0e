import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import { startEmbeddedMongo, type EmbeddedMongo } from '@app/embedded-mongo';
import { EventLog } from '@app/event-store';
import { Logs, createApp, localKeys, type LocalKeys } from '@app/http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { AllInOneModule } from '../../apps/all-in-one/src/all-in-one.module.js';

/** The whole service over both embedded servers, in this process. */
export class LedgerApp {
  folder = '';
  url = '';
  keys: LocalKeys;
  app: NestFastifyApplication;
  readonly lines: string[] = [];
  readonly people: Record<string, { readonly token: string; readonly person: string }> = {};
  #events: EmbeddedEventStore;
  #mongo: EmbeddedMongo;

  async start({ docs = false }: { readonly docs?: boolean } = {}): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'ledger-app-'));
    this.#events = await startEmbeddedEventStore({ dataDir: join(this.folder, 'eventstore') });
    this.#mongo = await startEmbeddedMongo({ dataDir: join(this.folder, 'mongo') });
    this.keys = await localKeys(this.folder);
    await this.open(docs);
  }

  /** Another process of the service over the same stores. */
  async restart(): Promise<void> {
    await this.app.close();
    await this.open(false);
  }

  private async open(docs: boolean): Promise<void> {
    const logs = new Logs('debug', { write: (line) => this.lines.push(line) });
    const tokens = { audience: 'civic-ledger', local: this.keys };
    const stores = { eventStoreUrl: this.#events.connectionString, mongoUrl: this.#mongo.connectionString };
    this.app = await createApp(AllInOneModule.with({ ...stores, tokens, logs }), { logs, docs });
    await this.app.listen(0, '127.0.0.1');
    this.url = await this.app.getUrl();
  }

  async stop(): Promise<void> {
    await this.app?.close();
    await this.#mongo?.close();
    await this.#events?.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  http() {
    return request(this.app.getHttpServer());
  }

  /** Makes the person, the grant and a token. */
  async signIn(name: string, role: string, agency?: string): Promise<void> {
    const { body } = await this.http()
      .post('/v1/tokens')
      .set('authorization', `Bearer ${this.keys.operatorSecret}`)
      .send({ role, subject: name, ...(agency === undefined ? {} : { agency }) })
      .expect(200);
    this.people[name] = body as { token: string; person: string };
  }

  bearer(name: string): { readonly authorization: string } {
    return { authorization: `Bearer ${this.people[name]!.token}` };
  }

  /** Ids of everything that is recorded, in the order of the log. */
  async recorded(): Promise<string[]> {
    const ids: string[] = [];
    for await (const event of this.app.get(EventLog).readAll()) ids.push('id' in event ? event.id : event.eventId);
    return ids;
  }
}
