import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { StreamDecider } from '@app/event-store';
import { FixedClock } from '@app/kernel';
import { ProcessEngine } from '../src/engine/process-engine.js';
import { processes } from '../src/read-models/processes/processes.js';
import { broke, mendLampWhenItBreaks } from './lamps.js';
import { openStores, until, type Stores } from './stores.js';

const home = join(__dirname, '..', '..', '..');
const street = 'street-boston/main-street';
const instance = 'process-boston/mend-lamp-when-it-breaks/main-street';
const lampsInARound = 20;
const mostStepsBeforeTheKill = 8;
const monday = '2026-03-02T09:00:00.000Z';
const tuesday = '2026-03-03T09:00:00.000Z';

/** What came of every lamp, after the process that mends them was killed again and again. */
export interface KilledEngine {
  /** Rounds that were killed before everything was done. */
  readonly interrupted: number;
  readonly broken: number;
  /** By lamp. */
  readonly mended: Readonly<Record<string, number>>;
  readonly timersSet: number;
  readonly timersElapsed: number;
  readonly lookedAfter: number;
}

/** Kills with SIGKILL in the middle, `rounds` times on the day the lamps break and once on the day after. */
export async function killedEngine(rounds: number): Promise<KilledEngine> {
  const stores = await openStores();
  let interrupted = 0;
  let broken = 0;
  const started = (now: string): Promise<ChildProcess> => start(stores, now);
  try {
    for (let round = 0; round < rounds; round++) {
      const lamps = Array.from({ length: lampsInARound }, (_, at) => broke(`lamp-${broken + at}`));
      await stores.append(street, ...lamps);
      broken += lampsInARound;
      const before = broken - lampsInARound;
      await killedAfter(await started(monday), async () => Object.keys(await mendedIn(stores)).length - before);
      if (Object.keys(await mendedIn(stores)).length < broken) interrupted += 1;
    }
    await finish(stores, monday, broken, 'TimerSet');
    await killedAfter(await started(tuesday), () => stepsOf(stores, 'TimerElapsed'));
    await finish(stores, tuesday, broken, 'TimerElapsed');
    return {
      interrupted,
      broken,
      mended: await mendedIn(stores),
      timersSet: await stepsOf(stores, 'TimerSet'),
      timersElapsed: await stepsOf(stores, 'TimerElapsed'),
      lookedAfter: await stepsOf(stores, 'Remembered'),
    };
  } finally {
    await stores.close();
  }
}

async function mendedIn(stores: Stores): Promise<Record<string, number>> {
  const mended: Record<string, number> = {};
  for (const { type, data } of await stores.eventsOf(street)) {
    const { lamp } = data as { readonly lamp: string };
    if (type === 'LampMended') mended[lamp] = (mended[lamp] ?? 0) + 1;
  }
  return mended;
}

const stepsOf = async (stores: Stores, type: string): Promise<number> =>
  (await stores.eventsOf(instance)).filter((event) => event.type === type).length;

/** Whatever was left behind is done by an engine that lives. */
async function finish(stores: Stores, now: string, broken: number, lastStep: string): Promise<void> {
  const engine = new ProcessEngine(
    stores.log,
    new StreamDecider(stores.log),
    stores.readModels,
    new FixedClock(new Date(now)),
    [mendLampWhenItBreaks],
    20,
  );
  await engine.start();
  await until('all steps', async () => (await stepsOf(stores, lastStep)) >= broken, 60_000);
  await until('the read model', async () => {
    const last = (await stores.eventsOf(instance)).length - 1;
    const shown = await stores.readModels.collection(processes).findOne({ process: mendLampWhenItBreaks.name });
    return shown?.revision === String(last);
  });
  await engine.stop();
}

/** From sources; it has begun to work when this resolves. */
async function start(stores: Stores, now: string): Promise<ChildProcess> {
  const loader = join(home, 'tools', 'typescript.mjs');
  const program = join(__dirname, 'lamp-process.ts');
  const child = spawn(process.execPath, ['--import', loader, program, stores.eventStoreUrl, stores.mongoUrl, now], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)));
  });
  return child;
}

/** In the middle of its work: after a few of the steps that are there to be taken. */
async function killedAfter(child: ChildProcess, steps: () => Promise<number>): Promise<void> {
  const few = Math.ceil(Math.random() * mostStepsBeforeTheKill);
  await until('the first steps', async () => (await steps()) >= few, 60_000);
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
