import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore } from '@app/embedded-eventstore';
import { startEmbeddedMongo } from '@app/embedded-mongo';
import { EventLog } from '@app/event-store';
import type { DomainEvent } from '@app/kernel';
import { LocalEngine, ReadModels } from '@app/projections';
import { exampleMetadata } from '@app/testing';
import { actionsDue } from '../src/read-models/actions-due/actions-due.js';
import { processes } from '../src/read-models/processes/processes.js';

/** Both stores, with the read models of the processes kept up to date. */
export async function openStores() {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-processes-'));
  const store = await startEmbeddedEventStore({ dataDir: join(folder, 'events') });
  const mongo = await startEmbeddedMongo({ dataDir: join(folder, 'mongo') });
  const log = EventLog.connect(store.connectionString);
  const readModels = new ReadModels(mongo.connectionString);
  const projector = new LocalEngine(log, readModels, [processes, actionsDue]);
  await projector.start();
  let appended = 0;
  const revisions = new Map<string, bigint>();
  return {
    log,
    readModels,
    projector,
    eventStoreUrl: store.connectionString,
    mongoUrl: mongo.connectionString,
    append: async (stream: string, ...events: readonly DomainEvent[]) => {
      const encoded = events.map((event) => {
        const commandId = `00000000-0000-4000-a000-${String(++appended).padStart(12, '0')}`;
        return log.codec.encode(event, { ...exampleMetadata, commandId }, 0);
      });
      let last = revisions.get(stream) ?? -1n;
      for await (const { revision } of log.readStream(parsed(stream))) last = revision;
      const { revision, position } = await log.append(stream, encoded, last);
      revisions.set(stream, revision);
      return position;
    },
    eventsOf: async (stream: string) => {
      const found: { type: string; data: object; metadata: object; id: string }[] = [];
      for await (const { id, type, data, metadata } of log.readStream(parsed(stream)))
        found.push({ id, type, data, metadata });
      return found;
    },
    close: async () => {
      await projector.stop();
      await readModels.close();
      await log.close();
      await mongo.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function parsed(stream: string) {
  const [, category = '', tenant = '', id = ''] = /^(\w+)-([^/]+)\/(.*)$/.exec(stream) ?? [];
  return { category, tenant, id };
}

export type Stores = Awaited<ReturnType<typeof openStores>>;

/** Waits for what comes in its own time, and says what did not come. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  milliseconds = 15_000,
): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
