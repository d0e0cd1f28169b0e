import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import type { Aggregate } from '@app/kernel';
import { jsonEvent } from '@eventstore/db-client';
import {
  aForeignClient,
  aTenant,
  all,
  notes,
  notesWithSnapshots,
  take,
  takeNote,
  until,
  type NoteEvent,
  type Notes,
} from '../spec-support/given.js';
import { EventLog } from './event-log.js';
import { snapshotStreamOf } from './snapshots.js';
import type { Moment } from './kept-states.js';
import { StreamDecider } from './stream-decider.js';

let folder: string;
let store: EmbeddedEventStore;
let log: EventLog;
let tenant: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'snapshots-'));
  store = await startEmbeddedEventStore({ dataDir: folder });
  log = EventLog.connect(store.connectionString);
});
afterAll(async () => {
  await log.close();
  await store.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => (tenant = aTenant()));

const stream = () => ({ category: 'notes', tenant, id: 'a' });
const snapshotIn = async () => {
  const event = await log.last(snapshotStreamOf(stream()));
  return event?.data as
    { foldVersion: number; digest: string; content: { revision: string; state: Notes } } | undefined;
};

/** Takes notes one after another, with a snapshot every ten. */
async function given(count: number): Promise<void> {
  const decider = new StreamDecider(log);
  for (let index = 0; index < count; index++)
    await decider.execute(notesWithSnapshots, take(tenant, 'a', `${index}`), takeNote, undefined);
  const newest = count - 1 - ((count - 10) % 10);
  await until('a snapshot', async () => (await snapshotIn())?.content.revision === `${newest}`);
}

/** State as a process that just started sees it, and how many events it read for that. */
async function loaded(aggregate: Aggregate<Notes, NoteEvent> = notesWithSnapshots, at?: Moment) {
  let read = 0;
  const counting: Aggregate<Notes, NoteEvent> = {
    ...aggregate,
    evolve: (state, event) => {
      read += 1;
      return notes.evolve(state, event);
    },
  };
  const { state, revision } = await new StreamDecider(log).load(counting, tenant, 'a', at);
  return { texts: state.texts, revision, read };
}

const texts = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index}`);

it('a load reads only what came after the newest snapshot', async () => {
  await given(25);
  expect(await loaded()).toEqual({ texts: texts(25), revision: 24n, read: 5 });
});

it('a load at no moment of the past reads no more than one of today, and at a moment everything before it', async () => {
  await given(25);
  expect((await loaded(notesWithSnapshots, {})).read).toBe(5);
  expect(await loaded(notesWithSnapshots, { revision: 24n })).toEqual({ texts: texts(25), revision: 24n, read: 25 });
});

it('a snapshot stream holds one snapshot', async () => {
  await given(35);
  const { client, dispose } = aForeignClient(store.connectionString);
  expect(await all(client.readStream(snapshotStreamOf(stream())))).toHaveLength(1);
  await dispose();
});

it('a snapshot of another version of the fold is ignored, and replaced', async () => {
  await given(20);
  const snapshot = { ...notesWithSnapshots.snapshot!, version: 2 };
  expect(await loaded({ ...notesWithSnapshots, snapshot })).toEqual({ texts: texts(20), revision: 19n, read: 20 });
  const decider = new StreamDecider(log);
  await decider.execute({ ...notesWithSnapshots, snapshot }, take(tenant, 'a', '20'), takeNote, undefined);
  await until('a snapshot of version 2', async () => (await snapshotIn())?.foldVersion === 2);
  expect(await loaded({ ...notesWithSnapshots, snapshot })).toMatchObject({ texts: texts(21), read: 0 });
});

const forged = (foldVersion: number, content: object) => ({
  foldVersion,
  digest: createHash('sha256').update(JSON.stringify(content)).digest('base64url'),
  content,
});

describe('a snapshot that cannot be right is ignored', () => {
  const damaged = async (change: (data: NonNullable<Awaited<ReturnType<typeof snapshotIn>>>) => unknown) => {
    await given(10);
    const { client, dispose } = aForeignClient(store.connectionString);
    const data = change((await snapshotIn())!) as Record<string, unknown>;
    await client.appendToStream(snapshotStreamOf(stream()), jsonEvent({ type: '~Snapshot', data }));
    await dispose();
    expect(await loaded()).toEqual({ texts: texts(10), revision: 9n, read: 10 });
  };

  it('when a text in it was changed', () =>
    damaged((data) => ({ ...data, content: { ...data.content, state: { texts: ['forged'] } } })));
  it('when it is something else', () => damaged(() => ({ any: 'thing' })));
  it('when it does not decode', async () => {
    await given(10);
    const decode = (): never => {
      throw new Error('not mine');
    };
    const snapshot = { ...notesWithSnapshots.snapshot!, decode };
    expect(await loaded({ ...notesWithSnapshots, snapshot })).toMatchObject({ texts: texts(10), read: 10 });
  });
  it('when the stream has another event at its revision', () =>
    damaged(({ foldVersion, content }) => forged(foldVersion, { ...content, eventId: 'another' })));
  it('when the stream ends before its revision', () =>
    damaged(({ foldVersion, content }) => forged(foldVersion, { ...content, revision: '12' })));
});

describe('a snapshot that one append cannot hold', () => {
  const long = Array.from({ length: 35 }, () => randomBytes(40_000).toString('base64url'));
  const partsIn = async () =>
    (await log.newest(snapshotStreamOf(stream()), 10)).map(
      ({ data }) => data as unknown as { part: number; parts: number },
    );
  /** With one snapshot, after thirty of them. */
  const givenLong = async () => {
    for (const [index, text] of long.entries()) {
      const aggregate = index === 29 ? notesWithSnapshots : notes;
      await new StreamDecider(log).execute(aggregate, take(tenant, 'a', text), takeNote, undefined);
    }
    await until('all parts', async () => (await partsIn())[0]?.part === 2);
  };

  it('is kept in parts, those of the newest only', async () => {
    await givenLong();
    expect(await loaded()).toEqual({ texts: long, revision: 34n, read: 5 });
    const parts = await partsIn();
    expect(parts.map(({ part }) => part)).toEqual([2, 1]);
  });

  it('is ignored when its writing was broken off', async () => {
    await givenLong();
    const { client, dispose } = aForeignClient(store.connectionString);
    const data = { foldVersion: 1, digest: 'another', part: 1, parts: 2, packed: '' };
    await client.appendToStream(snapshotStreamOf(stream()), jsonEvent({ type: '~Snapshot', data }));
    await dispose();
    expect(await loaded()).toMatchObject({ texts: long, read: 35 });
  });
});

it('a command from before the snapshot is still recognised after a restart', async () => {
  await given(20);
  const again = await new StreamDecider(log).execute(notesWithSnapshots, take(tenant, 'a', '3'), takeNote, undefined);
  const stored = await all(log.readStream(stream()));
  expect(again).toMatchObject({
    repeated: true,
    revision: 3n,
    eventIds: [stored[3]!.id],
    position: stored[3]!.position,
  });
});

it('two deciders that both write snapshots do not disturb each other', async () => {
  const deciders = [new StreamDecider(log), new StreamDecider(log)];
  for (let index = 0; index < 40; index++)
    await deciders[index % 2]!.execute(notesWithSnapshots, take(tenant, 'a', `${index}`), takeNote, undefined);
  await until('a late snapshot', async () => Number((await snapshotIn())?.content.revision ?? 0) >= 28);
  expect(await loaded()).toMatchObject({ texts: texts(40), revision: 39n });
});

it('snapshots are no events: neither $all nor a subscription shows them', async () => {
  await given(10);
  const inAll = await all(log.readAll());
  expect(inAll.filter(({ streamName }) => streamName.startsWith('snapshot-'))).toEqual([]);
  expect(inAll.filter(({ streamName }) => streamName.includes(tenant))).toHaveLength(10);
  const heard: string[] = [];
  log.subscribeToAll({ onEvent: ({ streamName }) => heard.push(streamName) });
  await until('the events', () => heard.filter((name) => name.includes(tenant)).length === 10);
  expect(heard.filter((name) => name.startsWith('snapshot-'))).toEqual([]);
});
