import {
  binaryEvent,
  END,
  type EventStoreDBClient,
  eventTypeFilter,
  jsonEvent,
  PersistentSubscriptionDroppedError,
  PersistentSubscriptionMaximumSubscribersReachedError,
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  persistentSubscriptionToStreamSettingsFromDefaults as settings,
  START,
} from '@eventstore/db-client';
import groups from '@eventstore/db-client/generated/persistent_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { CompetingConsumer, eventually } from '../spec-support/competing-consumer.js';
import { aClient, aFolder, anEvent, removeFolder, valuesOf } from '../spec-support/given.js';
import { GrpcClient } from '../spec-support/grpc-client.js';
import { type EmbeddedEventStore, startServer } from './server.js';

describe('Persistent subscriptions, through the official client', () => {
  let folder: string;
  let store: EmbeddedEventStore;
  let client: EventStoreDBClient;
  let dispose: () => Promise<void>;

  async function start(): Promise<void> {
    store = await startServer({ dataDir: folder });
    ({ client, dispose } = aClient(store.connectionString));
  }
  async function stop(): Promise<void> {
    await dispose();
    await store.close();
  }

  beforeEach(async () => {
    folder = aFolder();
    await start();
  });
  afterEach(async () => {
    await stop();
    removeFolder(folder);
  });

  const consumer = (
    group: string,
    answer?: ConstructorParameters<typeof CompetingConsumer>[1],
    bufferSize?: number,
  ): CompetingConsumer => CompetingConsumer.of(client, 's', group, answer, bufferSize);
  const info = (group: string): ReturnType<EventStoreDBClient['getPersistentSubscriptionToStreamInfo']> =>
    client.getPersistentSubscriptionToStreamInfo('s', group);
  const parkedIn = async (group: string): Promise<bigint> => (await info(group)).stats.parkedMessageCount;
  const append = async (...values: (number | string)[]): Promise<void> =>
    void (await client.appendToStream(
      's',
      values.map((value) => anEvent(value)),
    ));
  const create = (group: string, changes: Parameters<typeof settings>[0] = {}): Promise<void> =>
    client.createPersistentSubscriptionToStream('s', group, settings({ startFrom: START, ...changes }));
  const at = async (place: 'checkpoint' | 'parked', group: string): Promise<unknown[]> => {
    const data: unknown[] = [];
    for await (const { event } of client.readStream(`$persistentsubscription-s::${group}-${place}`))
      data.push(event?.isJson === true ? event.data : Buffer.from(event?.data as Uint8Array).toString());
    return data;
  };

  /** The official client has no name for this strategy. */
  async function createPinnedByCorrelation(): Promise<void> {
    const numbers = new groups.CreateReq.Settings().setReadBatchSize(20).setHistoryBufferSize(500).setMaxRetryCount(10);
    const stream = new shared.StreamIdentifier().setStreamName(Buffer.from('s').toString('base64'));
    const from = new groups.CreateReq.StreamOptions().setStreamIdentifier(stream).setStart(new shared.Empty());
    const options = new groups.CreateReq.Options().setStream(from).setGroupName('g');
    options.setSettings(numbers.setConsumerStrategy('PinnedByCorrelation'));
    const path = '/event_store.client.persistent_subscriptions.PersistentSubscriptions/Create';
    const raw = new GrpcClient(`http://127.0.0.1:${store.port}`);
    const { status } = await raw.call(path, new groups.CreateReq().setOptions(options).serializeBinary());
    raw.close();
    expect(status).toBe(0);
  }

  describe('An event that is not acknowledged', () => {
    it('given retry, when it is delivered again, then its count rises until it is parked', async () => {
      await append(1, 2);
      await create('g', { maxRetryCount: 2 });
      const one = consumer('g', (value) => (value === 1 ? 'retry' : 'ack'));
      expect(await one.sees(4)).toEqual(['1', '2', '1+1', '1+2']);
      expect(
        await eventually(
          () => parkedIn('g'),
          (count) => count > 0n,
        ),
      ).toBe(1n);
    });

    it('given park, when it is replayed and answered, then it is in the parked stream no longer', async () => {
      await append(1, 2, 3);
      await create('g');
      const parks = new Set([1, 3]);
      const one = consumer('g', (value) => (parks.delete(Number(value)) ? 'park' : 'ack'));
      await one.sees(3);
      // There is no such stream before the first one is parked.
      const parked = await eventually(
        () => at('parked', 'g').catch(() => []),
        ({ length }) => length === 2,
      );
      expect(parked).toEqual(['0@s', '2@s']);
      await client.replayParkedMessagesToStream('s', 'g');
      expect((await one.sees(5)).slice(3)).toEqual(['>1', '>3']);
      await eventually(
        () => parkedIn('g'),
        (count) => count === 0n,
      );
      expect(
        await eventually(
          () => at('parked', 'g'),
          ({ length }) => length === 0,
        ),
      ).toEqual([]);
    });

    it('given four parked, when two are replayed, then those two come and the others stay', async () => {
      await append(1, 2, 3, 4);
      await create('g');
      const seen = new Set<unknown>();
      const one = consumer('g', (value) => (seen.size < seen.add(value).size ? 'park' : 'ack'));
      await one.sees(4);
      await eventually(
        () => parkedIn('g'),
        (count) => count === 4n,
      );
      await client.replayParkedMessagesToStream('s', 'g', { stopAt: 2 });
      expect((await one.sees(6)).slice(4)).toEqual(['>1', '>2']);
      await eventually(
        () => parkedIn('g'),
        (count) => count === 2n,
      );
      await expect(client.replayParkedMessagesToStream('s', 'g', { stopAt: -1 })).rejects.toMatchObject({
        type: 'persistent-subscription-failed',
      });
    });

    it.each(['skip', 'stop'] as const)('given %s, when the next consumer comes, then it is gone', async (action) => {
      await append(1, 2);
      await create('g');
      const one = consumer('g', () => action);
      await one.sees(2);
      await eventually(
        () => info('g'),
        ({ stats }) => stats.outstandingMessagesCount === 0,
      );
      expect(await parkedIn('g')).toBe(0n);
      const two = consumer('g');
      await append(3);
      await Promise.race([one.sees(3), two.sees(1)]);
      expect([...one.seen, ...two.seen].filter((value) => value.includes('+'))).toEqual([]);
    });

    it('given a consumer that leaves, when the next comes, then it gets what was unanswered, counted', async () => {
      await append(1, 2, 3);
      await create('g');
      const one = consumer('g', (value) => (value === 2 ? 'ack' : 'nothing'));
      await one.sees(3);
      await eventually(
        () => info('g'),
        ({ stats }) => stats.outstandingMessagesCount === 2,
      );
      await one.leave();
      expect(await consumer('g').sees(2)).toEqual(['1+1', '3+1']);
    });
  });

  describe('Consumers of one group', () => {
    it.each([
      ['RoundRobin', ['1', '3'], ['2', '4']],
      ['DispatchToSingle', ['1', '2', '3', '4'], []],
    ] as const)('given %s, when events come, then each gets its share', async (consumerStrategyName, first, second) => {
      await create('g', { consumerStrategyName });
      const [one, two] = [await consumer('g').confirmed(), await consumer('g').confirmed()];
      for (const value of [1, 2, 3, 4]) await append(value);
      await Promise.all([one.sees(first.length), two.sees(second.length)]);
      expect([one.seen, two.seen]).toEqual([first, second]);
    });

    it('given Pinned on $all, when streams are written, then each has one consumer, and links count as their events', async () => {
      const filter = eventTypeFilter({ prefixes: ['Pinned'] });
      const strategy = { consumerStrategyName: 'Pinned', startFrom: START } as const;
      await client.createPersistentSubscriptionToAll('g', allSettings(strategy), { filter });
      const connect = (): Promise<CompetingConsumer> =>
        new CompetingConsumer(client.subscribeToPersistentSubscriptionToAll('g')).confirmed();
      const [one, two] = [await connect(), await connect()];
      for (let round = 0; round < 3; round++)
        await Promise.all(Array.from({ length: 8 }, (_, i) => client.appendToStream(`p${i}`, anEvent(i, 'Pinned'))));
      await eventually(
        () => client.getPersistentSubscriptionToAllInfo('g'),
        () => one.seen.length + two.seen.length >= 24,
      );
      expect(one.seen.filter((value) => two.seen.includes(value))).toEqual([]);
      expect(new Set([...one.seen, ...two.seen]).size).toBe(8);
    });

    it('given PinnedByCorrelation, when events of one stream are correlated, then each correlation has one consumer', async () => {
      await createPinnedByCorrelation();
      const [one, two] = [await consumer('g').confirmed(), await consumer('g').confirmed()];
      const correlated = (value: number): ReturnType<typeof jsonEvent> =>
        jsonEvent({ type: 'Correlated', data: { value }, metadata: { $correlationId: `c-${value}` } });
      for (let round = 0; round < 3; round++)
        await client.appendToStream(
          's',
          Array.from({ length: 8 }, (_, value) => correlated(value)),
        );
      await eventually(
        () => info('g'),
        () => one.seen.length + two.seen.length >= 24,
      );
      expect(one.seen.filter((value) => two.seen.includes(value))).toEqual([]);
      expect([new Set(one.seen).size, new Set(two.seen).size]).toEqual([4, 4]);
    });

    it('given a maximum, when one more connects, then it is refused, and not after another has left', async () => {
      await create('g', { maxSubscriberCount: 1 });
      const one = await consumer('g').confirmed();
      expect(await consumer('g').ended).toBeInstanceOf(PersistentSubscriptionMaximumSubscribersReachedError);
      await one.leave();
      await eventually(
        () => info('g'),
        ({ connections }) => connections.length === 0,
      );
      await consumer('g').confirmed();
    });

    it('given a consumer that never reads, when 30 MB wait for it, then hardly any are read for it, and later it gets all', async () => {
      const padding = 'x'.repeat(100_000);
      for (let i = 0; i < 30; i++) await append(...Array.from({ length: 10 }, () => padding));
      await create('g');
      const subscription = client.subscribeToPersistentSubscriptionToStream('s', 'g', { bufferSize: 1000 });
      subscription.pause();
      const { stats } = await eventually(
        () => info('g'),
        ({ stats: now }) => now.totalInFlightMessages > 0,
      );
      expect(stats.readBufferCount).toBeLessThan(100);
      expect((await info('g')).stats.totalInFlightMessages).toBeLessThan(60);
      let count = 0;
      const all = new Promise<void>((resolve) =>
        subscription.on('data', (resolved) => {
          void subscription.ack(resolved);
          count += 1;
          if (count === 300) resolve();
        }),
      );
      subscription.resume();
      await all;
      await subscription.unsubscribe();
    });
  });

  describe('A group', () => {
    it('given links to resolve, when they are delivered, then the event comes by its link, and a broken link alone', async () => {
      await append(1, 2);
      const links = ['1@s', '7@s'].map((to) => binaryEvent({ type: '$>', data: Buffer.from(to) }));
      await client.appendToStream('links', links);
      const resolving = settings({ startFrom: START, resolveLinkTos: true });
      await client.createPersistentSubscriptionToStream('links', 'g', resolving);
      expect(await CompetingConsumer.of(client, 'links', 'g').sees(2)).toEqual(['>2', '>nothing']);
    });

    it('given extra statistics, when a consumer has answered, then its times are told', async () => {
      await append(1, 2);
      await create('g', { extraStatistics: true });
      await consumer('g').sees(2);
      const { connections, stats } = await eventually(
        () => info('g'),
        ({ stats: now }) => now.outstandingMessagesCount === 0,
      );
      expect(stats).toMatchObject({ totalItems: 2n, lastKnownEventRevision: 1n });
      expect(connections[0]).toMatchObject({ totalItems: 2n, availableSlots: 10, inFlightMessages: 0 });
      expect([...(connections[0]?.extraStatistics?.keys() ?? [])]).toEqual(
        'mean median fastest quintile-1 quintile-2 quintile-3 quintile-4 quintile-5 90% 95% 99% 99.5% 99.9% highest'
          .split(' ')
          .map((key) => key.replace('-', ' ')),
      );
    });

    it('given a connected consumer, when the group is updated, then it is dropped, and the group goes on from its checkpoint', async () => {
      await append(1, 2, 3);
      await create('g', { checkPointUpperBound: 2 });
      const one = consumer('g', (value) => (value === 3 ? 'nothing' : 'ack'));
      await one.sees(3);
      await eventually(
        () => info('g'),
        ({ stats }) => stats.lastCheckpointedEventRevision === 1n,
      );
      await client.updatePersistentSubscriptionToStream('s', 'g', settings({ maxRetryCount: 3 }));
      expect(await one.ended).toBeInstanceOf(PersistentSubscriptionDroppedError);
      expect((await info('g')).settings).toMatchObject({ maxRetryCount: 3, startFrom: END });
      expect(await consumer('g').sees(1)).toEqual(['3']);
    });

    it('given groups, when they are listed, then all are there, those of a stream, and those of $all', async () => {
      await create('a');
      await create('b');
      await client.createPersistentSubscriptionToAll('c', allSettings());
      const names = (list: { groupName: string }[]): string[] => list.map(({ groupName }) => groupName).sort();
      expect(names(await client.listAllPersistentSubscriptions())).toEqual(['a', 'b', 'c']);
      expect(names(await client.listPersistentSubscriptionsToStream('s'))).toEqual(['a', 'b']);
      expect(names(await client.listPersistentSubscriptionsToAll())).toEqual(['c']);
    });

    it('given a deleted group, when one of its name is created, then it knows nothing of the old one', async () => {
      await append(1, 2);
      await create('g', { checkPointUpperBound: 1 });
      const one = consumer('g', (value) => (value === 2 ? 'park' : 'ack'));
      await one.sees(2);
      await eventually(
        () => parkedIn('g'),
        (count) => count === 1n,
      );
      await client.deletePersistentSubscriptionToStream('s', 'g');
      expect(await one.ended).toBeInstanceOf(PersistentSubscriptionDroppedError);
      await create('g');
      expect(await parkedIn('g')).toBe(0n);
      expect(await consumer('g').sees(2)).toEqual(['1', '2']);
    });

    it('given the subsystem is restarted, when a consumer connects, then it gets what was not checkpointed', async () => {
      await append(1, 2, 3);
      await create('g', { checkPointUpperBound: 2 });
      const one = consumer('g', (value) => (value === 3 ? 'nothing' : 'ack'));
      await one.sees(3);
      await eventually(
        () => info('g'),
        ({ stats }) => stats.lastCheckpointedEventRevision === 1n,
      );
      await client.restartPersistentSubscriptionSubsystem();
      expect(await one.ended).toBeInstanceOf(PersistentSubscriptionDroppedError);
      expect(await consumer('g').sees(1)).toEqual(['3']);
    });

    it('given no filter and checkpoints after every event, when it reads $all, then it does not read its own', async () => {
      const often = { startFrom: START, checkPointUpperBound: 1, checkPointLowerBound: 1 } as const;
      await client.createPersistentSubscriptionToAll('g', allSettings(often));
      const types: string[] = [];
      const subscription = client.subscribeToPersistentSubscriptionToAll('g');
      const done = new Promise<void>((resolve) =>
        subscription.on('data', (resolved) => {
          types.push(resolved.event?.type ?? '');
          void subscription.ack(resolved);
          if (types.at(-1) === 'Last') resolve();
        }),
      );
      await client.appendToStream('t', anEvent(1));
      await eventually(
        () => client.getPersistentSubscriptionToAllInfo('g'),
        ({ stats }) => stats.lastCheckpointedEventPosition !== undefined,
      );
      await client.appendToStream('t', anEvent(2, 'Last'));
      await done;
      expect(types).toContain('$PersistentConfig');
      expect(types).not.toContain('SubscriptionCheckpoint');
      await subscription.unsubscribe();
    });
  });

  describe('After the server was started again', () => {
    it('given a checkpoint and parked events, when a consumer connects, then it goes on where it was', async () => {
      await append(1, 2, 3, 4);
      await create('g', { checkPointUpperBound: 2 });
      const one = consumer('g', (value) => (value === 1 ? 'park' : value === 4 ? 'nothing' : 'ack'));
      await one.sees(4);
      await eventually(
        () => info('g'),
        ({ stats }) => stats.lastCheckpointedEventRevision === 2n,
      );
      await stop();
      await start();
      expect(await parkedIn('g')).toBe(1n);
      expect(await valuesOf(client, 's')).toEqual([1, 2, 3, 4]);
      expect(await consumer('g').sees(1)).toEqual(['4']);
    });

    it('given a group that starts at the end, when events came before its first checkpoint, then they are delivered', async () => {
      await append(1);
      await create('g', { startFrom: END });
      await append(2, 3);
      await stop();
      await start();
      expect(await consumer('g').sees(2)).toEqual(['2', '3']);
    });

    it('given a replayed event without an answer, when parked events are replayed again, then it comes again', async () => {
      await append(1, 2);
      await create('g', { checkPointUpperBound: 2 });
      const one = consumer('g', () => 'park');
      await one.sees(2);
      await one.leave();
      await eventually(
        () => parkedIn('g'),
        (count) => count === 2n,
      );
      const two = consumer('g', (value) => (value === 1 ? 'nothing' : 'ack'));
      await client.replayParkedMessagesToStream('s', 'g');
      await two.sees(2);
      await eventually(
        () => parkedIn('g'),
        (count) => count === 1n,
      );
      await stop();
      await start();
      const three = consumer('g');
      await client.replayParkedMessagesToStream('s', 'g');
      expect((await three.sees(1))[0]).toBe('>1');
    });

    it('given a checkpoint that is none, when the group is asked for, then that is told, and it can be deleted', async () => {
      await create('g');
      await create('other');
      await client.appendToStream('$persistentsubscription-s::g-checkpoint', anEvent('garbage'));
      await stop();
      await start();
      await expect(info('g')).rejects.toThrow(/The last event of .*::g-checkpoint is no checkpoint/);
      expect((await info('other')).status).toBe('Live');
      await client.deletePersistentSubscriptionToStream('s', 'g');
      await create('g');
      expect((await info('g')).status).toBe('Live');
    });

    it('given a filter with prefixes that hold commas, when events come, then the filter is the same', async () => {
      const filter = eventTypeFilter({ prefixes: ['A,B', 'C'] });
      await client.createPersistentSubscriptionToAll('g', allSettings({ startFrom: START }), { filter });
      await stop();
      await start();
      await append('none');
      await client.appendToStream('t', [anEvent(1, 'A'), anEvent(2, 'A,B'), anEvent(3, 'B'), anEvent(4, 'C')]);
      const one = new CompetingConsumer(client.subscribeToPersistentSubscriptionToAll('g'));
      expect(await one.sees(2)).toEqual(['2', '4']);
    });
  });
});
