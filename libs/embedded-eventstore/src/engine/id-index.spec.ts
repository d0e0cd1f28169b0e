import fc from 'fast-check';
import { newUuid } from '../codec/uuid.js';
import { IdIndex, idHash } from './id-index.js';

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

  it('given ids that differ in one byte only, when they are hashed, then hardly any hashes are equal', () => {
    const hashes = new Set<number>();
    const id = newUuid();
    for (let byte = 0; byte < 16; byte++)
      for (let value = 0; value < 256; value++) {
        const other = Buffer.from(id);
        other[byte] = value;
        hashes.add(idHash(other, 7));
      }
    expect(hashes.size).toBeGreaterThan(4000);
  });
});
