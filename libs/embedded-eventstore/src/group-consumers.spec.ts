import {
  eventTypeFilter,
  jsonEvent,
  PersistentSubscriptionMaximumSubscribersReachedError,
  START,
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
} from '@eventstore/db-client';
import { CompetingConsumer, eventually } from '../spec-support/competing-consumer.js';
import { anEvent } from '../spec-support/given.js';
import { GroupsOfOneStream } from '../spec-support/groups-of-one-stream.js';

describe('Consumers of one group, through the official client', () => {
  let on: GroupsOfOneStream;
  beforeEach(async () => {
    on = new GroupsOfOneStream();
    await on.start();
  });
  afterEach(() => on.remove());

  it.each([
    ['RoundRobin', ['1', '3'], ['2', '4']],
    ['DispatchToSingle', ['1', '2', '3', '4'], []],
  ] as const)('given %s, when events come, then each gets its share', async (consumerStrategyName, first, second) => {
    await on.create('g', { consumerStrategyName });
    const [one, two] = [await on.consumer('g').confirmed(), await on.consumer('g').confirmed()];
    for (const value of [1, 2, 3, 4]) await on.append(value);
    await Promise.all([one.sees(first.length), two.sees(second.length)]);
    expect([one.seen, two.seen]).toEqual([first, second]);
  });

  it('given Pinned on $all, when streams are written, then each has one consumer, and links count as their events', async () => {
    const filter = eventTypeFilter({ prefixes: ['Pinned'] });
    const strategy = { consumerStrategyName: 'Pinned', startFrom: START } as const;
    await on.client.createPersistentSubscriptionToAll('g', allSettings(strategy), { filter });
    const connect = (): Promise<CompetingConsumer> =>
      new CompetingConsumer(on.client.subscribeToPersistentSubscriptionToAll('g')).confirmed();
    const [one, two] = [await connect(), await connect()];
    for (let round = 0; round < 3; round++)
      await Promise.all(Array.from({ length: 8 }, (_, i) => on.client.appendToStream(`p${i}`, anEvent(i, 'Pinned'))));
    await eventually(
      () => on.client.getPersistentSubscriptionToAllInfo('g'),
      () => one.seen.length + two.seen.length >= 24,
    );
    expect(one.seen.filter((value) => two.seen.includes(value))).toEqual([]);
    expect(new Set([...one.seen, ...two.seen]).size).toBe(8);
  });

  it('given PinnedByCorrelation, when events of one stream are correlated, then each correlation has one consumer', async () => {
    await on.createPinnedByCorrelation();
    const [one, two] = [await on.consumer('g').confirmed(), await on.consumer('g').confirmed()];
    const correlated = (value: number): ReturnType<typeof jsonEvent> =>
      jsonEvent({ type: 'Correlated', data: { value }, metadata: { $correlationId: `c-${value}` } });
    for (let round = 0; round < 3; round++)
      await on.client.appendToStream(
        's',
        Array.from({ length: 8 }, (_, value) => correlated(value)),
      );
    await eventually(
      () => on.info('g'),
      () => one.seen.length + two.seen.length >= 24,
    );
    expect(one.seen.filter((value) => two.seen.includes(value))).toEqual([]);
    expect([new Set(one.seen).size, new Set(two.seen).size]).toEqual([4, 4]);
  });

  it('given a maximum, when one more connects, then it is refused, and not after another has left', async () => {
    await on.create('g', { maxSubscriberCount: 1 });
    const one = await on.consumer('g').confirmed();
    expect(await on.consumer('g').ended).toBeInstanceOf(PersistentSubscriptionMaximumSubscribersReachedError);
    await one.leave();
    await eventually(
      () => on.info('g'),
      ({ connections }) => connections.length === 0,
    );
    await on.consumer('g').confirmed();
  });

  it('given a consumer that never reads, when 30 MB wait for it, then hardly any are read for it, and later it gets all', async () => {
    const padding = 'x'.repeat(100_000);
    for (let i = 0; i < 30; i++) await on.append(...Array.from({ length: 10 }, () => padding));
    await on.create('g');
    const subscription = on.client.subscribeToPersistentSubscriptionToStream('s', 'g', { bufferSize: 1000 });
    subscription.pause();
    const { stats } = await eventually(
      () => on.info('g'),
      ({ stats: now }) => now.totalInFlightMessages > 0,
    );
    expect(stats.readBufferCount).toBeLessThan(100);
    expect((await on.info('g')).stats.totalInFlightMessages).toBeLessThan(60);
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
