import fc from 'fast-check';
import { PersistentMap } from './index.js';

interface Value {
  readonly value: number;
}

const keysUpTo = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `key ${index}`);
const filled = (count: number): PersistentMap<Value> =>
  keysUpTo(count).reduce((map, key, value) => map.with(key, { value }), PersistentMap.empty<Value>());

/** Slots that are copied while `work` runs. */
function copiedBy(work: () => unknown): number {
  const slice = jest.spyOn(Array.prototype, 'slice');
  try {
    work();
    return slice.mock.results.reduce((sum, { value }) => sum + (value as unknown[]).length, 0);
  } finally {
    slice.mockRestore();
  }
}

describe('a persistent map', () => {
  it('is what a plain map is, whichever of the earlier ones it is made of', () => {
    const step = fc.record({ of: fc.nat(), key: fc.nat({ max: 80 }).map(String), value: fc.nat() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const maps = [{ ours: PersistentMap.empty<Value>(), plain: new Map<string, Value>() }];
        for (const { of, key, value } of steps) {
          // Mostly the newest one, as a stream grows; now and then an older one, as after a conflict.
          const { ours, plain } = maps[of % 4 === 0 ? of % maps.length : maps.length - 1]!;
          maps.push({ ours: ours.with(key, { value }), plain: new Map(plain).set(key, { value }) });
        }
        for (const { ours, plain } of maps) {
          expect(new Map(ours)).toEqual(plain);
          for (const { key } of steps) expect(ours.get(key)).toEqual(plain.get(key));
        }
      }),
    );
  });

  it('holds more than one tree level, two and three of them', () => {
    const map = filled(33_000);
    expect(keysUpTo(33_000).every((key, value) => map.get(key)?.value === value)).toBe(true);
    expect(map.get('key 33000')).toBeUndefined();
  });

  it('costs the same in a map of a hundred thousand entries as in one of a hundred, from an older map too', () => {
    const [small, large] = [filled(100), filled(100_000)];
    large.with('lost', { value: 1 });
    const levels = 4;
    for (const map of [small, large])
      expect(copiedBy(() => map.with('new', { value: 2 }))).toBeLessThanOrEqual(levels * 32);
    expect(large.with('new', { value: 2 }).get('lost')).toBeUndefined();
  });

  it('has keys of its own where another one began with the same empty map', () => {
    const empty = PersistentMap.empty<Value>();
    const one = empty.with('a', { value: 1 });
    expect([...empty.with('b', { value: 2 })]).toEqual([['b', { value: 2 }]]);
    expect([...one]).toEqual([['a', { value: 1 }]]);
    expect([...empty]).toEqual([]);
  });
});
