import {
  binaryEvent,
  END,
  PersistentSubscriptionDroppedError,
  START,
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  persistentSubscriptionToStreamSettingsFromDefaults as settings,
} from '@eventstore/db-client';
import { CompetingConsumer, eventually } from '../spec-support/competing-consumer.js';
import { anEvent } from '../spec-support/given.js';
import { GroupsOfOneStream } from '../spec-support/groups-of-one-stream.js';

describe('A group of a persistent subscription, through the official client', () => {
  let on: GroupsOfOneStream;
  beforeEach(async () => {
    on = new GroupsOfOneStream();
    await on.start();
  });
  afterEach(() => on.remove());

  /** It has the events 1 to 3, has answered the first two, and the checkpoint is behind these. */
  const consumerPastACheckpoint = async (): Promise<CompetingConsumer> => {
    await on.append(1, 2, 3);
    await on.create('g', { checkPointUpperBound: 2 });
    const one = on.consumer('g', (value) => (value === 3 ? 'nothing' : 'ack'));
    await one.sees(3);
    await eventually(
      () => on.info('g'),
      ({ stats }) => stats.lastCheckpointedEventRevision === 1n,
    );
    return one;
  };

  it('given links to resolve, when they are delivered, then the event comes by its link, and a broken link alone', async () => {
    await on.append(1, 2);
    const links = ['1@s', '7@s'].map((to) => binaryEvent({ type: '$>', data: Buffer.from(to) }));
    await on.client.appendToStream('links', links);
    const resolving = settings({ startFrom: START, resolveLinkTos: true });
    await on.client.createPersistentSubscriptionToStream('links', 'g', resolving);
    expect(await CompetingConsumer.of(on.client, 'links', 'g').sees(2)).toEqual(['>2', '>nothing']);
  });

  it('given extra statistics, when a consumer has answered, then its times are told', async () => {
    await on.append(1, 2);
    await on.create('g', { extraStatistics: true });
    await on.consumer('g').sees(2);
    const { connections, stats } = await eventually(
      () => on.info('g'),
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
    const one = await consumerPastACheckpoint();
    await on.client.updatePersistentSubscriptionToStream('s', 'g', settings({ maxRetryCount: 3 }));
    expect(await one.ended).toBeInstanceOf(PersistentSubscriptionDroppedError);
    expect((await on.info('g')).settings).toMatchObject({ maxRetryCount: 3, startFrom: END });
    expect(await on.consumer('g').sees(1)).toEqual(['3']);
  });

  it('given groups, when they are listed, then all are there, those of a stream, and those of $all', async () => {
    await on.create('a');
    await on.create('b');
    await on.client.createPersistentSubscriptionToAll('c', allSettings());
    const names = (list: { groupName: string }[]): string[] => list.map(({ groupName }) => groupName).sort();
    expect(names(await on.client.listAllPersistentSubscriptions())).toEqual(['a', 'b', 'c']);
    expect(names(await on.client.listPersistentSubscriptionsToStream('s'))).toEqual(['a', 'b']);
    expect(names(await on.client.listPersistentSubscriptionsToAll())).toEqual(['c']);
  });

  it('given a deleted group, when one of its name is created, then it knows nothing of the old one', async () => {
    await on.append(1, 2);
    await on.create('g', { checkPointUpperBound: 1 });
    const one = on.consumer('g', (value) => (value === 2 ? 'park' : 'ack'));
    await one.sees(2);
    await eventually(
      () => on.parkedIn('g'),
      (count) => count === 1n,
    );
    await on.client.deletePersistentSubscriptionToStream('s', 'g');
    expect(await one.ended).toBeInstanceOf(PersistentSubscriptionDroppedError);
    await on.create('g');
    expect(await on.parkedIn('g')).toBe(0n);
    expect(await on.consumer('g').sees(2)).toEqual(['1', '2']);
  });

  it('given the subsystem is restarted, when a consumer connects, then it gets what was not checkpointed', async () => {
    const one = await consumerPastACheckpoint();
    await on.client.restartPersistentSubscriptionSubsystem();
    expect(await one.ended).toBeInstanceOf(PersistentSubscriptionDroppedError);
    expect(await on.consumer('g').sees(1)).toEqual(['3']);
  });

  it('given no filter and checkpoints after every event, when it reads $all, then it does not read its own', async () => {
    const often = { startFrom: START, checkPointUpperBound: 1, checkPointLowerBound: 1 } as const;
    await on.client.createPersistentSubscriptionToAll('g', allSettings(often));
    const types: string[] = [];
    const subscription = on.client.subscribeToPersistentSubscriptionToAll('g');
    const done = new Promise<void>((resolve) =>
      subscription.on('data', (resolved) => {
        types.push(resolved.event?.type ?? '');
        void subscription.ack(resolved);
        if (types.at(-1) === 'Last') resolve();
      }),
    );
    await on.client.appendToStream('t', anEvent(1));
    await eventually(
      () => on.client.getPersistentSubscriptionToAllInfo('g'),
      ({ stats }) => stats.lastCheckpointedEventPosition !== undefined,
    );
    await on.client.appendToStream('t', anEvent(2, 'Last'));
    await done;
    expect(types).toContain('$PersistentConfig');
    expect(types).not.toContain('SubscriptionCheckpoint');
    await subscription.unsubscribe();
  });
});
