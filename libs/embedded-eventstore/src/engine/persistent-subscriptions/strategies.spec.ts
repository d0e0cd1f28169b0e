import { GroupByHand } from '../../../spec-support/a-group.js';

const pinByLetter = (letter: string): string => letter.toLowerCase();

describe('The consumer strategies', () => {
  it('RoundRobin: given two consumers, when events come, then they take turns, and who is full is passed over', () => {
    const hand = new GroupByHand();
    const [one, two] = [hand.consumer(1), hand.consumer()];
    hand.events('abcd');
    expect([one.seen, two.seen]).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('DispatchToSingle: given two consumers, when events come, then one gets all until it is full', () => {
    const hand = new GroupByHand({ strategy: 'DispatchToSingle' });
    const [one, two] = [hand.consumer(2), hand.consumer()];
    hand.events('abc');
    hand.ack('ab');
    hand.events('d');
    expect([one.seen, two.seen]).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('Pinned: given two consumers, when events of many streams come, then each stream has one consumer and both have some', () => {
    const hand = new GroupByHand({ strategy: 'Pinned' });
    const [one, two] = [hand.consumer(), hand.consumer()];
    hand.events('abcdefghijklABCDEFGHIJKL', pinByLetter);
    const [first, second] = [one, two].map(({ seen }) => new Set(seen.map(pinByLetter)));
    expect([...(first ?? [])].filter((letter) => second?.has(letter))).toEqual([]);
    expect([first?.size, second?.size]).toEqual([6, 6]);
  });

  it('Pinned: given a busy consumer, when its events wait, then those of others are delivered past them', () => {
    const hand = new GroupByHand({ strategy: 'Pinned' });
    const [one, two] = [hand.consumer(1), hand.consumer(5)];
    hand.events('abA', pinByLetter);
    hand.events('B', pinByLetter);
    const busy = one.seen.length + two.seen.length;
    expect(busy).toBe(3);
    hand.ack(one.seen[0] as string);
    expect(one.seen.length + two.seen.length).toBe(4);
  });

  it('Pinned: given a consumer that leaves, when more events of its streams come, then the other gets them', () => {
    const hand = new GroupByHand({ strategy: 'Pinned' });
    const [one, two] = [hand.consumer(), hand.consumer()];
    hand.events('abcd', pinByLetter);
    hand.ack('abcd');
    hand.group.disconnect(one.consumer);
    hand.events('ABCD', pinByLetter);
    expect(two.seen.slice(-4)).toEqual(['A', 'B', 'C', 'D']);
  });

  it('Pinned: given one consumer, when a second joins, then half of the streams move to it', () => {
    const hand = new GroupByHand({ strategy: 'Pinned' });
    hand.consumer();
    hand.events('abcdefgh', pinByLetter);
    hand.ack('abcdefgh');
    const two = hand.consumer();
    hand.events('ABCDEFGH', pinByLetter);
    expect(two.seen).toHaveLength(4);
  });
});
