import fc from 'fast-check';
import { GroupByHand } from '../../../spec-support/a-group.js';

describe('A group of competing consumers', () => {
  describe('delivers', () => {
    it('given more events than a consumer has room for, when it acknowledges, then the next ones follow in order', () => {
      const hand = new GroupByHand();
      const one = hand.consumer(2);
      hand.events('abcde');
      expect(one.seen).toEqual(['a', 'b']);
      hand.ack('a');
      hand.ack('b');
      expect(one.seen).toEqual(['a', 'b', 'c', 'd']);
    });

    it('given a buffer of 0, when there are events, then none is delivered', () => {
      const hand = new GroupByHand();
      const one = hand.consumer(0);
      hand.events('a');
      expect(one.seen).toEqual([]);
    });

    it('given a consumer that has not taken what was sent, when it has, then deliveries go on', () => {
      const hand = new GroupByHand();
      const one = hand.consumer();
      one.isReady = false;
      hand.events('ab');
      expect(one.seen).toEqual([]);
      one.isReady = true;
      hand.group.pump();
      expect(one.seen).toEqual(['a', 'b']);
    });

    it('given two events of one id, when the first is unanswered, then the second waits for the answer', () => {
      const hand = new GroupByHand();
      const one = hand.consumer();
      hand.events('aab');
      expect(one.seen).toEqual(['a', 'b']);
      hand.ack('a');
      expect(one.seen).toEqual(['a', 'b', 'a']);
    });

    it('given buffers, when events wait, then it reads on only while a whole read batch has room', () => {
      const hand = new GroupByHand({ historyBufferSize: 6, readBatchSize: 2 });
      expect(hand.group.room).toBe(6);
      hand.events('abc');
      expect(hand.group.room).toBe(3);
      hand.events('d');
      expect(hand.group.room).toBe(0);
      hand.consumer(1);
      expect(hand.group.room).toBe(3);
    });
  });

  describe('tries again', () => {
    it('given a refused event, when the consumer asks to retry it, then it comes before new ones until it is parked', () => {
      const hand = new GroupByHand({ maxRetryCount: 2 });
      const one = hand.consumer(1);
      hand.events('ab');
      for (let time = 0; time < 3; time++) hand.group.refuse(['a'], 'retry', 'later');
      expect(one.seen).toEqual(['a', 'a+1', 'a+2', 'b']);
      expect(hand.parked).toEqual(['a: Reached retry count of 2']);
    });

    it('given an unanswered event, when its time is over, then it is delivered again, and parked in the end', () => {
      const hand = new GroupByHand({ messageTimeout: 700, maxRetryCount: 1 });
      const one = hand.consumer();
      hand.events('a');
      hand.tickAfter(699);
      expect(one.seen).toEqual(['a']);
      hand.tickAfter(1);
      expect(one.seen).toEqual(['a', 'a+1']);
      hand.tickAfter(700);
      expect(hand.parked).toEqual(['a: Reached retry count of 1']);
    });

    it('given a time of 0, when an event stays unanswered, then it never expires', () => {
      const hand = new GroupByHand({ messageTimeout: 0 });
      const one = hand.consumer();
      hand.events('a');
      hand.tickAfter(1e9);
      expect(one.seen).toEqual(['a']);
    });

    it('given an answer that comes too late, when the event was given to another, then that one keeps it', () => {
      const hand = new GroupByHand({ messageTimeout: 10 });
      const one = hand.consumer(1);
      hand.events('a');
      one.isReady = false;
      hand.tickAfter(10);
      hand.ack('a');
      one.isReady = true;
      hand.group.pump();
      expect(one.seen).toEqual(['a', 'a+1']);
    });

    it('given an unanswered event that is scavenged, when it would be delivered again, then it counts as answered', () => {
      const hand = new GroupByHand({ messageTimeout: 10, minCheckpointCount: 1 });
      const one = hand.consumer();
      hand.events('ab');
      hand.gone = 'a';
      hand.ack('b');
      hand.tickAfter(10);
      expect([one.seen, hand.group.outstanding]).toEqual([['a', 'b'], 0]);
      hand.tickAfter(2000);
      expect(hand.checkpoints).toEqual([1]);
    });

    it('given a consumer that leaves, when it held events, then the others get them in the order of the source', () => {
      const hand = new GroupByHand({ maxRetryCount: 0 });
      const first = hand.consumer(3);
      hand.events('abcde');
      hand.ack('b');
      hand.group.disconnect(first.consumer);
      const second = hand.consumer();
      hand.group.pump();
      expect(first.seen).toEqual(['a', 'b', 'c', 'd']);
      expect(second.seen).toEqual([]);
      expect(hand.group.outstanding).toBe(4);
      expect([...second.consumer.held.keys()]).toEqual(['a', 'c', 'd', 'e']);
      expect(hand.parked).toEqual([]);
    });
  });

  describe('sets aside', () => {
    it('given a refused event, when it is to be parked, then it is parked with the reason and counts as answered', () => {
      const hand = new GroupByHand({ minCheckpointCount: 1 });
      hand.consumer();
      hand.events('a');
      hand.group.refuse(['a'], 'park', 'because');
      expect(hand.parked).toEqual(["a: Client explicitly NAK'ed message.\nbecause"]);
      hand.tickAfter(2000);
      expect(hand.checkpoints).toEqual([0]);
    });

    it('given an event that is being parked, when that is not certain yet, then no checkpoint passes it', () => {
      const hand = new GroupByHand({ minCheckpointCount: 1 });
      hand.parking = undefined;
      hand.consumer();
      hand.events('ab');
      hand.group.refuse(['a'], 'park', '');
      hand.ack('b');
      hand.tickAfter(2000);
      expect(hand.checkpoints).toEqual([]);
    });

    it('given an event that is parked for certain, when that was all that a checkpoint waited for, then it is written', () => {
      const hand = new GroupByHand({ maxCheckpointCount: 2 });
      hand.consumer();
      hand.events('ab');
      hand.ack('b');
      hand.parking = undefined;
      hand.group.refuse(['a'], 'park', '');
      expect(hand.checkpoints).toEqual([]);
      hand.endParking(true);
      expect(hand.checkpoints).toEqual([1]);
    });

    it('given a disk that takes nothing, when an event cannot be parked, then it is delivered again a second later', () => {
      const hand = new GroupByHand();
      hand.parking = false;
      const one = hand.consumer();
      hand.events('a');
      hand.group.refuse(['a'], 'park', '');
      expect(one.seen).toEqual(['a']);
      hand.tickAfter(1000);
      expect(one.seen).toEqual(['a', 'a+1']);
      hand.group.refuse(['a'], 'park', '');
      expect(hand.parked).toHaveLength(2);
      hand.tickAfter(1000);
      expect(one.seen).toEqual(['a', 'a+1', 'a+2']);
    });

    it.each(['skip', 'stop'] as const)(
      'given a refused event, when it is to %s, then it counts as answered',
      (action) => {
        const hand = new GroupByHand({ minCheckpointCount: 1 });
        const one = hand.consumer();
        hand.events('a');
        hand.group.refuse(['a'], action, '');
        hand.tickAfter(2000);
        expect([one.seen, hand.parked, hand.checkpoints]).toEqual([['a'], [], [0]]);
      },
    );

    it('given a replayed event, when it is answered, then that is told, and no checkpoint depends on it', () => {
      const hand = new GroupByHand({ minCheckpointCount: 1 });
      const one = hand.consumer();
      hand.events('a');
      hand.replays('xy');
      hand.ack('ax');
      hand.tickAfter(2000);
      expect([one.seen, hand.replayed, hand.checkpoints]).toEqual([['a', 'x', 'y'], ['x'], [0]]);
    });
  });

  describe('checkpoints', () => {
    it('given the upper bound, when so many are answered, then it checkpoints at once', () => {
      const hand = new GroupByHand({ maxCheckpointCount: 3 });
      hand.consumer();
      hand.events('abcde');
      hand.ack('ab');
      expect(hand.checkpoints).toEqual([]);
      hand.ack('cde');
      expect(hand.checkpoints).toEqual([4]);
    });

    it('given the lower bound, when fewer are answered, then no time is long enough', () => {
      const hand = new GroupByHand({ minCheckpointCount: 3, checkpointAfter: 100 });
      hand.consumer();
      hand.events('abc');
      hand.ack('ab');
      hand.tickAfter(10_000);
      expect(hand.checkpoints).toEqual([]);
      hand.ack('c');
      hand.tickAfter(1);
      expect(hand.checkpoints).toEqual([2]);
    });

    it('given a checkpoint, when the next is due by number, then it waits for the time between two', () => {
      const hand = new GroupByHand({ minCheckpointCount: 1, checkpointAfter: 1000 });
      hand.consumer();
      hand.events('ab');
      hand.ack('a');
      hand.tickAfter(1000);
      hand.ack('b');
      hand.tickAfter(999);
      expect(hand.checkpoints).toEqual([0]);
      hand.tickAfter(1);
      expect(hand.checkpoints).toEqual([0, 1]);
    });

    it('given a gap, when later ones are answered, then the checkpoint stays before the gap', () => {
      const hand = new GroupByHand({ minCheckpointCount: 1, maxCheckpointCount: 2 });
      hand.consumer();
      hand.events('abcde');
      hand.ack('ab');
      hand.ack('de');
      expect(hand.checkpoints).toEqual([1]);
    });

    it('given events that nobody was given yet, when later ones are skipped, then no checkpoint passes them', () => {
      const hand = new GroupByHand({ minCheckpointCount: 1, maxCheckpointCount: 2 });
      hand.events('a');
      hand.skipped(50);
      expect(hand.checkpoints).toEqual([]);
    });

    it('given a filter, when nothing passes it, then checkpoints go on all the same', () => {
      const hand = new GroupByHand({ maxCheckpointCount: 50 });
      hand.skipped(49);
      expect(hand.checkpoints).toEqual([]);
      hand.skipped(1);
      expect(hand.checkpoints).toEqual([49]);
    });

    it('given a group that is loaded from a checkpoint, when it goes on, then it counts from there', () => {
      const hand = new GroupByHand({ minCheckpointCount: 2, maxCheckpointCount: 2 }, 41);
      hand.consumer();
      hand.events('ab');
      expect(hand.checkpoints).toEqual([]);
      hand.ack('ab');
      expect(hand.checkpoints).toEqual([43]);
    });
  });

  it('given any order of answers, losses and ticks, then every event is answered in the end and no checkpoint passes one that is not', () => {
    const step = fc.constantFrom('ack', 'retry', 'leave', 'expire', 'skip', 'park') as fc.Arbitrary<string>;
    const strategy = fc.constantFrom('RoundRobin', 'DispatchToSingle', 'Pinned');
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat({ max: 25 })), { maxLength: 60 }), strategy, (steps, name) => {
        const hand = new GroupByHand({ minCheckpointCount: 1, maxCheckpointCount: 3, strategy: name });
        let consumers = [hand.consumer(4), hand.consumer(3)];
        const letters = 'abcdefghijklmnopqrstuvwxyz';
        const answered = new Set<string>();
        hand.events(letters, (letter) => letter);
        const isHeld = (letter: string): boolean => consumers.some(({ consumer }) => consumer.held.has(letter));
        for (const [what, which] of steps) {
          const letter = letters[which] as string;
          if (what === 'leave') {
            hand.group.disconnect((consumers.shift() as (typeof consumers)[0]).consumer);
            consumers = [...consumers, hand.consumer(4)];
          } else if (what === 'expire') hand.tickAfter(30_000);
          else if (isHeld(letter)) {
            if (what !== 'retry') answered.add(letter);
            if (what === 'ack') hand.ack(letter);
            else hand.group.refuse([letter], what as 'retry' | 'skip' | 'park', '');
          }
          for (const parked of hand.parked) answered.add(parked.charAt(0));
          const passed = letters.slice(0, (hand.checkpoints.at(-1) ?? -1) + 1);
          expect([...passed].filter((one) => !answered.has(one))).toEqual([]);
        }
        for (let turn = 0; turn < 40; turn++) hand.ack(letters);
        expect([hand.group.outstanding, hand.group.backlog.length, hand.group.backlog.bytes]).toEqual([0, 0, 0]);
        hand.tickAfter(10_000);
        expect(hand.checkpoints.at(-1)).toBe(25);
      }),
      { numRuns: 200 },
    );
  });
});
