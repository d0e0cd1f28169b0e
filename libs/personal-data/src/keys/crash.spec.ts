import { createSecretKey } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { KilledCloser } from '../../spec-support/killed-closer.js';
import { KeyRing } from './key-ring.js';
import { LmdbKeyStore } from './lmdb-key-store.js';

const rounds = 3;

it(`given keys and closings of epochs, when the process is killed ${rounds} times, then no acknowledged key is lost`, async () => {
  const closer = new KilledCloser();
  try {
    for (let round = 0; round < rounds; round++) {
      const before = [closer.keys.size, closer.epochsClosed] as const;
      closer.start();
      const enough = (): boolean => closer.keys.size >= before[0] + 20 && closer.epochsClosed >= before[1] + 2;
      for (let waited = 0; !enough() && waited < 12_000; waited += 5)
        await new Promise((resolve) => setTimeout(resolve, 5));
      expect(enough()).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50));
      await closer.kill();
    }
    const store = await LmdbKeyStore.open(closer.keysFolder);
    const ring = await KeyRing.open({ store, masterKey: createSecretKey(Buffer.alloc(32, 7)) });
    for (const [number, key] of closer.keys) {
      const found = await ring.find(`person:boston/p-${number}`);
      const is = found?.status === 'standing' ? found.key.key.export().toString('hex') : found?.status;
      // A shredding that was not acknowledged may have happened.
      if (is !== 'shredded') expect([number, is]).toEqual([number, key]);
      if (closer.shredded.has(number)) expect([number, is]).toEqual([number, 'shredded']);
      else if (number % 5 !== 2) expect([number, is]).toEqual([number, key]);
    }
    expect((await store.epochs()).map(({ number }) => number)).toEqual([ring.epoch]);
    const readable = readdirSync(closer.keysFolder).filter((name) => name.endsWith('.key'));
    expect(readable).toEqual([`epoch-${ring.epoch}.key`]);
    await store.close();
  } finally {
    await closer.clear();
  }
}, 60_000);
