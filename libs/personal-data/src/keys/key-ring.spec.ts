import { createSecretKey } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interrupted, InterruptedKeyStore } from '../../spec-support/interrupted-key-store.js';
import { KeyRing, type FoundKey } from './key-ring.js';
import { LmdbKeyStore } from './lmdb-key-store.js';

const masterKey = createSecretKey(Buffer.alloc(32, 7));
const bytesOf = (found: FoundKey | undefined): string | undefined =>
  found?.status === 'standing' ? found.key.key.export().toString('hex') : found?.status;

describe('keys under the key of an epoch under the master key', () => {
  it('are made once, and are the same after a restart', async () => {
    const store = new InterruptedKeyStore();
    const ring = await KeyRing.open({ store, masterKey });
    expect(await ring.find('a')).toBeUndefined();
    const made = bytesOf(await ring.obtain('a'));
    expect(bytesOf(await ring.obtain('a'))).toBe(made);
    expect(bytesOf(await ring.obtain('b'))).not.toBe(made);
    const again = await KeyRing.open({ store, masterKey });
    expect(bytesOf(await again.find('a'))).toBe(made);
  });
  it('do not open under another master key', async () => {
    const store = new InterruptedKeyStore();
    await KeyRing.open({ store, masterKey });
    const other = createSecretKey(Buffer.alloc(32, 8));
    await expect(KeyRing.open({ store, masterKey: other })).rejects.toThrow('The master key is not the one');
  });
  it('do not open under the name of somebody else', async () => {
    const store = new InterruptedKeyStore();
    const ring = await KeyRing.open({ store, masterKey });
    await ring.obtain('a');
    const entry = await store.find('a');
    if (entry?.status !== 'standing') throw new Error('there is no key');
    await store.add('b', entry.key);
    await expect(ring.find('b')).rejects.toThrow('A key in the key store is damaged.');
  });
  it('are the same in a new epoch, whose closed one is gone', async () => {
    const store = new InterruptedKeyStore();
    const ring = await KeyRing.open({ store, masterKey });
    const made = bytesOf(await ring.obtain('a'));
    const before = await store.find('a');
    expect(await ring.closeEpoch(1)).toEqual({ epoch: 2, rewrapped: 1 });
    expect(await store.find('a')).not.toEqual(before);
    expect((await store.epochs()).map(({ number }) => number)).toEqual([2]);
    expect(bytesOf(await (await KeyRing.open({ store, masterKey })).find('a'))).toBe(made);
  });
  it('are wrapped anew once, however often the closing is asked for', async () => {
    const store = new InterruptedKeyStore();
    const ring = await KeyRing.open({ store, masterKey });
    await ring.obtain('a');
    await ring.closeEpoch(1);
    expect(await ring.closeEpoch(1)).toEqual({ epoch: 2, rewrapped: 0 });
    await expect(ring.closeEpoch(3)).rejects.toThrow('Epoch 3 has not begun');
  });
  it('are found and made by a process that has not heard of the closing', async () => {
    const store = new InterruptedKeyStore();
    const [here, there] = [await KeyRing.open({ store, masterKey }), await KeyRing.open({ store, masterKey })];
    const made = bytesOf(await here.obtain('a'));
    await here.closeEpoch(1);
    expect(bytesOf(await there.find('a'))).toBe(made);
    await here.closeEpoch(2);
    expect(bytesOf(await here.find('b'))).toBeUndefined();
    expect(bytesOf(await there.obtain('b'))).toBe(bytesOf(await here.find('b')));
  });
  it('are gone when they are shredded, and never made again', async () => {
    const store = new InterruptedKeyStore();
    const ring = await KeyRing.open({ store, masterKey });
    await ring.obtain('a');
    await ring.shred('a');
    expect(await ring.find('a')).toEqual({ status: 'shredded' });
    expect(await ring.obtain('a')).toEqual({ status: 'shredded' });
  });
  it('are kept in memory by no question that came before the shredding', async () => {
    const store = new InterruptedKeyStore();
    await (await KeyRing.open({ store, masterKey })).obtain('a');
    const ring = await KeyRing.open({ store, masterKey });
    const find = store.find.bind(store);
    let answer = (): void => undefined;
    store.find = async (name) => {
      const entry = await find(name);
      await new Promise<void>((resolve) => (answer = resolve));
      return entry;
    };
    const question = ring.find('a');
    await ring.shred('a');
    answer();
    expect((await question)?.status).toBe('standing');
    store.find = find;
    expect(await ring.find('a')).toEqual({ status: 'shredded' });
  });
  it('are believed in by another process for half a second', async () => {
    const store = new InterruptedKeyStore();
    let now = 0;
    const [here, there] = [
      await KeyRing.open({ store, masterKey }),
      await KeyRing.open({ store, masterKey, now: () => now }),
    ];
    await there.obtain('a');
    await here.shred('a');
    now = 499;
    expect((await there.find('a'))?.status).toBe('standing');
    now = 500;
    expect((await there.find('a'))?.status).toBe('shredded');
  });
});

describe('the closing of an epoch', () => {
  it('is finished after an end of the process before or after any change', async () => {
    const untouched = await filled();
    const begin = untouched.store.changes;
    await untouched.ring.closeEpoch(1);
    const steps = untouched.store.changes - begin;
    expect(steps).toBeGreaterThan(4);
    for (let end = 1; end <= steps + 0.5; end += 0.5) {
      const { store, ring, keys } = await filled();
      store.endsAt = store.changes + end;
      await expect(ring.closeEpoch(1)).rejects.toBeInstanceOf(Interrupted);
      store.endsAt = Infinity;
      const again = await KeyRing.open({ store, masterKey });
      await again.closeEpoch(1);
      for (const [name, bytes] of keys)
        expect([end, name, bytesOf(await again.find(name))]).toEqual([end, name, bytes]);
      expect([end, (await store.epochs()).map(({ number }) => number)]).toEqual([end, [2]]);
      expect(await again.find('shredded')).toEqual({ status: 'shredded' });
    }
  });
});

async function filled() {
  const store = new InterruptedKeyStore();
  const ring = await KeyRing.open({ store, masterKey });
  const keys = new Map<string, string | undefined>();
  for (const name of ['a', 'b', 'c']) keys.set(name, bytesOf(await ring.obtain(name)));
  await ring.obtain('shredded');
  await ring.shred('shredded');
  return { store, ring, keys };
}

describe('a copy of the embedded key store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'key-copy-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('cannot be opened any more when its epoch is closed', async () => {
    const live = join(folder, 'live');
    const store = await LmdbKeyStore.open(live);
    const ring = await KeyRing.open({ store, masterKey });
    await ring.obtain('a');
    // As the README says: a copy is made of the file of the keys, not of those of the epochs.
    const copy = join(folder, 'copy');
    cpSync(join(live, 'persons.mdb'), join(copy, 'persons.mdb'));
    await ring.closeEpoch(1);
    await store.close();

    const restored = await LmdbKeyStore.open(copy);
    await expect(KeyRing.open({ store: restored, masterKey })).rejects.toThrow('whose own key is gone');
    await restored.close();
    cpSync(join(live, 'epoch-2.key'), join(copy, 'epoch-2.key'));
    const withLiveEpoch = await LmdbKeyStore.open(copy);
    await expect(KeyRing.open({ store: withLiveEpoch, masterKey })).rejects.toThrow('whose own key is gone');
    await withLiveEpoch.close();
  });
});
