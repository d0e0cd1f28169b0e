import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import { EventLog, StreamDecider } from '@app/event-store';
import { Commands } from '@app/http';
import { FixedClock, uuidV5, ledgerNamespace } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import { onTime } from '../indicator/indicator.examples.js';
import { lamp, lampVoided } from '../reading-ledger/reading-ledger.examples.js';
import { readingLedger } from '../reading-ledger/reading-ledger.state.js';
import { RecordReading, recordReading } from '../reading-ledger/record-reading/record-reading.js';
import { VoidReading } from '../reading-ledger/void-reading/void-reading.js';
import { ClaimReadingIds, claimReadingIds } from './claim-reading-ids/claim-reading-ids.js';
import { ReadingIdsClaimer } from './reading-ids-claimer.js';
import { readingIds } from './reading-ids.state.js';

let folder: string;
let store: EmbeddedEventStore;
const logs: EventLog[] = [];
const clock = new FixedClock(new Date('2026-01-05T09:00:00Z'));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reading-ids-'));
  store = await startEmbeddedEventStore({ dataDir: folder });
});
afterAll(async () => {
  for (const log of logs) await log.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** The claims of one process. */
function aProcess() {
  const log = EventLog.connect(store.connectionString);
  logs.push(log);
  const decider = new StreamDecider(log);
  const execute = (command: ClaimReadingIds) => decider.execute(readingIds, command, claimReadingIds, undefined);
  const claimer = new ReadingIdsClaimer(new Commands({ execute } as never), decider, clock);
  const claim = (indicator: string, period: string, ids: readonly string[]) =>
    claimer.claim({ agency: 'boston', indicator, metadata: exampleMetadata }, period, ids);
  return { decider, claim };
}

const ids = Array.from({ length: 120 }, (_, index) => `case-${index}`);

it('two processes that claim the same ids for different periods at once get each id for one of them', async () => {
  const [one, other] = [aProcess(), aProcess()];
  const periods = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
  const claimAll = async ({ claim }: typeof one, period: string, order: readonly string[]): Promise<void> => {
    for (let at = 0; at < order.length; at += 2) {
      const asked = order.slice(at, at + 2);
      (await claim('at-once', period, asked)).forEach((has, index) => periods.get(asked[index]!)!.add(has));
    }
  };
  await Promise.all([
    claimAll(one, '2011-07', ids),
    claimAll(other, '2011-08', [...ids].reverse()),
    claimAll(other, '2011-07', ids),
  ]);
  expect([...periods.values()].map((has) => has.size)).toEqual(ids.map(() => 1));
  expect(new Set([...periods.values()].flatMap((has) => [...has]))).toEqual(new Set(['2011-07', '2011-08']));
});

it('an id goes to another period when its reading is voided, or was not recorded in five minutes', async () => {
  const { decider, claim } = aProcess();
  expect(await claim('voided', '2011-07', ['lamp', 'tree'])).toEqual(['2011-07', '2011-07']);
  expect(await claim('voided', '2011-08', ['lamp', 'tree'])).toEqual(['2011-07', '2011-07']);
  const metadata = (name: string) => ({ ...exampleMetadata, commandId: uuidV5(ledgerNamespace, name) });
  const data = { reading: { ...lamp, id: 'lamp' }, card: onTime, retired: false, districtExists: true };
  await decider.execute(
    readingLedger,
    new RecordReading('boston', 'voided/2011-07', data, metadata('record')),
    recordReading,
    undefined,
  );
  expect(await claim('voided', '2011-08', ['lamp'])).toEqual(['2011-07']);
  await decider.execute(
    readingLedger,
    new VoidReading('boston', 'voided/2011-07', { readingId: 'lamp', reason: 'x' }, metadata('void')),
    () => [{ ...lampVoided, data: { ...lampVoided.data, readingId: 'lamp', entry: 0 } } as typeof lampVoided],
    undefined,
  );
  expect(await claim('voided', '2011-08', ['lamp', 'tree'])).toEqual(['2011-08', '2011-07']);
  clock.instant = new Date('2026-01-05T09:05:01Z');
  expect(await claim('voided', '2011-08', ['lamp', 'tree'])).toEqual(['2011-08', '2011-08']);
  clock.instant = new Date('2026-01-05T09:00:00Z');
});
