import fc from 'fast-check';
import { RecentPositions } from './recent-positions.js';

/** What is done to one of four lists at a time, so that they take and give back shared places by turns. */
type Step = [list: number, what: 'push' | 'pop' | 'drop', count: number];

describe('The recent positions of streams', () => {
  it('given lists that grow and shrink by turns, then each holds what a plain array would', () => {
    const step = fc.tuple(
      fc.nat({ max: 3 }),
      fc.constantFrom('push', 'push', 'pop', 'drop'),
      fc.oneof(fc.nat({ max: 40 }), fc.constant(5000)),
    ) as fc.Arbitrary<Step>;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const lists = Array.from({ length: 4 }, () => ({ positions: new RecentPositions(), plain: [] as number[] }));
        let next = 64;
        for (const [index, what, count] of steps) {
          const { positions, plain } = lists[index]!;
          for (let i = 0; i < count; i++) {
            if (what === 'push') positions.push(next);
            if (what === 'push') plain.push((next += 1) - 1);
            if (what === 'pop' && positions.length > positions.first) {
              positions.pop();
              plain.pop();
            }
          }
          if (what === 'drop') positions.dropBefore(Math.min(positions.first + count, positions.length));
          for (const each of lists) {
            const kept = each.plain.slice(each.positions.first);
            expect(kept.map((_, i) => each.positions.at(each.positions.first + i))).toEqual(kept);
            expect(each.positions.length).toBe(each.plain.length);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
