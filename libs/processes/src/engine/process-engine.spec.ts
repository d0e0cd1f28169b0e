import { StreamDecider } from '@app/event-store';
import { FixedClock, ledgerNamespace, uuidV5 } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import { MendLamp, broke, mendLampWhenItBreaks, poison, street, type LampEvent } from '../../spec-support/lamps.js';
import { openStores, until, type Stores } from '../../spec-support/stores.js';
import { actionsDue } from '../read-models/actions-due/actions-due.js';
import { processes as runningProcesses } from '../read-models/processes/processes.js';
import type { Process } from './process-definition.js';
import { ProcessEngine } from './process-engine.js';

const name = 'mend-lamp-when-it-breaks';
const instance = `process-boston/${name}/main-street`;
const monday = new Date('2026-03-02T09:00:00Z');
const tuesday = new Date('2026-03-03T09:00:00Z');

let stores: Stores;
let clock: FixedClock;
let engine: ProcessEngine;

const anEngine = (...processes: readonly Process[]): ProcessEngine =>
  // Looks only when it is told to.
  new ProcessEngine(
    stores.log,
    new StreamDecider(stores.log),
    stores.readModels,
    clock,
    processes.length > 0 ? processes : [mendLampWhenItBreaks],
    3_600_000,
  );
const typesOf = async (stream: string): Promise<string[]> => (await stores.eventsOf(stream)).map(({ type }) => type);
const mended = async (): Promise<Readonly<Record<string, number>>> =>
  (await new StreamDecider(stores.log).load(street, 'boston', 'main-street')).state.mended;
const heardUpTo = (commit: bigint): Promise<void> => until('the event', () => (engine.heard?.commit ?? 0n) >= commit);
const isFolded = (): Promise<void> =>
  until('the read model', async () => {
    const last = (await stores.eventsOf(instance)).length - 1;
    const shown = await stores.readModels.collection(runningProcesses).findOne({ _id: `boston/${name}/main-street` });
    return shown?.revision === String(last);
  });

beforeEach(async () => {
  stores = await openStores();
  clock = new FixedClock(monday);
  poison.isPoisonous = true;
  engine = anEngine();
  await engine.start();
});
afterEach(async () => {
  await engine.stop();
  await stores.close();
});

