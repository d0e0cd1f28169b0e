import { DeadlineExceededError, type EventStoreDBClient, TimeoutError } from '@eventstore/db-client';
import { TestDisk } from '../spec-support/disks.js';
import { aClient, aFolder, anEvent, removeFolder, type SpecEvent } from '../spec-support/given.js';
import { type EmbeddedEventStore, startServer } from './server.js';

const credentials = { username: 'nobody', password: 'asks' };

describe('A commit time-out of the embedded event store', () => {
  let folder: string;
  let disk: TestDisk;
  let store: EmbeddedEventStore;
  let client: EventStoreDBClient;
  let dispose: () => Promise<void>;

  beforeEach(async () => {
    folder = aFolder();
    disk = new TestDisk();
    store = await startServer({ dataDir: folder, commitTimeoutMs: 1 }, { openFile: disk.open });
    ({ client, dispose } = aClient(store.connectionString));
    disk.holdSyncs();
  });
  afterEach(async () => {
    disk.releaseSyncs();
    await dispose();
    await store.close();
    removeFolder(folder);
  });

  /** The client tells the time-out of its long append call by another error than that of a call of its own. */
  it.each([
    ['an append', {}, DeadlineExceededError],
    ['an append in a call of its own', { credentials }, TimeoutError],
  ])(
    'given a disk that does not answer, when %s waits, then it times out, and is there later',
    async (_, how, error) => {
      await expect(client.appendToStream('late', anEvent(1), how)).rejects.toThrow(error);
      const subscription = client.subscribeToStream<SpecEvent>('late');
      disk.releaseSyncs();
      for await (const { event } of subscription) {
        expect(event?.data.value).toBe(1);
        break;
      }
      await subscription.unsubscribe();
    },
  );

  it('given a disk that does not answer, when a deletion waits, then it times out', async () => {
    await expect(client.tombstoneStream('late')).rejects.toThrow(TimeoutError);
  });
});
