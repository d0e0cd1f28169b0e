import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compileLibraries } from './compiled.js';

const storeProgram = `
import { startEmbeddedEventStore } from './embedded-eventstore/index.js';
const [dataDir, port] = process.argv.slice(2);
const store = await startEmbeddedEventStore({ dataDir, port: Number(port) });
console.log(store.port);
`;

/** Writers share streams; each sends one command after another, and the same one again until it is acknowledged. */
const writerProgram = `
import { Command, defineEvents, uuidV5 } from './kernel/index.js';
import { EventLog } from './event-store/event-log.js';
import { StreamDecider } from './event-store/stream-decider.js';
import { z } from 'zod';
const [url, streams, begin] = process.argv.slice(2);
defineEvents({ StepTaken: { version: 1, schema: z.object({ writer: z.int(), step: z.int() }) } });
class TakeStep extends Command {}
const steps = {
  category: 'steps',
  events: {},
  initial: {},
  evolve: (state, { data }) => ({ ...state, [data.writer]: data.step }),
  snapshot: { version: 1, every: 25, encode: (state) => state, decode: (stored) => stored },
};
const decide = ({ data }, state) => {
  if (data.step !== (state[data.writer] ?? -1) + 1) throw new Error('step ' + data.step + ' after ' + state[data.writer]);
  return [{ type: 'StepTaken', data }];
};
const decider = new StreamDecider(EventLog.connect(url));
const actor = { person: 'p', role: 'r', tenant: 'crash', grant: 'g', grantRevision: '0' };
let stopping = false;
process.on('SIGTERM', () => (stopping = true));
process.on('unhandledRejection', (reason) => { console.log('unhandled ' + reason); process.exit(3); });
await Promise.all(JSON.parse(begin).map(async (first, writer) => {
  for (let step = first; !stopping; ) {
    const commandId = uuidV5('6f0c3a52-5a0f-5c7e-9d3b-7d1b6a0f2e11', writer + ' ' + step);
    const metadata = { commandId, correlationId: commandId, actor, occurredAt: '2011-07-01T00:00:00Z' };
    const command = new TakeStep('crash', String(writer % Number(streams)), { writer, step }, metadata);
    try {
      const { revision } = await decider.execute(steps, command, decide, undefined);
      console.log(writer + ' ' + step + ' ' + revision);
      step += 1;
    } catch (error) {
      if (error.name === 'StoreUnavailable') continue;
      console.log('failed ' + error);
      process.exit(4);
    }
  }
}));
process.exit(0);
`;

export const writers = 8;
export const streams = 4;

/** One store and one writing process; either can be killed, and is started again. */
export class KilledProcesses {
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'crash-'));
  readonly #folder = compileLibraries('kernel', 'event-store', 'embedded-eventstore');
  /** Revision of each acknowledged step, by writer. */
  readonly acknowledged: bigint[][] = Array.from({ length: writers }, () => []);
  /** What a writing process said that it must not say. */
  readonly complaints: string[] = [];
  #port = 0;
  #store: ChildProcess | undefined;
  #writer: ChildProcess | undefined;

  constructor() {
    writeFileSync(join(this.#folder, 'store.mjs'), storeProgram);
    writeFileSync(join(this.#folder, 'writer.mjs'), writerProgram);
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  get steps(): number {
    return this.acknowledged.reduce((sum, revisions) => sum + revisions.length, 0);
  }

  async startStore(): Promise<void> {
    const child = this.#spawn('store.mjs', this.#dataDir, String(this.#port));
    this.#store = child;
    this.#port = Number(
      await new Promise<string>((resolve, reject) => {
        createInterface({ input: child.stdout! }).once('line', resolve);
        child.once('exit', () => reject(new Error('the store ended before it said its port')));
      }),
    );
  }

  startWriter(): void {
    const begin = JSON.stringify(this.acknowledged.map(({ length }) => length));
    this.#writer = this.#spawn('writer.mjs', this.url, String(streams), begin);
    createInterface({ input: this.#writer.stdout! }).on('line', (line) => this.#hear(line));
  }

  #hear(line: string): void {
    const [writer, step, revision] = line.split(' ');
    if (!/^\d+ \d+ \d+$/.test(line)) this.complaints.push(line);
    else if (this.acknowledged[Number(writer)]!.length !== Number(step)) this.complaints.push(`out of turn: ${line}`);
    else this.acknowledged[Number(writer)]!.push(BigInt(revision!));
  }

  killStore(): Promise<void> {
    return ended(this.#store!, 'SIGKILL');
  }

  killWriter(): Promise<void> {
    return ended(this.#writer!, 'SIGKILL');
  }

  async stop(): Promise<void> {
    await ended(this.#writer!, 'SIGTERM');
  }

  async clear(): Promise<void> {
    for (const child of [this.#writer, this.#store]) if (child !== undefined) await ended(child, 'SIGKILL');
    rmSync(this.#dataDir, { recursive: true, force: true });
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #spawn(program: string, ...args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [join(this.#folder, program), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  }
}

/** What it said is heard before it counts as ended. */
async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill(signal);
  await closed;
}
