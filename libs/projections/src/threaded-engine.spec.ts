import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import { startEmbeddedMongo, type EmbeddedMongo } from '@app/embedded-mongo';
import { EventLog } from '@app/event-store';
import type { Position } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import { boards, counted, poison, type BoardEvent } from '../spec-support/boards.js';
import { ReadModels } from './read-models.js';
import { ThreadedEngine } from './threaded-engine.js';

const thread = pathToFileURL(join(__dirname, '..', 'spec-support', 'board-thread.mjs'));

let folder: string;
let store: EmbeddedEventStore;
let mongo: EmbeddedMongo;
let log: EventLog;
let readModels: ReadModels;
let engine: ThreadedEngine;
let revision = -1n;
let commands = 0;

async function append(...events: readonly BoardEvent[]): Promise<Position> {
  const encoded = events.map((event) =>
    log.codec.encode(
      event,
      { ...exampleMetadata, commandId: `00000000-0000-4000-a000-${String(++commands).padStart(12, '0')}` },
      0,
    ),
  );
  const appended = await log.append('tally-boston/threaded', encoded, revision);
  revision = appended.revision;
  return appended.position;
}

const board = (id: string) => readModels.collection(boards).findOne({ _id: id });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-threaded-'));
  store = await startEmbeddedEventStore({ dataDir: join(folder, 'events') });
  mongo = await startEmbeddedMongo({ dataDir: join(folder, 'mongo') });
  log = EventLog.connect(store.connectionString);
  readModels = new ReadModels(mongo.connectionString);
});
beforeEach(() => {
  const stores = { eventStoreUrl: store.connectionString, mongoUrl: mongo.connectionString };
  engine = new ThreadedEngine(thread, stores, ['boards', 'tallies']);
});
afterEach(() => engine.stop());
afterAll(async () => {
  await readModels.close();
  await log.close();
  await mongo.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('an engine in a thread of its own', () => {
  it('keeps the read models, waits for a position and says how far it is', async () => {
    await engine.start();
    const position = await append(counted('a', 1), counted('a', 2));
    expect(await engine.waitFor(position, 10_000)).toBe(true);
    expect(await engine.position()).toEqual(position);
    expect(await board('a')).toEqual({ _id: 'a', points: 3, counted: 2 });
    expect(engine.events).toBe(2);
    expect(engine.lag).toBe(0);
    expect(engine.failure).toBeUndefined();
    expect(await engine.waitFor({ commit: position.commit + 1_000_000n, prepare: 0n }, 20)).toBe(false);
  });

  it('shows what is parked and lets it be given up', async () => {
    await engine.start();
    expect(await engine.waitFor(await append(counted('b', poison.points), counted('b', 2)), 10_000)).toBe(true);
    expect((await engine.parked()).map(({ document }) => document)).toEqual(['b', 'b']);
    expect(await engine.retry('boards', 'b')).toBe(2);
    expect(await engine.skip('boards', 'b')).toBe(0);
    expect(engine.parkedDocuments).toBe(0);
    expect(await board('b')).toMatchObject({ points: 2 });
  });

  it('rebuilds, and says which read models there are when asked for another', async () => {
    await engine.start();
    await engine.rebuild('boards', 'tallies');
    expect(await board('a')).toMatchObject({ points: 3 });
    await expect(engine.rebuild('nothing')).rejects.toThrow('there are boards, tallies');
  });

  it('does not start on another log, and says why', async () => {
    const checkpoints = readModels.db.collection('projection-checkpoints');
    const { eventId } = (await checkpoints.findOne({}))!;
    await checkpoints.updateOne({}, { $set: { eventId: 'another' } });
    await expect(engine.start()).rejects.toThrow(/made from another log/);
    await checkpoints.updateOne({}, { $set: { eventId } });
    await engine.start();
    expect(await engine.waitFor(await append(counted('a', 4)), 10_000)).toBe(true);
  });

  it('says that it does not run before it is started', async () => {
    await expect(engine.position()).rejects.toThrow('The projector thread does not run.');
  });
});
