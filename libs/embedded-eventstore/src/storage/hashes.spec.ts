import fc from 'fast-check';
import { newUuid } from '../codec/uuid.js';
import { idHash, orderOf } from './hashes.js';
import { atOnce } from './steps.js';

describe('The hashes of ids and streams', () => {
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

  it('given any hashes, when they are ordered, then they rise and equal ones keep their order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat({ max: 3 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }))), (hashes) => {
        const expected = hashes
          .map((hash, index) => ({ hash, index }))
          .sort((a, b) => a.hash - b.hash || a.index - b.index);
        expect([...atOnce(orderOf(Uint32Array.from(hashes)))]).toEqual(expected.map(({ index }) => index));
      }),
    );
  });
});
