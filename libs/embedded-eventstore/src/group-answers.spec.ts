import { eventually } from '../spec-support/competing-consumer.js';
import { GroupsOfOneStream } from '../spec-support/groups-of-one-stream.js';

describe('An event that a consumer does not acknowledge, through the official client', () => {
  let on: GroupsOfOneStream;
  beforeEach(async () => {
    on = new GroupsOfOneStream();
    await on.start();
  });
  afterEach(() => on.remove());

  it('given retry, when it is delivered again, then its count rises until it is parked', async () => {
    await on.append(1, 2);
    await on.create('g', { maxRetryCount: 2 });
    const one = on.consumer('g', (value) => (value === 1 ? 'retry' : 'ack'));
    expect(await one.sees(4)).toEqual(['1', '2', '1+1', '1+2']);
    expect(
      await eventually(
        () => on.parkedIn('g'),
        (count) => count > 0n,
      ),
    ).toBe(1n);
  });

  it('given park, when it is replayed and answered, then it is in the parked stream no longer', async () => {
    await on.append(1, 2, 3);
    await on.create('g');
    const parks = new Set([1, 3]);
    const one = on.consumer('g', (value) => (parks.delete(Number(value)) ? 'park' : 'ack'));
    await one.sees(3);
    // There is no such stream before the first one is parked.
    const parked = await eventually(
      () => on.at('parked', 'g').catch(() => []),
      ({ length }) => length === 2,
    );
    expect(parked).toEqual(['0@s', '2@s']);
    await on.client.replayParkedMessagesToStream('s', 'g');
    expect((await one.sees(5)).slice(3)).toEqual(['>1', '>3']);
    await eventually(
      () => on.parkedIn('g'),
      (count) => count === 0n,
    );
    expect(
      await eventually(
        () => on.at('parked', 'g'),
        ({ length }) => length === 0,
      ),
    ).toEqual([]);
  });

  it('given four parked, when two are replayed, then those two come and the others stay', async () => {
    await on.append(1, 2, 3, 4);
    await on.create('g');
    const seen = new Set<unknown>();
    const one = on.consumer('g', (value) => (seen.size < seen.add(value).size ? 'park' : 'ack'));
    await one.sees(4);
    await eventually(
      () => on.parkedIn('g'),
      (count) => count === 4n,
    );
    await on.client.replayParkedMessagesToStream('s', 'g', { stopAt: 2 });
    expect((await one.sees(6)).slice(4)).toEqual(['>1', '>2']);
    await eventually(
      () => on.parkedIn('g'),
      (count) => count === 2n,
    );
    await expect(on.client.replayParkedMessagesToStream('s', 'g', { stopAt: -1 })).rejects.toMatchObject({
      type: 'persistent-subscription-failed',
    });
  });

  it.each(['skip', 'stop'] as const)('given %s, when the next consumer comes, then it is gone', async (action) => {
    await on.append(1, 2);
    await on.create('g');
    const one = on.consumer('g', () => action);
    await one.sees(2);
    await eventually(
      () => on.info('g'),
      ({ stats }) => stats.outstandingMessagesCount === 0,
    );
    expect(await on.parkedIn('g')).toBe(0n);
    const two = on.consumer('g');
    await on.append(3);
    await Promise.race([one.sees(3), two.sees(1)]);
    expect([...one.seen, ...two.seen].filter((value) => value.includes('+'))).toEqual([]);
  });

  it('given a consumer that leaves, when the next comes, then it gets what was unanswered, counted', async () => {
    await on.append(1, 2, 3);
    await on.create('g');
    const one = on.consumer('g', (value) => (value === 2 ? 'ack' : 'nothing'));
    await one.sees(3);
    await eventually(
      () => on.info('g'),
      ({ stats }) => stats.outstandingMessagesCount === 2,
    );
    await one.leave();
    expect(await on.consumer('g').sees(2)).toEqual(['1+1', '3+1']);
  });
});
