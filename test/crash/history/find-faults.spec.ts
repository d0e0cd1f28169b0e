import { findFaults } from './find-faults.js';
import type { FaultKind, History, Sight, Write } from './history.js';

/** Two writers in turn, a stream each, and $all; readers and subscribers see all of it. */
const write = (id: string, stream: string, at: number, asked: number): Write => ({
  ids: [`${id}1`, `${id}2`],
  logs: [stream, '$all'],
  onlyAt: at,
  asked,
  answer: { done: true, at, moment: asked + 5 },
});
const refused: Write = {
  ids: ['r1'],
  logs: ['s', '$all'],
  onlyAt: 0,
  asked: 30,
  answer: { done: false, length: 4, moment: 35 },
};
const unknown: Write = { ids: ['u1', 'u2'], logs: ['s', '$all'], onlyAt: 4, asked: 60 };
const s = ['a1', 'a2', 'c1', 'c2', 'u1', 'u2'];
const all = ['a1', 'a2', 'b1', 'b2', 'c1', 'c2', 'u1', 'u2'];
const read = (log: string, ids: readonly string[], since: number, from = 0): Sight => ({
  who: 'a reader',
  log,
  from,
  ids,
  since,
  seen: since + 5,
});
const live: Sight = {
  who: 'a subscriber',
  log: '$all',
  from: 2,
  ids: ['b1', 'b2', 'c1', 'c2', 'u1', 'u2'],
  since: 80,
  seen: [13, 13, 24, 24, 62, 63],
};
const clean: History = {
  writes: [write('a', 's', 0, 0), write('b', 't', 0, 8), write('c', 's', 2, 20), refused, unknown],
  sights: [read('s', s.slice(0, 4), 40), read('$all', ['c1', 'c2'], 22, 4), read('$all', all, 70), live],
  cuts: [
    {
      who: 'a cursor',
      lengths: new Map([
        ['s', 2],
        ['t', 2],
      ]),
    },
  ],
  final: new Map([
    ['s', s],
    ['t', ['b1', 'b2']],
    ['$all', all],
  ]),
};

const withLog = (log: string, ids: readonly string[]): History => ({
  ...clean,
  final: new Map([...clean.final, [log, ids]]),
});
const withSight = (sight: Sight): History => ({ ...clean, sights: [...clean.sights, sight] });
const withWrites = (...writes: Write[]): History => ({ ...clean, writes });
const without = (ids: readonly string[], ...gone: string[]): string[] => ids.filter((id) => !gone.includes(id));
const kindsOf = (history: History): FaultKind[] => [...new Set(findFaults(history).map(({ kind }) => kind))].sort();

describe('The history checker', () => {
  it('given a history of a store that does one thing at a time, then it finds nothing', () => {
    expect(findFaults(clean)).toEqual([]);
  });

  it('given that a write without an answer is not there, then it finds nothing', () => {
    const final = new Map([...clean.final].map(([log, ids]) => [log, without(ids, 'u1', 'u2')] as const));
    const sights = clean.sights.filter(({ ids }) => !ids.includes('u1'));
    expect(findFaults({ ...clean, final, sights })).toEqual([]);
  });

  it.each<readonly [what: string, kind: FaultKind, history: History]>([
    ['an acknowledged write is gone from its stream', 'lost', withLog('s', without(s, 'c1', 'c2'))],
    ['an acknowledged write is gone from $all', 'lost', withLog('$all', without(all, 'b1', 'b2'))],
    ['half of a write without an answer is there', 'lost', withLog('s', without(s, 'u2'))],
    ['a subscriber does not see an event', 'lost', withSight({ ...live, ids: without(live.ids, 'c1'), seen: 90 })],
    ['a reader saw what is gone later', 'lost', withSight(read('t', ['b1', 'b2', 'u1'], 70))],
    ['an event is there that nobody sent', 'phantom', withLog('t', ['b1', 'b2', 'x'])],
    ['an event is in a stream that it was not sent to', 'phantom', withLog('t', ['b1', 'b2', 'u1', 'u2'])],
    ['a refused write is there', 'phantom', withLog('$all', [...all, 'r1'])],
    ['a reader sees an event before it is sent', 'phantom', withSight(read('s', s, 45))],
    ['a reader sees an event that nobody sent', 'phantom', withSight(read('t', ['b1', 'b2', 'x'], 40))],
    [
      'a refusal counts an event before it is sent',
      'phantom',
      withWrites(...clean.writes, { ...refused, ids: ['q'], answer: { done: false, length: 5, moment: 36 } }),
    ],
    ['$all has two writes in the other order', 'reordered', withLog('$all', ['b1', 'b2', 'a1', 'a2', ...all.slice(4)])],
    ['the events of a write are in the other order', 'reordered', withLog('t', ['b2', 'b1'])],
    ['the events of a write lie apart', 'reordered', withLog('$all', ['a1', 'a2', 'b1', 'c1', 'b2', 'c2', 'u1', 'u2'])],
    [
      'a write is elsewhere than it was said to be',
      'reordered',
      withWrites(
        write('a', 's', 0, 0),
        write('b', 't', 0, 8),
        { ...write('c', 's', 2, 20), answer: { done: true, at: 3, moment: 25 } },
        refused,
        unknown,
      ),
    ],
    [
      'a subscriber sees two events in the other order',
      'reordered',
      withSight({ ...live, ids: ['b1', 'c1', 'b2', 'c2', 'u1', 'u2'], seen: 90 }),
    ],
    ['an event is stored twice', 'doubled', withLog('s', [...s, 'a1'])],
    [
      'a subscriber sees an event twice',
      'doubled',
      withSight({ ...live, ids: ['b1', 'b2', 'b2', 'c1', 'c2', 'u1', 'u2'], seen: 90 }),
    ],
    ['a reader does not see what was done before', 'stale', withSight(read('s', ['a1', 'a2'], 40))],
    ['a reader of $all does not see what was done before', 'stale', withSight(read('$all', [], 40, 4))],
    ['a subscriber that is up to date is not', 'stale', withSight({ ...live, ids: ['b1', 'b2'], seen: 13 })],
    [
      'a write is done on an old revision',
      'stale',
      withWrites(
        write('a', 's', 0, 0),
        write('b', 't', 0, 8),
        { ...write('c', 's', 2, 20), onlyAt: 0 },
        refused,
        unknown,
      ),
    ],
    [
      'a refusal tells an old revision',
      'stale',
      withWrites(...clean.writes, { ...refused, ids: ['q'], answer: { done: false, length: 2, moment: 36 } }),
    ],
    [
      'a cursor shows two instants',
      'stale',
      {
        ...clean,
        cuts: [
          {
            who: 'a cursor',
            lengths: new Map([
              ['s', 4],
              ['t', 0],
            ]),
          },
        ],
      },
    ],
  ])('given that %s, then it finds it: %s', (_, kind, history) => {
    expect(kindsOf(history)).toContain(kind);
  });
});
