import { createSecretKey } from 'node:crypto';
import { KeyRing } from './key-ring.js';
import type { KeyStore, WrappedKey } from './key-store.js';

const key = (keyId: string, epoch: number): WrappedKey => ({ keyId, epoch, wrapped: `wrapped-${keyId}-${epoch}` });

/** What every key store promises. `open` opens the same one again, as another process would. */
export function keyStoreContract(open: () => Promise<KeyStore>): void {
  let store: KeyStore;
  let other: KeyStore;
  beforeAll(async () => {
    store = await open();
    other = await open();
  });
  afterAll(async () => {
    await store.close();
    await other.close();
  });

  it('has nothing at first', async () => {
    expect(await store.epochs()).toEqual([]);
    expect(await store.find('person:boston/p-1')).toBeUndefined();
    expect(await store.count()).toEqual({ standing: 0, shredded: 0 });
  });
  it('begins an epoch once: the first key of it stands', async () => {
    await store.beginEpoch({ number: 1, wrapped: 'first' });
    await other.beginEpoch({ number: 1, wrapped: 'second' });
    expect(await other.epochs()).toEqual([{ number: 1, wrapped: 'first' }]);
  });
  it('adds a key once: the first one stands, for other processes too', async () => {
    expect(await store.add('person:boston/p-1', key('a', 1))).toBe('added');
    expect(await other.add('person:boston/p-1', key('b', 1))).toBe('stands');
    expect(await other.find('person:boston/p-1')).toEqual({ status: 'standing', key: key('a', 1) });
  });
  it('adds one of many that come at the same time', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `k${index}`);
    const outcomes = await Promise.all(
      names.map((id, index) => (index % 2 === 0 ? store : other).add('person:boston/p-2', key(id, 1))),
    );
    expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(1);
    const added = names[outcomes.indexOf('added')]!;
    expect(await store.find('person:boston/p-2')).toEqual({ status: 'standing', key: key(added, 1) });
  });
  it('adds no key under an epoch that another process has closed', async () => {
    await other.beginEpoch({ number: 2, wrapped: 'next' });
    expect(await store.add('person:boston/p-3', key('c', 1))).toBe('epoch-closed');
    expect(await store.find('person:boston/p-3')).toBeUndefined();
    expect(await store.add('person:boston/p-3', key('c', 2))).toBe('added');
  });
  it('tells the keys of older epochs by name, a page at a time', async () => {
    const first = await store.keysOfEpochsBefore(2, '', 1);
    expect(first).toEqual([{ name: 'person:boston/p-1', key: key('a', 1) }]);
    const second = await store.keysOfEpochsBefore(2, 'person:boston/p-1', 10);
    expect(second.map(({ name }) => name)).toEqual(['person:boston/p-2']);
  });
  it('puts a wrapping in the place of the one that it was made from, and of no other', async () => {
    await store.rewrap('person:boston/p-1', key('a', 1), key('a', 2));
    await store.rewrap('person:boston/p-1', key('a', 1), key('a', 3));
    expect(await other.find('person:boston/p-1')).toEqual({ status: 'standing', key: key('a', 2) });
  });
  it('destroys the keys of older epochs only', async () => {
    await store.destroyEpochsBefore(2);
    expect(await other.epochs()).toEqual([{ number: 2, wrapped: 'next' }]);
  });
  it('shreds for ever, and also a key that was never made', async () => {
    await store.shred('person:boston/p-1');
    await store.shred('person:boston/p-9');
    for (const name of ['person:boston/p-1', 'person:boston/p-9']) {
      expect(await other.find(name)).toEqual({ status: 'shredded' });
      expect(await other.add(name, key('d', 2))).toBe('stands');
    }
    await other.rewrap('person:boston/p-1', key('a', 2), key('a', 3));
    expect(await store.find('person:boston/p-1')).toEqual({ status: 'shredded' });
    expect(await store.keysOfEpochsBefore(9, '', 10)).toHaveLength(2);
    expect(await store.count()).toEqual({ standing: 2, shredded: 2 });
  });
  it('keeps everything over a restart', async () => {
    await store.close();
    store = await open();
    expect(await store.find('person:boston/p-1')).toEqual({ status: 'shredded' });
    expect(await store.find('person:boston/p-3')).toEqual({ status: 'standing', key: key('c', 2) });
    expect(await store.epochs()).toEqual([{ number: 2, wrapped: 'next' }]);
  });
}

/** What a ring of keys relies on, with two processes at work. */
export function keyRingContract(open: () => Promise<KeyStore>): void {
  const masterKey = createSecretKey(Buffer.alloc(32, 7));
  const names = Array.from({ length: 30 }, (_, index) => `person:boston/r-${index}`);
  const keysOf = async (ring: KeyRing): Promise<string[]> => {
    const found = await Promise.all(names.map((name) => ring.obtain(name)));
    return found.map((key) => (key.status === 'standing' ? key.key.key.export().toString('hex') : key.status));
  };

  it('given two processes, when they make the same keys and close epochs at once, then they have the same keys', async () => {
    const stores = [await open(), await open(), await open()] as const;
    const here = await KeyRing.open({ store: stores[0], masterKey });
    const there = await KeyRing.open({ store: stores[1], masterKey });
    const closings = async (ring: KeyRing): Promise<void> => {
      for (let closed = 0; closed < 3; closed++) await ring.closeEpoch(ring.epoch);
    };
    const [mine, theirs] = await Promise.all([keysOf(here), keysOf(there), closings(here), closings(there)]);
    expect(theirs).toEqual(mine);
    expect(new Set(mine).size).toBe(names.length);
    const later = await KeyRing.open({ store: stores[2], masterKey });
    expect(await keysOf(later)).toEqual(mine);
    expect((await stores[2].epochs()).map(({ number }) => number)).toEqual([later.epoch]);
    for (const store of stores) await store.close();
  });
}
