import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { MongoClient } from 'mongodb';
import { importFile, type ImportCounts } from '../../apps/cli/src/import/import-file.js';
import { loadProfile, type Profile } from '../../apps/cli/src/import/profile.js';
import { build, home, killAll, runNode, tokenOf } from '../process/service.js';

const shared = join(home, '..', 'shared', 'data');

/** Path of published data beside the project; undefined on a machine that has none. */
export function sharedData(...path: readonly string[]): string | undefined {
  const file = join(shared, ...path);
  return existsSync(file) ? file : undefined;
}

export const expectedRows = (folder: string, file: string): Record<string, string>[] =>
  parse(readFileSync(join(shared, folder, 'expected', file)), { columns: true });

/** `100.0` and `100` are the same figure, and a blank is none. */
export const plain = (text: string): string | null => (text === '' ? null : text.replace(/\.0+$/, ''));

export interface Row {
  readonly key: Readonly<Record<string, string>>;
  readonly [figure: string]: unknown;
}

/** The service as its users start it, over an event store in a thread and a document store in a process of its own. */
export class ServiceOnData {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly mongoUrl: string,
  ) {}

  static async start(): Promise<ServiceOnData> {
    await build();
    const folder = await mkdtemp(join(tmpdir(), 'ledger-data-'));
    const cli = join('dist', 'bundle', 'cli.js');
    const mongo = runNode([cli, 'embedded-mongo', '--data', join(folder, 'documents'), '--port', '0'], {});
    const mongoUrl = await mongo.says(/(mongodb:\S+)/);
    const settings = { LEDGER_DATA_DIR: join(folder, 'ledger'), LEDGER_PORT: '0', MONGODB_URL: mongoUrl };
    const service = runNode(['tools/start.mjs', '--empty'], settings);
    const url = await service.says(/API +(http:\S+)\/v1/);
    return new ServiceOnData(url, folder, mongoUrl);
  }

  async stop(): Promise<void> {
    await killAll();
    await rm(this.folder, { recursive: true, force: true });
  }

  token(role: string, agency?: string): Promise<string> {
    return tokenOf(this.url, join(this.folder, 'ledger'), role, agency);
  }

  get operatorSecret(): string {
    return readFileSync(join(this.folder, 'ledger', 'keys', 'operator.key'), 'utf8').trim();
  }

  profile(name: string): Profile {
    return loadProfile(name, join(home, 'profiles'));
  }

  import(profile: Profile, file: string): Promise<ImportCounts> {
    return importFile({ url: this.url, token: (role, agency) => this.token(role, agency), profile, file });
  }

  async performance(question: Readonly<Record<string, string>>): Promise<Row[]> {
    return ((await this.get(`/v1/performance?${new URLSearchParams(question).toString()}`)) as { rows: Row[] }).rows;
  }

  async get(path: string): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`);
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  }

  async post(path: string, body: object, role: string, agency?: string): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await this.token(role, agency)}`,
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response;
  }

  /** Waits until every read model has everything that was recorded before. @returns position of the log */
  async caughtUp(): Promise<string> {
    const id = `mark-${Math.floor(performance.now() * 1000)}`;
    const mark = { id, name: 'A mark in the log', timeZone: 'America/New_York' };
    const position = (await this.post('/v1/agencies', mark, 'administrator')).headers.get('ledger-position')!;
    for (;;) {
      const response = await fetch(`${this.url}/v1/agencies?minPosition=${position}`, {
        headers: { prefer: 'wait=30' },
      });
      if (response.ok) return position;
      if (response.status !== 503) throw new Error(await response.text());
    }
  }

  /** How many documents every view has, and a digest of their bytes. */
  async views(): Promise<Record<string, string>> {
    const client = new MongoClient(this.mongoUrl);
    try {
      const db = client.db('civic_ledger');
      const digests: Record<string, string> = {};
      for (const { name } of await db.listCollections().toArray()) {
        if (aboutProjections.has(name)) continue;
        const digest = createHash('sha256');
        let documents = 0;
        const raw = db.collection(name, { raw: true }).find({}, { raw: true }).sort({ _id: 1 });
        for await (const document of raw) {
          digest.update(document as unknown as Buffer);
          documents += 1;
        }
        digests[name] = `${documents} documents, ${digest.digest('hex')}`;
      }
      return digests;
    } finally {
      await client.close();
    }
  }
}

const aboutProjections: ReadonlySet<string> = new Set([
  'projection-checkpoints',
  'projection-versions',
  'parked-events',
]);