describe('the engine of the processes', () => {
  it('sends the commands of a process, tells it the answer, and wakes it when its timer is due', async () => {
    await heardUpTo((await stores.append('street-boston/main-street', broke('l1'))).commit);
    expect(await mended()).toEqual({ l1: 1 });
    expect(await typesOf(instance)).toEqual(['CommandIssued', 'CommandAccepted', 'TimerSet']);
    await isFolded();
    await engine.wakeDue();
    expect(await typesOf(instance)).toHaveLength(3);
    clock.instant = tuesday;
    await engine.wakeDue();
    await engine.wakeDue();
    expect((await typesOf(instance)).slice(3)).toEqual(['TimerElapsed', 'Remembered']);
  });

  it('acts as the system, names what caused it and keeps the correlation, after a timer too', async () => {
    await heardUpTo((await stores.append('street-boston/main-street', broke('l1'))).commit);
    await isFolded();
    clock.instant = tuesday;
    await engine.wakeDue();
    const [cause, effect] = await stores.eventsOf('street-boston/main-street');
    const expected = {
      actor: { person: 'civic-ledger', role: 'system', tenant: 'boston', grant: name, grantRevision: '0' },
      causationId: cause!.id,
      correlationId: (cause!.metadata as { correlationId: string }).correlationId,
    };
    for (const { metadata } of [effect!, ...(await stores.eventsOf(instance))])
      expect(metadata).toMatchObject(expected);
  });

  it('shows what the log says: a rebuild gives the same documents', async () => {
    await heardUpTo((await stores.append('street-boston/main-street', broke('l1'), broke('iron'))).commit);
    await isFolded();
    const shown = async () => [
      await stores.readModels.collection(runningProcesses).find().toArray(),
      await stores.readModels.collection(actionsDue).find().toArray(),
    ];
    const before = await shown();
    expect(before.map(({ length }) => length)).toEqual([1, 1]);
    await stores.projector.rebuild('processes', 'actions-due');
    expect(await shown()).toEqual(before);
  });

  it('tells a process which rule refused its command', async () => {
    await heardUpTo((await stores.append('street-boston/main-street', broke('iron'))).commit);
    expect(await typesOf(instance)).toEqual(['CommandIssued', 'CommandRefused', 'ActionRequested']);
    expect((await stores.eventsOf(instance))[1]!.data).toMatchObject({ rule: 'street/lamps' });
  });

  it('finds a due timer after a restart, and what was heard before without its checkpoint has no second effect', async () => {
    await heardUpTo((await stores.append('street-boston/main-street', broke('l1'))).commit);
    await isFolded();
    await engine.stop();
    await stores.readModels.db.collection('process-checkpoint').drop();
    clock.instant = tuesday;
    engine = anEngine();
    await engine.start();
    await heardUpTo((await stores.append('street-boston/main-street', broke('l2'))).commit);
    await engine.wakeDue();
    expect(await mended()).toEqual({ l1: 1, l2: 1 });
    expect((await typesOf(instance)).filter((type) => type === 'TimerElapsed')).toHaveLength(1);
  });

  it('hears the log from its beginning for a process that was not there before', async () => {
    await heardUpTo((await stores.append('street-boston/main-street', broke('l1'))).commit);
    await engine.stop();
    const another = { ...mendLampWhenItBreaks, name: 'mend-lamp-again-when-it-breaks' };
    engine = anEngine(mendLampWhenItBreaks, another);
    await engine.start();
    await heardUpTo((await stores.append('street-boston/side-street', broke('l2'))).commit);
    expect(await mended()).toEqual({ l1: 2, l2: 2 });
    expect(await typesOf(instance)).toHaveLength(3);
  });

  it('sends a command after a restart that was issued and not sent', async () => {
    await engine.stop();
    await stores.append(instance, {
      type: 'CommandIssued',
      data: { name: 'mend l1 1', command: 'mend-lamp', target: 'main-street', data: { lamp: 'l1' } },
    });
    await isFolded();
    engine = anEngine();
    await engine.start();
    await engine.wakeDue();
    expect(await mended()).toEqual({ l1: 1 });
  });

  it('sends a command again whose answer was lost, and it has no second effect', async () => {
    await engine.stop();
    const issued = 'mend l1 1';
    const commandId = uuidV5(ledgerNamespace, `${instance} command ${issued}`);
    await new StreamDecider(stores.log).execute(
      street,
      new MendLamp('boston', 'main-street', { lamp: 'l1' }, { ...exampleMetadata, commandId }),
      (): readonly LampEvent[] => [{ type: 'LampMended', data: { lamp: 'l1' } }],
      undefined,
    );
    await stores.append(instance, {
      type: 'CommandIssued',
      data: { name: issued, command: 'mend-lamp', target: 'main-street', data: { lamp: 'l1' } },
    });
    await isFolded();
    engine = anEngine();
    await engine.start();
    await engine.wakeDue();
    expect(await typesOf(instance)).toEqual(['CommandIssued', 'CommandAccepted', 'TimerSet']);
    expect(await mended()).toEqual({ l1: 1 });
  });

  it('parks a step that fails and those behind it, goes on with others, and takes them again when told to', async () => {
    const own = 'street-boston/side-street';
    await stores.append('street-boston/main-street', broke('poison'), broke('l1'));
    await heardUpTo((await stores.append(own, broke('l2'))).commit);
    expect(await mended()).toEqual({ l2: 1 });
    expect(await engine.parked()).toMatchObject([
      { instance, process: name, attempts: 1, error: 'this lamp is poison' },
      { instance, process: name, attempts: 0 },
    ]);
    expect(await engine.retry(instance)).toBe(2);
    expect((await engine.parked())[0]).toMatchObject({ attempts: 2 });
    poison.isPoisonous = false;
    expect(await engine.retry(instance)).toBe(0);
    expect(await mended()).toEqual({ l2: 1, poison: 1, l1: 1 });
    expect(engine.parkedInstances).toBe(0);
  });

  it('goes on without a parked step that is skipped', async () => {
    await heardUpTo((await stores.append('street-boston/main-street', broke('poison'), broke('l1'))).commit);
    expect(await engine.skip(instance)).toBe(0);
    expect(await mended()).toEqual({ l1: 1 });
  });
});
