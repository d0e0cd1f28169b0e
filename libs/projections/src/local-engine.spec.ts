import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import { startEmbeddedMongo, type EmbeddedMongo } from '@app/embedded-mongo';
import { EventLog } from '@app/event-store';
import type { DomainEvent, Position } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import fc from 'fast-check';
import {
  boards,
  boardsOf,
  cleared,
  counted,
  plainBoards,
  poison,
  tallies,
  type BoardEvent,
} from '../spec-support/boards.js';
import { LocalEngine } from './local-engine.js';
import { defineProjection, type Projection } from './projection.js';
import { ReadModels } from './read-models.js';

let folder: string;
let store: EmbeddedEventStore;
let mongo: EmbeddedMongo;
let log: EventLog;
let database = 0;
let readModels: ReadModels;
let engine: LocalEngine;
let stream: string;
let revision: bigint;
let commands = 0;
const closing: (() => Promise<void>)[] = [];

async function append(...given: readonly DomainEvent[]): Promise<Position> {
  const encoded = given.map((event) =>
    log.codec.encode(
      event,
      { ...exampleMetadata, commandId: `00000000-0000-4000-9000-${String(++commands).padStart(12, '0')}` },
      0,
    ),
  );
  const appended = await log.append(stream, encoded, revision);
  revision = appended.revision;
  return appended.position;
}

function anEngine(projections: readonly Projection[] = [boards, tallies], models = readModels): LocalEngine {
  const made = new LocalEngine(log, models, projections);
  closing.push(() => made.stop());
  return made;
}

const reaches = async (position: Position, by = engine): Promise<void> => {
  expect(await by.waitFor(position, 10_000)).toBe(true);
};
const contents = (name = 'boards') => readModels.db.collection(name).find({}).sort({ _id: 1 }).toArray();
const board = (id: string) => readModels.collection(boards).findOne({ _id: id });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-projections-'));
  mongo = await startEmbeddedMongo({ dataDir: join(folder, 'mongo') });
});
afterAll(async () => {
  await mongo.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  poison.isPoisonous = true;
  stream = `tally-boston/${++database}`;
  revision = -1n;
  store = await startEmbeddedEventStore({ dataDir: join(folder, `events-${database}`) });
  log = EventLog.connect(store.connectionString);
  readModels = new ReadModels(mongo.connectionString, `projections_${database}`);
  engine = anEngine();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await readModels.close();
  await log.close();
  await store.close();
});

describe('the projection engine', () => {
  it('keeps every read model from one subscription', async () => {
    await engine.start();
    await reaches(await append(counted('a', 1), counted('b', 2), counted('a', 3)));
    expect(await board('a')).toEqual({ _id: 'a', points: 4, counted: 2 });
    expect(await readModels.collection(tallies).find({ board: 'a' }).toArray()).toHaveLength(2);
    expect(engine.lag).toBe(0);
    expect(engine.failure).toBeUndefined();
  });

  it('leaves a tombstone that questions do not see, and begins anew after it', async () => {
    await engine.start();
    await reaches(await append(counted('a', 1), cleared('a')));
    expect(await board('a')).toBeUndefined();
    expect((await contents()).find(({ _id }) => String(_id) === 'a')).toMatchObject({ _deleted: true });
    await reaches(await append(counted('a', 5)));
    expect(await board('a')).toEqual({ _id: 'a', points: 5, counted: 1 });
  });

  it('has the same documents after a crash between the documents and the checkpoint', async () => {
    await engine.start();
    const first = await append(counted('a', 1));
    await reaches(first);
    await engine.stop();
    const checkpoints = readModels.db.collection('projection-checkpoints');
    const early = await checkpoints.findOne({});
    await engine.start();
    await reaches(await append(counted('a', 2), counted('b', 7), cleared('b')));
    await engine.stop();
    const [before, entries] = [await contents(), await contents('tallies')];
    const { commit, prepare, eventId } = early!;
    await checkpoints.updateOne({}, { $set: { commit, prepare, eventId } });
    const again = anEngine();
    await again.start();
    await reaches(await append(counted('c', 1)), again);
    expect((await contents()).filter(({ _id }) => String(_id) !== 'c')).toEqual(before);
    expect((await contents('tallies')).slice(0, entries.length)).toEqual(entries);
  });

  it('folds again onto what somebody else wrote meanwhile', async () => {
    await engine.start();
    await reaches(await append(counted('a', 1)));
    const other = anEngine();
    await other.start();
    const last = await append(counted('a', 2), counted('a', 3));
    await reaches(last, other);
    expect(await board('a')).toEqual({ _id: 'a', points: 6, counted: 3 });
  });

  it('stands still when another engine has taken the read models over', async () => {
    await engine.start();
    const other = anEngine();
    await other.start();
    const first = await append(counted('a', 1));
    await reaches(first, other);
    await append(counted('a', 2));
    const last = await append(counted('a', 3));
    await reaches(last, other);
    const saved = await readModels.db.collection('projection-checkpoints').findOne({});
    expect(saved).toMatchObject({ epoch: 2 });
    expect(await board('a')).toEqual({ _id: 'a', points: 6, counted: 3 });
  });

  it('says how far another process is', async () => {
    await engine.start();
    const asking = anEngine();
    const position = await append(counted('a', 1));
    expect(await asking.waitFor(position, 10_000)).toBe(true);
    expect(await asking.waitFor({ commit: position.commit + 1_000_000n, prepare: 0n }, 30)).toBe(false);
  });

  it('halts with the reason when the log is not the one that it has seen', async () => {
    await engine.start();
    await reaches(await append(counted('a', 1)));
    await engine.stop();
    await readModels.db.collection('projection-checkpoints').updateOne({}, { $set: { eventId: 'another' } });
    await expect(anEngine().start()).rejects.toThrow(/made from another log.*restored from a backup/s);
  });

  it('refuses a unique index: a view refuses nothing', () => {
    const index = { key: { points: 1 }, unique: true } as const;
    expect(() => defineProjection({ name: 'x', version: 1, indexes: [index], documentId: () => 'x', on: {} })).toThrow(
      /unique/,
    );
  });
});

