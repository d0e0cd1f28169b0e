import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MongoClient, type Collection } from 'mongodb';
import { compileLibraries } from '../../../test/crash/compiled.js';

const PROGRAM = `
import { startEmbeddedMongo, startEmbeddedMongoWorker } from './embedded-mongo/index.js';
const [dataDir, mode] = process.argv.slice(2);
const start = mode === 'worker' ? startEmbeddedMongoWorker : startEmbeddedMongo;
try {
  const server = await start({ dataDir });
  console.log(server.connectionString);
  process.on('SIGTERM', async () => { await server.close(); process.exit(0); });
} catch (error) {
  console.log('refused: ' + error.message);
}
`;
const WRITERS = 4;
const DOCUMENTS = 40;
const ITEMS = 20;
const PADDING = 3000;

export interface Row {
  readonly _id: string;
  readonly seq: number;
  readonly code: string;
  readonly list: readonly number[];
  readonly padding: string;
  readonly end: number;
}

/** The server as a process of its own, over one data folder that outlives it. */
export class KilledServer {
  private readonly folder = compileLibraries('embedded-mongo');
  readonly dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
  private readonly children: ChildProcess[] = [];
  /** Per document: the last number that was acknowledged, and the last that was sent. */
  readonly acknowledged = new Map<string, number>();
  readonly sent = new Map<string, number>();

  constructor() {
    writeFileSync(join(this.folder, 'program.mjs'), PROGRAM);
  }

  /** With options of strace the server is traced, and stays our own child (-D), because strace takes no signal for it. */
  async start(
    mode: 'worker' | 'in-process' = 'worker',
    strace: readonly string[] = [],
  ): Promise<{ child: ChildProcess; says: string }> {
    const node = [process.execPath, join(this.folder, 'program.mjs'), this.dataDir, mode];
    const [command = '', ...args] = strace.length === 0 ? node : ['strace', '-D', '-f', ...strace, ...node];
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.children.push(child);
    const says = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', (code) => reject(new Error(`the server ended with code ${code} before it said anything`)));
    });
    return { child, says };
  }

  /** Four writers replace their documents over and over; the kill comes `delayMs` after so many acknowledged batches. */
  async loadAndKill(round: number, batches: number, delayMs: number): Promise<void> {
    const { child, says } = await this.start(round % 2 === 0 ? 'worker' : 'in-process');
    const client = await MongoClient.connect(says, { serverSelectionTimeoutMS: 2_000 });
    const rows = client.db('test').collection<Row>('rows');
    await rows.createIndexes([{ key: { code: 1 }, unique: true }, { key: { seq: -1, code: 1 } }, { key: { list: 1 } }]);
    let left = batches;
    const acknowledged = (): void => {
      if (--left === 0) setTimeout(() => child.kill('SIGKILL'), delayMs);
    };
    await Promise.allSettled(Array.from({ length: WRITERS }, (_, writer) => this.write(rows, writer, acknowledged)));
    await client.close();
  }

  private async write(rows: Collection<Row>, writer: number, acknowledged: () => void): Promise<never> {
    for (;;) {
      const batch = Array.from({ length: DOCUMENTS }, (_, i): Row => {
        const _id = `${writer}-${i}`;
        const seq = (this.sent.get(_id) ?? 0) + 1;
        this.sent.set(_id, seq);
        return {
          _id,
          seq,
          code: `${_id}-${seq}`,
          list: Array.from({ length: ITEMS }, (_, n) => seq + n),
          padding: String(seq % 10).repeat(PADDING),
          end: seq,
        };
      });
      await rows.bulkWrite(
        batch.map((row) => ({ replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } })),
        { ordered: writer % 2 === 0 },
      );
      for (const { _id, seq } of batch) this.acknowledged.set(_id, seq);
      acknowledged();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.children.map(ended));
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

/** What is wrong after a kill: lost, torn or from nowhere, or not the same through every index. */
export async function whatIsWrong(server: KilledServer, connectionString: string): Promise<string[]> {
  const client = await MongoClient.connect(connectionString);
  try {
    const rows = client.db('test').collection<Row>('rows');
    const scanned = await rows.find({}, { hint: { $natural: 1 } }).toArray();
    const wrong: string[] = [];
    const found = new Map(scanned.map((row) => [row._id, row]));
    for (const [id, seq] of server.acknowledged) {
      if ((found.get(id)?.seq ?? 0) < seq) wrong.push(`${id} is at ${found.get(id)?.seq}, acknowledged was ${seq}`);
    }
    for (const { _id, seq, code, list, padding, end } of scanned) {
      const whole =
        end === seq &&
        code === `${_id}-${seq}` &&
        list.length === ITEMS &&
        list.every((n, i) => n === seq + i) &&
        padding === String(seq % 10).repeat(PADDING);
      if (!whole) wrong.push(`${_id} is torn`);
      if (seq > (server.sent.get(_id) ?? 0)) wrong.push(`${_id} is at ${seq}, which was never sent`);
    }
    const ids = scanned.map(({ _id }) => _id).sort();
    for (const index of await rows.indexes()) {
      const through = await rows.find({}, { hint: index.name ?? '', projection: { _id: 1 } }).toArray();
      if (
        through
          .map(({ _id }) => _id)
          .sort()
          .join() !== ids.join()
      )
        wrong.push(`${index.name} differs from the scan`);
    }
    for (const { _id, seq, code } of scanned) {
      const one = await rows.find({ code, seq }).project({ _id: 1 }).toArray();
      if (one.length !== 1 || one[0]?._id !== _id) wrong.push(`${code} is not found through its index`);
    }
    return wrong;
  } finally {
    await client.close();
  }
}
