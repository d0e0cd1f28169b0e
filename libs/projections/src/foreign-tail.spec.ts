import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore } from '@app/embedded-eventstore';
import { startEmbeddedMongo } from '@app/embedded-mongo';
import { EventLog } from '@app/event-store';
import { uuidV5 } from '@app/kernel';
import { boards } from '../spec-support/boards.js';
import { LocalEngine } from './local-engine.js';
import { ReadModels } from './read-models.js';

/** Appends events that are none of ours. @returns where the last one is. */
async function appendForeign(log: EventLog, count: number): Promise<bigint> {
  const namespace = '6f0c3a52-5a0f-5c7e-9d3b-7d1b6a0f2e11';
  const noise = Array.from({ length: count }, (_, index) => ({
    id: uuidV5(namespace, `${index}`),
    type: 'Noise',
    data: Buffer.from('{}'),
    metadata: new Uint8Array(),
    bytes: 2,
  }));
  return (await log.append('noise', noise, -1n)).position.commit;
}

it('a restart does not read a long tail of foreign events again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-foreign-tail-'));
  const store = await startEmbeddedEventStore({ dataDir: join(folder, 'events') });
  const mongo = await startEmbeddedMongo({ dataDir: join(folder, 'mongo') });
  const log = EventLog.connect(store.connectionString);
  const readModels = new ReadModels(mongo.connectionString, 'foreign_tail');
  const end = await appendForeign(log, 2_500);
  const engine = new LocalEngine(log, readModels, [boards]);
  await engine.start();
  const checkpoint = () => readModels.db.collection<{ _id: string; commit?: string }>('projection-checkpoints');
  let saved: string | undefined;
  for (let tries = 0; saved === undefined && tries < 500; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    saved = (await checkpoint().findOne({ _id: 'ledger' }))?.commit;
  }
  await engine.stop();
  expect(BigInt(saved ?? 0)).toBeGreaterThan(0n);
  expect(BigInt(saved ?? 0)).toBeLessThanOrEqual(end);
  // The next engine believes the checkpoint, because the event it names is there.
  const next = new LocalEngine(log, readModels, [boards]);
  await next.start();
  expect((await next.position())?.commit).toBeGreaterThanOrEqual(BigInt(saved!));
  await next.stop();
  await readModels.close();
  await log.close();
  await mongo.close();
  await store.close();
  await rm(folder, { recursive: true });
}, 30_000);