describe('a poison event', () => {
  it('is parked with its reason; later events of the same document wait, all others go on', async () => {
    await engine.start();
    await reaches(await append(counted('a', 1), counted('a', poison.points), counted('b', 1)));
    await reaches(await append(counted('a', 2), counted('b', 2)));
    expect(await board('a')).toMatchObject({ points: 1 });
    expect(await board('b')).toMatchObject({ points: 3 });
    const parked = await engine.parked();
    expect(parked.map(({ document, error, attempts }) => [document, error, attempts])).toEqual([
      ['a', 'this tally is poison', 1],
      ['a', undefined, 0],
    ]);
    expect(engine.parkedDocuments).toBe(1);
  });

  it('waits over a restart, and goes in by a retry when the fold is mended', async () => {
    await engine.start();
    await reaches(await append(counted('a', poison.points), counted('a', 2)));
    await engine.stop();
    const again = anEngine();
    await again.start();
    await reaches(await append(counted('a', 3)), again);
    expect(await again.retry('boards', 'a')).toBe(3);
    expect((await again.parked())[0]).toMatchObject({ attempts: 2 });
    poison.isPoisonous = false;
    expect(await again.retry('boards', 'a')).toBe(0);
    expect(await board('a')).toEqual({ _id: 'a', points: poison.points + 5, counted: 3 });
    expect(again.parkedDocuments).toBe(0);
  });

  it('can be given up: what waits behind it goes in', async () => {
    await engine.start();
    await reaches(await append(counted('a', poison.points), counted('a', 2)));
    expect(await engine.skip('boards', 'a')).toBe(0);
    expect(await board('a')).toEqual({ _id: 'a', points: 2, counted: 1 });
  });

  it('that cannot even be read is parked for its stream, and the streams beside it go on', async () => {
    await engine.start();
    const encoded = log.codec.encode(
      counted('a', 1),
      { ...exampleMetadata, commandId: `00000000-0000-4000-9000-${String(++commands).padStart(12, '0')}` },
      0,
    );
    const { revision: at } = await log.append(stream, [{ ...encoded, data: Buffer.from('{"board":7}') }], -1n);
    revision = at;
    await append(counted('a', 2));
    stream = `${stream}-beside`;
    revision = -1n;
    await reaches(await append(counted('b', 3)));
    expect(await board('a')).toBeUndefined();
    expect(await board('b')).toMatchObject({ points: 3 });
    const parked = (await engine.parked()).filter(({ streamName }) => !streamName.endsWith('-beside'));
    expect(parked.map(({ projection, type }) => [projection, type])).toEqual([
      ['*', 'TallyCounted'],
      ['*', 'TallyCounted'],
    ]);
    expect(parked[0]!.error).toMatch(/board/);
    await engine.rebuild('boards');
    expect(await board('a')).toBeUndefined();
  });
});

