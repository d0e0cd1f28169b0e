import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import { EventLog, StreamDecider } from '@app/event-store';
import type { Commands } from '@app/http';
import { FixedClock, type Accepted, type Command } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import { createSecretKey } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asking, authority, overseer } from './data-subject/data-subject.examples.js';
import { dataSubject } from './data-subject/data-subject.state.js';
import { ApproveErasure, approveErasure } from './data-subject/approve-erasure/approve-erasure.js';
import { RecordShredding, recordShredding } from './data-subject/record-shredding/record-shredding.js';
import { RequestErasure, requestErasure } from './data-subject/request-erasure/request-erasure.js';
import { ConcludeErasure, concludeErasure } from './erasure-register/conclude-erasure/conclude-erasure.js';
import { ErasureRegistrar } from './erasure-register/erasure-registrar.js';
import { erasureRegister } from './erasure-register/erasure-register.state.js';
import { ListErasure, listErasure } from './erasure-register/list-erasure/list-erasure.js';
import { ReplayErasures } from './erasure-register/replay-erasures.js';
import { keyOfPerson } from './keys/key-names.js';
import { KeyRing } from './keys/key-ring.js';
import { LmdbKeyStore } from './keys/lmdb-key-store.js';
import { ShredKeyWhenErasureApproved } from './shred-key-when-erasure-approved.process.js';

const masterKey = createSecretKey(Buffer.alloc(32, 7));
const folder = mkdtempSync(join(tmpdir(), 'shred-key-'));
let events: EmbeddedEventStore;
let log: EventLog;
let ids = 0;

beforeAll(async () => {
  events = await startEmbeddedEventStore({ dataDir: join(folder, 'events') });
  log = EventLog.connect(events.connectionString);
});
afterAll(async () => {
  await log.close();
  await events.close();
  rmSync(folder, { recursive: true });
});

const metadata = () => ({
  ...exampleMetadata,
  commandId: `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
});

/** A process of the service over a key store; `ends` lets it end before it sends this command. */
async function started(keys: string, ends?: typeof RecordShredding | typeof ConcludeErasure) {
  const store = await LmdbKeyStore.open(join(folder, keys));
  const ring = await KeyRing.open({ store, masterKey });
  const decider = new StreamDecider(log);
  const execute = async (command: Command): Promise<Accepted> => {
    if (ends !== undefined && command instanceof ends) throw new Error('The process ends here.');
    if (command instanceof RecordShredding) return decider.execute(dataSubject, command, recordShredding, undefined);
    if (command instanceof ListErasure) return decider.execute(erasureRegister, command, listErasure, undefined);
    if (command instanceof ConcludeErasure)
      return decider.execute(erasureRegister, command, concludeErasure, undefined);
    if (command instanceof RequestErasure) return decider.execute(dataSubject, command, requestErasure, undefined);
    return decider.execute(dataSubject, command as ApproveErasure, approveErasure, undefined);
  };
  const commands = { execute } as Commands;
  const registrar = new ErasureRegistrar(commands);
  const process = new ShredKeyWhenErasureApproved(
    decider,
    commands,
    registrar,
    ring,
    new FixedClock(new Date('2026-03-02T09:00:00Z')),
  );
  return {
    ring,
    process,
    replay: new ReplayErasures(decider, ring),
    ends: () => store.close(),
    status: async (person: string) => (await decider.load(dataSubject, 'boston', person)).state.status,
    isConcluded: async (person: string) =>
      (await decider.load(erasureRegister, '*', 'all')).state.get(`boston/${person}`)?.isConcluded,
    request: async (person: string) => {
      await ring.obtain(keyOfPerson('boston', person));
      await registrar.list({ agency: 'boston', person }, metadata());
      await execute(new RequestErasure('boston', person, asking, metadata()));
    },
    approve: (person: string) =>
      execute(new ApproveErasure('boston', person, { authority }, { ...metadata(), ...overseer })),
  };
}

describe('when an erasure is approved', () => {
  it('the key is shredded, which is proved and recorded', async () => {
    const service = await started('one');
    await service.request('p-1');
    expect(await service.process.complete({ agency: 'boston', person: 'p-1' })).toBeUndefined();
    await service.approve('p-1');
    const recorded = await service.process.complete({ agency: 'boston', person: 'p-1' });
    expect(recorded?.eventIds).toHaveLength(2);
    expect(await service.status('p-1')).toBe('erased');
    expect(await service.isConcluded('p-1')).toBe(true);
    expect(await service.ring.find(keyOfPerson('boston', 'p-1'))).toEqual({ status: 'shredded' });
    const again = await service.process.complete({ agency: 'boston', person: 'p-1' });
    expect(again?.revision).toBe(recorded?.revision);
    await service.ends();
  });
  it.each([
    ['before the key is shredded', 'p-2', undefined],
    ['before the shredding is recorded', 'p-3', RecordShredding],
    ['before it is struck off the register', 'p-4', ConcludeErasure],
  ])('and the process ends %s, the next one goes on', async (_when, person, end) => {
    const first = await started('two', end);
    await first.request(person);
    await first.approve(person);
    if (end !== undefined) await expect(first.process.complete({ agency: 'boston', person })).rejects.toThrow('ends');
    await first.ends();
    const next = await started('two');
    await next.replay.onApplicationBootstrap();
    await next.process.onApplicationBootstrap();
    expect(await next.status(person)).toBe('erased');
    expect(await next.isConcluded(person)).toBe(true);
    expect(await next.ring.find(keyOfPerson('boston', person))).toEqual({ status: 'shredded' });
    await next.ends();
  });
  it('and an older key store is restored, it is erased in that one too before anything is served', async () => {
    const first = await started('live');
    await first.request('p-5');
    await first.request('p-6');
    await first.ends();
    cpSync(join(folder, 'live'), join(folder, 'copy'), { recursive: true });
    const later = await started('live');
    await later.approve('p-5');
    await later.process.complete({ agency: 'boston', person: 'p-5' });
    await later.ends();
    const restored = await started('copy');
    expect((await restored.ring.find(keyOfPerson('boston', 'p-5')))?.status).toBe('standing');
    await restored.replay.onApplicationBootstrap();
    expect(await restored.ring.find(keyOfPerson('boston', 'p-5'))).toEqual({ status: 'shredded' });
    expect((await restored.ring.find(keyOfPerson('boston', 'p-6')))?.status).toBe('standing');
    await restored.ends();
  });
});
