import { Turns } from './turns.js';

const rests = (turns: Turns, count: number, now: number): number[] =>
  Array.from({ length: count }, () => turns.restAfter(3, now)).filter((milliseconds) => milliseconds > 0);

describe('turns of processes at one stream', () => {
  it('are left to others after every append for a second after a conflict', () => {
    const turns = new Turns();
    turns.overtaken(1_000);
    expect(turns.isShared(1_999)).toBe(true);
    expect(rests(turns, 10, 1_999)).toEqual(Array.from({ length: 10 }, () => 3));
    expect(turns.isShared(2_000)).toBe(false);
    expect(rests(turns, 10, 2_000)).toEqual([]);
  });
  it('are left to others now and then by who has never met any', () => {
    const turns = new Turns();
    expect(turns.isShared(0)).toBe(false);
    expect(rests(turns, 31, 0)).toEqual([]);
    expect(rests(turns, 1, 0)).toEqual([3]);
    expect(rests(turns, 320, 0).length).toBe(10);
  });
  it('are never left for longer than a tenth of a second, however long the store was away', () => {
    const turns = new Turns();
    turns.overtaken(0);
    expect(turns.restAfter(12_000, 0)).toBe(100);
  });
});
