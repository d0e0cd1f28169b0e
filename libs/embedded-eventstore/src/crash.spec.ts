import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compileLibraries } from '../../../test/crash/compiled.js';
import { aClient, aFolder, anEvent, removeFolder, valuesOf } from '../spec-support/given.js';

const ROUNDS = 3;
const WRITERS = 8;

/** A process of its own: `worker` runs the server in a worker thread, as the application does. */
const PROGRAM = `
import * as library from './embedded-eventstore/index.js';
const [dataDir, mode] = process.argv.slice(2);
const start = mode === 'worker' ? library.startEmbeddedEventStoreWorker : library.startEmbeddedEventStore;
try {
  const store = await start({ dataDir });
  console.log(store.connectionString);
  process.on('SIGTERM', async () => { await store.close(); process.exit(0); });
} catch (error) {
  console.log('refused: ' + error.message);
}
`;

describe('The embedded event store in a process that is killed', () => {
  const folder = compileLibraries('embedded-eventstore');
  const dataDir = aFolder();
  const children: ChildProcess[] = [];

  beforeAll(() => writeFileSync(join(folder, 'program.mjs'), PROGRAM));
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => {
    removeFolder(folder);
    removeFolder(dataDir);
  });

  async function startChild(mode: string): Promise<{ child: ChildProcess; says: string }> {
    const child = spawn(process.execPath, [join(folder, 'program.mjs'), dataDir, mode], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const says = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', (code) => reject(new Error(`the child ended with code ${code} before it said anything`)));
    });
    return { child, says };
  }

  /** Appends numbers to a stream per writer, one after another, until the server is gone. */
  async function writeUntilKilled(connectionString: string, child: ChildProcess, round: number): Promise<number[]> {
    const { client, dispose } = aClient(connectionString);
    const acknowledged = new Array<number>(WRITERS).fill(0);
    const writers = acknowledged.map(async (_, writer) => {
      for (let value = 0; ; value++) {
        await client.appendToStream(`round-${round}-${writer}`, anEvent(value));
        acknowledged[writer] = value + 1;
      }
    });
    setTimeout(() => child.kill('SIGKILL'), 300 + round * 150);
    await Promise.allSettled(writers);
    await dispose();
    return acknowledged;
  }

  it(`given load, when the process is killed ${ROUNDS} times, then nothing that was acknowledged is missing`, async () => {
    const rounds: number[][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { child, says } = await startChild(round === 1 ? 'in-process' : 'worker');
      rounds.push(await writeUntilKilled(says, child, round));
    }
    const { says, child } = await startChild('worker');
    const { client, dispose } = aClient(says);
    for (const [round, acknowledged] of rounds.entries())
      for (const [writer, count] of acknowledged.entries()) {
        const values = await valuesOf(client, `round-${round}-${writer}`);
        expect(count).toBeGreaterThan(0);
        expect(values.length).toBeGreaterThanOrEqual(count);
        expect(values).toEqual(values.map((_, index) => index));
      }
    await dispose();
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }, 60_000);

  it('given a running server, when a second process opens its folder, then it is refused and told what to do', async () => {
    await startChild('in-process');
    const { says } = await startChild('in-process');
    expect(says).toMatch(
      /refused: .* is in use by another embedded event store \(process \d+\)\. Connect to that one, or stop it/,
    );
  }, 30_000);
});
