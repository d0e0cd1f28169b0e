import { specFor } from '@app/testing';
import { julyClaimed } from '../reading-ids.examples.js';
import { claimOf, readingIds } from '../reading-ids.state.js';
import { ClaimReadingIds, claimReadingIds, hasExpired } from './claim-reading-ids.js';

const { given } = specFor(readingIds, ClaimReadingIds, claimReadingIds);
const { at } = julyClaimed.data;
const july = { period: '2011-07', ids: ['lamp', 'pothole'], at, abandoned: new Map() };
const august = { ...july, period: '2011-08' };
const after = [julyClaimed].reduce(readingIds.evolve, readingIds.initial);
const lamp = claimOf(after, 'lamp')!;
const claimed = (data: object) => ({ ...julyClaimed, data: { ...julyClaimed.data, ...data } });

describe('claim reading ids', () => {
  it('gives free ids to a period', () => given().when(july).then(julyClaimed));
  it('sent twice, nothing happens', () => given(julyClaimed).when(july).then());
  it('leaves an id to the period that has it', () => {
    given(julyClaimed).when(august).then();
    given(julyClaimed)
      .when({ ...august, ids: ['lamp', 'tree'] })
      .then(claimed({ period: '2011-08', ids: ['tree'] }));
  });
  it('renews a claim after a minute, so that nobody takes it for abandoned', () => {
    const later = '2026-01-05T09:01:01Z';
    given(julyClaimed)
      .when({ ...july, at: later })
      .then(claimed({ at: later }));
  });
  it('takes over what was abandoned', () =>
    given(julyClaimed)
      .when({ ...august, abandoned: new Map([['lamp', lamp]]) })
      .then(claimed({ period: '2011-08', ids: ['lamp'] })));
  it('takes nothing over that was claimed anew meanwhile', () =>
    given(julyClaimed, claimed({ at: '2026-01-05T09:05:01Z' }))
      .when({ ...august, abandoned: new Map([['lamp', lamp]]) })
      .then());
  it('takes a claim for under way for five minutes', () => {
    expect(hasExpired(lamp, '2026-01-05T09:05:00Z')).toBe(false);
    expect(hasExpired(lamp, '2026-01-05T09:05:01Z')).toBe(true);
  });
});

describe('the state of reading ids', () => {
  it('stays what it was when a later one is made of it, and when another later one is', () => {
    const [one, other] = ['2011-08', '2011-09'].map((period) =>
      readingIds.evolve(after, claimed({ period, ids: ['lamp'] })),
    );
    expect([after, one!, other!].map((state) => claimOf(state, 'lamp')?.period)).toEqual([
      '2011-07',
      '2011-08',
      '2011-09',
    ]);
    expect(claimOf(readingIds.initial, 'lamp')).toBeUndefined();
  });
  it('that another process was faster than is decided anew at the same cost, however many ids there are', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => `case-${index}`);
    const many = readingIds.evolve(readingIds.initial, claimed({ ids }));
    readingIds.evolve(many, claimed({ ids: ['refused'] }));
    const set = jest.spyOn(Map.prototype, 'set');
    const next = readingIds.evolve(many, claimed({ ids: ['theirs'] }));
    expect(set.mock.calls.length).toBeLessThanOrEqual(1);
    set.mockRestore();
    expect(['refused', 'theirs', 'case-19999'].map((id) => claimOf(next, id)?.period)).toEqual([
      undefined,
      '2011-07',
      '2011-07',
    ]);
  });
});