describe('a rebuild', () => {
  it('gives the same bytes', async () => {
    await engine.start();
    await reaches(await append(counted('a', 1), counted('b', 2), cleared('b'), counted('c', 3)));
    const before = [await contents(), await contents('tallies')];
    await engine.rebuild('boards', 'tallies');
    expect([await contents(), await contents('tallies')]).toEqual(before);
    await reaches(await append(counted('a', 4)));
    expect(await board('a')).toMatchObject({ points: 5 });
    const { inputStage } = (await readModels.db.collection('boards').find({ points: 5 }).explain('queryPlanner'))[
      'queryPlanner'
    ].winningPlan;
    expect(inputStage).toMatchObject({ stage: 'IXSCAN' });
  });

  it('is not seen by questions: the old view answers until the new one takes its name', async () => {
    await engine.start();
    const many = Array.from({ length: 300 }, (_, at) => counted(`board-${at % 50}`, 1));
    for (let batch = 0; batch < 3; batch++) await reaches(await append(...many));
    let rebuilding = true;
    const read = async (): Promise<number[]> => {
      const sums: number[] = [];
      while (rebuilding) {
        const all = await readModels.collection(boards).find().toArray();
        sums.push(all.reduce((sum, { points }) => sum + points, 0));
      }
      return sums;
    };
    const reading = read();
    const meanwhile = engine.rebuild('boards', 'tallies');
    const last = await append(counted('late', 1));
    await meanwhile;
    rebuilding = false;
    const sums = await reading;
    expect(sums.length).toBeGreaterThan(1);
    expect(sums.filter((sum) => sum !== 900 && sum !== 901)).toEqual([]);
    await reaches(last);
    expect(await board('late')).toMatchObject({ points: 1 });
  });

  it('forgets what was parked, and parks again what is still poison', async () => {
    await engine.start();
    await reaches(await append(counted('a', poison.points), counted('a', 2), counted('b', 1)));
    await engine.rebuild('boards');
    expect((await engine.parked()).map(({ document, attempts }) => [document, attempts])).toEqual([
      ['a', 1],
      ['a', 0],
    ]);
    poison.isPoisonous = false;
    await engine.rebuild('boards');
    expect(engine.parkedDocuments).toBe(0);
    expect(await board('a')).toMatchObject({ points: poison.points + 2 });
  });

  it('happens at the start when the folds have a new version', async () => {
    await engine.start();
    await reaches(await append(counted('a', 1)));
    await engine.stop();
    const next = anEngine([boardsOf(2), tallies]);
    await next.start();
    expect(await board('a')).toMatchObject({ points: 2 });
  });

  it('of a read model that is not there says which there are', async () => {
    await expect(engine.rebuild('nothing')).rejects.toThrow(
      'There is no read model nothing; there are boards, tallies.',
    );
  });
});

describe('a store that is away', () => {
  it('is waited for; then everything is applied once', async () => {
    const own = await startEmbeddedMongo({ dataDir: join(folder, 'restarted') });
    const port = Number(new URL(own.connectionString.replace('mongodb:', 'http:')).port);
    const models = new ReadModels(own.connectionString);
    const away = anEngine([boards], models);
    await away.start();
    await reaches(await append(counted('a', 1)), away);
    await own.close();
    const last = await append(counted('a', 2));
    expect(await away.waitFor(last, 200)).toBe(false);
    const waited = away.lag;
    expect(waited).toBeGreaterThan(0);
    const back = await startEmbeddedMongo({ dataDir: join(folder, 'restarted'), port });
    expect(await away.waitFor(last, 20_000)).toBe(true);
    expect(await models.collection(boards).findOne({ _id: 'a' })).toEqual({ _id: 'a', points: 3, counted: 2 });
    expect(away.lag).toBe(0);
    await away.stop();
    await models.close();
    await back.close();
  }, 40_000);
});

describe('whatever is recorded, however it arrives', () => {
  it('the documents are what a plain fold gives', async () => {
    let documents = 0;
    await engine.start();
    const event = fc.oneof(
      fc
        .tuple(fc.constantFrom('p', 'q', 'r'), fc.integer({ min: 1, max: 9 }))
        .map(([id, points]) => counted(id, points)),
      fc.constantFrom('p', 'q', 'r').map(cleared),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(event, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
        async (batches) => {
          const name = `run${++database}`;
          const own = batches.map((batch) =>
            batch.map(({ type, data }) => ({ type, data: { ...data, board: `${name}-${data.board}` } }) as BoardEvent),
          );
          let last: Position | undefined;
          for (const batch of own) last = await append(...batch);
          await reaches(last!);
          const plain = plainBoards(own.flat());
          for (const id of ['p', 'q', 'r']) expect(await board(`${name}-${id}`)).toEqual(plain.get(`${name}-${id}`));
          documents += plain.size;
        },
      ),
      { numRuns: 15 },
    );
    expect(documents).toBeGreaterThan(10);
  });
});
