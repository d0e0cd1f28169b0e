import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import { binaryEvent, jsonEvent } from '@eventstore/db-client';
import {
  aCommandId,
  aForeignClient,
  all,
  encoded,
  metadataOf,
  notesWithSnapshots,
  take,
  takeNote,
} from '../spec-support/given.js';
import { RevisionConflict, UnmovableEvent } from './errors.js';
import { EventLog } from './event-log.js';
import { movedEventOf } from './log-line.js';
import { MovableLog } from './movable-log.js';
import { StreamDecider } from './stream-decider.js';

let folder: string;
const closing: (() => Promise<void>)[] = [];

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'movable-log-'))));
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true });
});

const storeAt = async (name: string): Promise<EmbeddedEventStore & { readonly log: EventLog }> => {
  const store = await startEmbeddedEventStore({ dataDir: join(folder, name) });
  closing.push(() => store.close());
  const log = EventLog.connect(store.connectionString);
  closing.push(() => log.close());
  return Object.assign(store, { log });
};
const movable = (store: EmbeddedEventStore): MovableLog => {
  const log = MovableLog.open(store.connectionString);
  closing.push(() => log.close());
  return log;
};
const foreign = (store: EmbeddedEventStore) => {
  const { client, dispose } = aForeignClient(store.connectionString);
  closing.push(dispose);
  return client;
};
const linesOf = async (log: MovableLog): Promise<string[]> => (await all(log.lines())).map(({ line }) => line);
const move = async (from: MovableLog, into: MovableLog): Promise<void> =>
  into.append((await linesOf(from)).map(movedEventOf));

const note = (text: string) =>
  jsonEvent({ type: 'NoteTaken', data: { text }, metadata: { schemaVersion: 1, ...metadataOf(aCommandId(text)) } });

describe('a ledger that is moved to another store', () => {
  it('has the same events in the same order, with ids, metadata and the time of the first store', async () => {
    const [a, b] = [await storeAt('a'), await storeAt('b')];
    await a.log.append('notes-boston/a', encoded(aCommandId('1'), 'one', 'two'), -1n);
    await a.log.append('notes-boston/b', encoded(aCommandId('2'), 'three'), -1n);
    await a.log.append('notes-boston/a', encoded(aCommandId('3'), 'four'), 1n);
    const [from, into] = [movable(a), movable(b)];
    // A moment that no event of the second store can have been recorded in.
    const before = (await all(a.log.readAll())).map((event) => ({ ...event, position: undefined }));
    while (Date.now() <= (before.at(-1) as unknown as { recordedAt: Date }).recordedAt.getTime()) await b.log.ping();
    await move(from, into);
    expect((await all(b.log.readAll())).map((event) => ({ ...event, position: undefined }))).toEqual(before);
    expect(await linesOf(into)).toEqual(await linesOf(from));

    const third = movable(await storeAt('c'));
    await move(into, third);
    expect(await linesOf(third)).toEqual(await linesOf(from));
  });

  it('leaves behind what the server writes for itself, what others write, and snapshots', async () => {
    const a = await storeAt('a');
    const decider = new StreamDecider(a.log);
    for (let index = 0; index < 12; index++)
      await decider.execute(notesWithSnapshots, take('boston', 'long', `${index}`), takeNote, undefined);
    while ((await a.log.last('snapshot-notes-boston/long')) === undefined) await a.log.ping();
    const others = foreign(a);
    for (const name of ['orders', '$ce-notes', '$et-NoteTaken', '$persistentsubscription-$all::x-checkpoint'])
      await others.appendToStream(name, note(name));
    const streams = (await linesOf(movable(a))).map((line) => (JSON.parse(line) as { stream: string }).stream);
    expect(streams).toEqual(Array.from({ length: 12 }, () => 'notes-boston/long'));
  });

  it('takes along metadata of streams, links, bytes, soft deletions, what came after one, and tombstones', async () => {
    const [a, b] = [await storeAt('a'), await storeAt('b')];
    const others = foreign(a);
    await others.appendToStream('notes-boston/kept', note('kept'));
    await others.setStreamMetadata('notes-boston/kept', { maxCount: 7, acl: { readRoles: ['$all'] } });
    await others.appendToStream('notes-boston/kept', [
      binaryEvent({ type: '$>', data: Buffer.from('0@notes-boston/kept') }),
      binaryEvent({ type: 'Scan', data: Buffer.from([0, 255, 128]), metadata: Buffer.from('{"a":1}') }),
    ]);
    for (const name of ['gone', 'back', 'buried']) await others.appendToStream(`notes-boston/${name}`, note(name));
    await others.deleteStream('notes-boston/gone');
    await others.deleteStream('notes-boston/back');
    await others.appendToStream('notes-boston/back', [note('again'), note('and again')]);
    await others.tombstoneStream('notes-boston/buried');
    const [from, into] = [movable(a), movable(b)];
    const lines = await linesOf(from);
    expect(lines.filter((line) => line.includes('"$tb":9223372036854775807}'))).toHaveLength(2);
    await move(from, into);
    expect(await linesOf(into)).toEqual(lines);

    const there = foreign(b);
    expect((await there.getStreamMetadata('notes-boston/kept')).metadata).toMatchObject({ maxCount: 7 });
    const texts = async (name: string) =>
      (await all(there.readStream(name))).map(({ event }) => (event?.data as { text: string }).text);
    expect(await texts('notes-boston/back')).toEqual(['again', 'and again']);
    await expect(texts('notes-boston/gone')).rejects.toThrow('not found');
    await expect(texts('notes-boston/buried')).rejects.toThrow('deleted');
    // Told again, as an import that was killed behind it does.
    await into.append([{ kind: 'tombstone', stream: 'notes-boston/buried' }]);
  });

  it('is refused where an event does not follow what its stream has', async () => {
    const [a, b] = [await storeAt('a'), await storeAt('b')];
    await a.log.append('notes-boston/a', encoded(aCommandId('1'), 'one', 'two'), -1n);
    const [, second] = (await linesOf(movable(a))).map(movedEventOf);
    await expect(movable(b).append([second!])).rejects.toThrow(RevisionConflict);
  });

  it('is refused where the client does not give back what was stored', async () => {
    const a = await storeAt('a');
    await foreign(a).appendToStream(
      'notes-boston/odd',
      binaryEvent({ type: 'X', data: Buffer.from('x'), metadata: Buffer.from('?') }),
    );
    await expect(linesOf(movable(a))).rejects.toThrow(UnmovableEvent);
  });
});
