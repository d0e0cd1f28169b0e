import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore } from '@app/embedded-eventstore';
import { startEmbeddedMongo } from '@app/embedded-mongo';
import { EventLog } from '@app/event-store';
import type { Position } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import { LocalEngine } from '../src/local-engine.js';
import { ReadModels } from '../src/read-models.js';
import { boards, cleared, counted, plainBoards, tallies, type BoardEvent } from './boards.js';

const home = join(__dirname, '..', '..', '..');
const eventsInARound = 2_000;
const eventsInAnAppend = 200;
const mostMilliseconds = 400;

/** What the documents are after the kills, what a plain fold gives, and what a second replay from the start gives. */
export interface KilledProjector {
  /** Rounds that were killed before everything was applied. */
  readonly interrupted: number;
  readonly boards: readonly object[];
  readonly tallies: readonly object[];
  readonly plain: readonly object[];
  readonly counted: number;
  readonly again: { readonly boards: readonly object[]; readonly tallies: readonly object[] };
}

/** Kills a projecting process with SIGKILL at a random moment, `rounds` times, each time with new events to apply. */
export async function killedProjector(rounds: number): Promise<KilledProjector> {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-killed-'));
  const store = await startEmbeddedEventStore({ dataDir: join(folder, 'events') });
  const mongo = await startEmbeddedMongo({ dataDir: join(folder, 'mongo') });
  const log = EventLog.connect(store.connectionString);
  const readModels = new ReadModels(mongo.connectionString, 'killed');
  const checkpoints = readModels.db.collection('projection-checkpoints');
  const contents = (name: string) => readModels.db.collection(name).find().sort({ _id: 1 }).toArray();
  const both = async () => ({ boards: await contents('boards'), tallies: await contents('tallies') });
  const stream = 'tally-boston/killed';
  const recorded: BoardEvent[] = [];
  let revision = -1n;
  let last!: Position;
  let interrupted = 0;

  const record = async (): Promise<void> => {
    for (let done = 0; done < eventsInARound; done += eventsInAnAppend) {
      const events = Array.from({ length: eventsInAnAppend }, (_, at) => {
        const board = `board-${(recorded.length + at) % 37}`;
        // Most boards are never cleared: a clearing would hide what was folded twice before it.
        return at % 50 === 49 ? cleared(`board-${at % 4}`) : counted(board, 1 + (at % 9));
      });
      const encoded = events.map((event, at) => log.codec.encode(event, metadataOf(recorded.length + at), 0));
      ({ revision, position: last } = await log.append(stream, encoded, revision));
      recorded.push(...events);
    }
  };
  const finish = async (): Promise<void> => {
    const engine = new LocalEngine(log, readModels, [boards, tallies]);
    await engine.start();
    const reached = await engine.waitFor(last, 60_000);
    await engine.stop();
    if (!reached) throw new Error('The read models did not catch up');
  };

  try {
    for (let round = 0; round < rounds; round++) {
      await record();
      const child = await started(store.connectionString, mongo.connectionString);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * mostMilliseconds));
      await killed(child);
      const saved = await checkpoints.findOne({});
      if (BigInt(String(saved?.['commit'] ?? 0)) < last.commit) interrupted += 1;
    }
    await finish();
    const after = await both();
    await checkpoints.updateOne({}, { $unset: { commit: '', prepare: '', eventId: '' } });
    await finish();
    const again = await both();
    const plain = [...plainBoards(recorded).values()];
    const count = recorded.filter(({ type }) => type === 'TallyCounted').length;
    return { interrupted, ...after, plain, counted: count, again };
  } finally {
    await readModels.close();
    await log.close();
    await mongo.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const metadataOf = (at: number) => ({
  ...exampleMetadata,
  commandId: `00000000-0000-4000-b000-${String(at).padStart(12, '0')}`,
});

/** From sources; it has begun to apply what is new when this resolves. */
async function started(eventStoreUrl: string, mongoUrl: string): Promise<ChildProcess> {
  const loader = join(home, 'tools', 'typescript.mjs');
  const program = join(__dirname, 'board-process.ts');
  const child = spawn(process.execPath, ['--import', loader, program, eventStoreUrl, mongoUrl, 'killed'], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the projecting process ended with ${code}`)));
  });
  return child;
}

const killed = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
