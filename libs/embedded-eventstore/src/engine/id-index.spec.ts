import fc from 'fast-check';
import { atOnce } from '../storage/steps.js';
import { IdIndex } from './id-index.js';

describe('The index of event ids', () => {
  it('given any additions, when a hash is looked up, then the lowest matching position is found', () => {
    const additions = fc.array(fc.tuple(fc.nat({ max: 50 }), fc.integer({ min: 1, max: 1_000_000 })), {
      maxLength: 3000,
    });
    fc.assert(
      fc.property(additions, (entries) => {
        const index = new IdIndex();
        for (const [hash, position] of entries) index.add(hash, position);
        for (let hash = 0; hash <= 50; hash++) {
          const even = entries.filter((entry) => entry[0] === hash && entry[1] % 2 === 0).map((entry) => entry[1]);
          const found = index.find(hash, (position) => position % 2 === 0);
          expect(found).toBe(even.length === 0 ? undefined : Math.min(...even));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('given additions, when those before a position are forgotten, then the others are found', () => {
    const index = new IdIndex();
    for (let position = 1; position <= 1000; position++) index.add(position % 7, position);
    atOnce(index.dropBefore(500));
    expect([0, 1, 2, 3, 4, 5, 6].map((hash) => index.find(hash, () => true))).toEqual([
      504, 505, 506, 500, 501, 502, 503,
    ]);
  });
});
