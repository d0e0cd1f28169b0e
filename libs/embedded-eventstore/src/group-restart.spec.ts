import {
  END,
  eventTypeFilter,
  START,
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
} from '@eventstore/db-client';
import { CompetingConsumer, eventually } from '../spec-support/competing-consumer.js';
import { anEvent, valuesOf } from '../spec-support/given.js';
import { GroupsOfOneStream } from '../spec-support/groups-of-one-stream.js';

describe('Persistent subscriptions after the server was started again, through the official client', () => {
  let on: GroupsOfOneStream;
  beforeEach(async () => {
    on = new GroupsOfOneStream();
    await on.start();
  });
  afterEach(() => on.remove());

  it('given a checkpoint and parked events, when a consumer connects, then it goes on where it was', async () => {
    await on.append(1, 2, 3, 4);
    await on.create('g', { checkPointUpperBound: 2 });
    const one = on.consumer('g', (value) => (value === 1 ? 'park' : value === 4 ? 'nothing' : 'ack'));
    await one.sees(4);
    await eventually(
      () => on.info('g'),
      ({ stats }) => stats.lastCheckpointedEventRevision === 2n,
    );
    await on.restart();
    expect(await on.parkedIn('g')).toBe(1n);
    expect(await valuesOf(on.client, 's')).toEqual([1, 2, 3, 4]);
    expect(await on.consumer('g').sees(1)).toEqual(['4']);
  });

  it('given a group that starts at the end, when events came before its first checkpoint, then they are delivered', async () => {
    await on.append(1);
    await on.create('g', { startFrom: END });
    await on.append(2, 3);
    await on.restart();
    expect(await on.consumer('g').sees(2)).toEqual(['2', '3']);
  });

  it('given a replayed event without an answer, when parked events are replayed again, then it comes again', async () => {
    await on.append(1, 2);
    await on.create('g', { checkPointUpperBound: 2 });
    const one = on.consumer('g', () => 'park');
    await one.sees(2);
    await one.leave();
    await eventually(
      () => on.parkedIn('g'),
      (count) => count === 2n,
    );
    const two = on.consumer('g', (value) => (value === 1 ? 'nothing' : 'ack'));
    await on.client.replayParkedMessagesToStream('s', 'g');
    await two.sees(2);
    await eventually(
      () => on.parkedIn('g'),
      (count) => count === 1n,
    );
    // Else both come as they came first.
    await eventually(
      () => on.info('g'),
      ({ stats }) => stats.lastCheckpointedEventRevision === 1n,
    );
    await on.restart();
    const three = on.consumer('g');
    await on.client.replayParkedMessagesToStream('s', 'g');
    expect((await three.sees(1))[0]).toBe('>1');
  });

  it('given a checkpoint that is none, when the group is asked for, then that is told, and it can be deleted', async () => {
    await on.create('g');
    await on.create('other');
    await on.client.appendToStream('$persistentsubscription-s::g-checkpoint', anEvent('garbage'));
    await on.restart();
    await expect(on.info('g')).rejects.toThrow(/The last event of .*::g-checkpoint is no checkpoint/);
    expect((await on.info('other')).status).toBe('Live');
    await on.client.deletePersistentSubscriptionToStream('s', 'g');
    await on.create('g');
    expect((await on.info('g')).status).toBe('Live');
  });

  it('given a filter with prefixes that hold commas, when events come, then the filter is the same', async () => {
    const filter = eventTypeFilter({ prefixes: ['A,B', 'C'] });
    await on.client.createPersistentSubscriptionToAll('g', allSettings({ startFrom: START }), { filter });
    await on.restart();
    await on.append('none');
    await on.client.appendToStream('t', [anEvent(1, 'A'), anEvent(2, 'A,B'), anEvent(3, 'B'), anEvent(4, 'C')]);
    const one = new CompetingConsumer(on.client.subscribeToPersistentSubscriptionToAll('g'));
    expect(await one.sees(2)).toEqual(['2', '4']);
  });
});
