import {
  ANY,
  type EventStoreDBClient,
  eventTypeFilter,
  NO_STREAM,
  START,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { get } from 'node:http';
import { TestDisk } from '../spec-support/disks.js';
import { aClient, aFolder, anEvent, removeFolder, valuesOf } from '../spec-support/given.js';
import { startEmbeddedEventStore } from './index.js';
import { type EmbeddedEventStore, startServer } from './server.js';

describe('The embedded event store, through the official client', () => {
  let folder: string;
  let disk: TestDisk;
  let store: EmbeddedEventStore;
  let client: EventStoreDBClient;
  let dispose: () => Promise<void>;

  async function start(): Promise<void> {
    store = await startServer({ dataDir: folder }, { openFile: disk.open });
    ({ client, dispose } = aClient(store.connectionString));
  }
  async function stop(): Promise<void> {
    await dispose();
    await store.close();
  }

  beforeEach(async () => {
    folder = aFolder();
    disk = new TestDisk();
    await start();
  });
  afterEach(async () => {
    await stop();
    removeFolder(folder);
  });

  it('given appended events, when the server is started again, then streams, metadata and deletions are as before', async () => {
    await client.appendToStream('kept', [anEvent(1), anEvent(2), anEvent(3)], { expectedRevision: NO_STREAM });
    await client.setStreamMetadata('kept', { maxCount: 2 });
    await client.appendToStream('soft', anEvent(1));
    await client.deleteStream('soft');
    await client.appendToStream('gone', anEvent(1));
    await client.tombstoneStream('gone');
    await stop();
    await start();
    expect(await valuesOf(client, 'kept')).toEqual([2, 3]);
    await expect(valuesOf(client, 'soft')).rejects.toMatchObject({ type: 'stream-not-found' });
    await expect(valuesOf(client, 'gone')).rejects.toMatchObject({ type: 'stream-deleted' });
    await expect(client.appendToStream('kept', anEvent(4), { expectedRevision: NO_STREAM })).rejects.toThrow(
      WrongExpectedVersionError,
    );
    expect((await client.appendToStream('soft', anEvent(2))).nextExpectedRevision).toBe(1n);
  });

  it('given an append from before a restart, when it is sent again, then nothing is written', async () => {
    const event = anEvent('once');
    const first = await client.appendToStream('repeat', event);
    await stop();
    await start();
    expect(await client.appendToStream('repeat', event, { expectedRevision: ANY })).toEqual(first);
    expect(await valuesOf(client, 'repeat')).toEqual(['once']);
  });

  it('given a filtered subscription, when events arrive, then it gets those of its types in order, old and new', async () => {
    await client.appendToStream('a', [anEvent(1, 'Wanted'), anEvent(2, 'Other')]);
    const seen: unknown[] = [];
    const filter = eventTypeFilter({ prefixes: ['Want'] });
    const subscription = client.subscribeToAll({ fromPosition: START, filter });
    const done = new Promise<void>((resolve) =>
      subscription.on('data', ({ event }) => {
        seen.push(event?.data);
        if (seen.length === 3) resolve();
      }),
    );
    await new Promise<void>((resolve) => subscription.once('caughtUp', resolve));
    await client.appendToStream('b', [anEvent(3, 'Wanted'), anEvent(4, 'Other'), anEvent(5, 'Wanted')]);
    await done;
    await subscription.unsubscribe();
    expect(seen).toEqual([{ value: 1 }, { value: 3 }, { value: 5 }]);
  });

  it('given writers and a subscriber that starts among them, when all is written, then it saw every event once', async () => {
    const writers = Array.from({ length: 10 }, async (_, writer) => {
      for (let value = 0; value < 50; value++) await client.appendToStream(`w${writer}`, anEvent(value, 'Counted'));
    });
    const seen: string[] = [];
    const subscription = client.subscribeToAll({
      fromPosition: START,
      filter: eventTypeFilter({ prefixes: ['Counted'] }),
    });
    const done = new Promise<void>((resolve) =>
      subscription.on('data', ({ event }) => {
        seen.push(`${event?.streamId}@${event?.revision}`);
        if (seen.length === 500) resolve();
      }),
    );
    await Promise.all(writers);
    await done;
    await subscription.unsubscribe();
    expect(new Set(seen).size).toBe(500);
  });

  it('given a live subscriber that stops reading, when 24 MB are written, then it still gets every event in order', async () => {
    const subscription = client.subscribeToAll({ fromPosition: START, filter: eventTypeFilter({ prefixes: ['Big'] }) });
    await new Promise<void>((resolve) => subscription.once('caughtUp', resolve));
    const revisions: bigint[] = [];
    const done = new Promise<void>((resolve) =>
      subscription.on('data', ({ event }) => {
        if (event !== undefined) revisions.push(event.revision);
        if (revisions.length === 24_000) resolve();
      }),
    );
    subscription.pause();
    const padding = 'x'.repeat(950);
    for (let append = 0; append < 24; append++)
      await client.appendToStream(
        'big',
        Array.from({ length: 1000 }, () => anEvent(padding, 'Big')),
      );
    subscription.resume();
    await done;
    await subscription.unsubscribe();
    expect(revisions.every((revision, index) => revision === BigInt(index))).toBe(true);
  });

  it('given a full disk, when appends fail, then reads go on, and appends too once there is room', async () => {
    await client.appendToStream('s', anEvent(1));
    disk.isFull = true;
    await expect(client.appendToStream('s', anEvent(2))).rejects.toThrow();
    const classic = { credentials: { username: 'a', password: 'b' } };
    await expect(client.appendToStream('s', anEvent(2), classic)).rejects.toThrow(/is full\. Nothing was written/);
    await expect(client.setStreamMetadata('s', { maxCount: 1 })).rejects.toThrow();
    expect(await valuesOf(client, 's')).toEqual([1]);
    disk.isFull = false;
    expect((await client.appendToStream('s', anEvent(3), { expectedRevision: 0n })).nextExpectedRevision).toBe(1n);
    expect(await valuesOf(client, 's')).toEqual([1, 3]);
  });

  it('given a failed sync, when anything is appended, then it is refused and `failed` tells why', async () => {
    await client.appendToStream('s', anEvent(1));
    disk.failsToSync = true;
    await expect(client.appendToStream('s', anEvent(2))).rejects.toThrow();
    disk.failsToSync = false;
    expect((await store.failed).message).toMatch(/No further event is accepted/);
    await expect(client.appendToStream('s', anEvent(3))).rejects.toThrow(/No further event is accepted/);
    expect(await valuesOf(client, 's')).toEqual([1]);
  });

  it.each(['batch', 'classic', 'delete'] as const)(
    'given a failed sync, when a %s had to be refused for what was not synced, then that is not told',
    async (kind) => {
      await client.appendToStream('s', anEvent(1));
      disk.failsToSync = true;
      const expectedRevision = 0n;
      const ask = {
        batch: () => client.appendToStream('s', anEvent(3), { expectedRevision }),
        classic: () =>
          client.appendToStream('s', anEvent(3), { expectedRevision, credentials: { username: 'a', password: 'b' } }),
        delete: () => client.deleteStream('s', { expectedRevision }),
      };
      const [first, second] = await Promise.allSettled([client.appendToStream('s', anEvent(2)), ask[kind]()]);
      expect([first.status, second.status]).toEqual(['rejected', 'rejected']);
      expect((second as PromiseRejectedResult).reason).not.toBeInstanceOf(WrongExpectedVersionError);
      disk.failsToSync = false;
    },
  );

  it('given an open subscription, when the server closes, then the client is told that it is unavailable', async () => {
    const subscription = client.subscribeToAll({ fromPosition: START });
    const failure = new Promise<Error>((resolve) => subscription.on('error', resolve));
    await new Promise<void>((resolve) => subscription.once('caughtUp', resolve));
    await store.close();
    expect((await failure).message).toMatch(/shutting down/);
  });

  it('given a folder in use, when a second server is started there, then it is refused with advice', async () => {
    await expect(startEmbeddedEventStore({ dataDir: folder })).rejects.toThrow(
      /or start this one with a dataDir of its own/,
    );
  });

  it('given HTTP/1, when its health is asked on the same port, then it answers', async () => {
    const statusOf = (path: string): Promise<number | undefined> =>
      new Promise((resolve, reject) =>
        get({ port: store.port, path }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject),
      );
    expect([await statusOf('/ping'), await statusOf('/health/live'), await statusOf('/else')]).toEqual([200, 204, 404]);
  });
});
