import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore } from '@app/embedded-eventstore';
import { EventLog, MovableLog } from '@app/event-store';
import { positionText } from '@app/http';
import { seedExample } from '../../apps/all-in-one/src/example.js';
import { exportLog } from '../../apps/cli/src/move/export-log.js';
import { importLog } from '../../apps/cli/src/move/import-log.js';
import { viewsOf, withoutPositions } from '../process/views.js';
import { RunningLedger } from './running-ledger.js';

const home = join(__dirname, '..', '..');
const agreement = '/v1/agencies/boston/agreements/example-street-services';
const questions = [
  '/v1/performance?agency=boston&indicator=on-time-closure&groupBy=period,department,ward',
  '/v1/performance?agency=boston&indicator=on-time-closure&validAt=2011-09-30',
  '/v1/scorecard',
  '/v1/agencies/boston/indicators/on-time-closure/periods/2011-09/readings',
];

let folder: string;
let source: RunningLedger;
let moved: RunningLedger;
const at = (name: string): string => join(folder, name);

async function through<T>(url: string, work: (log: MovableLog) => Promise<T>): Promise<T> {
  const log = MovableLog.open(url);
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}
const exportTo = (file: string, url: string) => through(url, (from) => exportLog({ from, file }));
const importInto = (url: string, file: string) => through(url, (into) => importLog({ file, into }));

/** Once the read models have all that is recorded. */
async function caughtUp({ app, url }: RunningLedger): Promise<void> {
  let last = '';
  for await (const { position } of app.get(EventLog).readAll()) last = positionText(position);
  const seen = await fetch(`${url}/v1/agencies?minPosition=${last}`, { headers: { prefer: 'wait=60' } });
  expect(seen.status).toBe(200);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-moved-'));
  source = await RunningLedger.start();
  await seedExample({ url: source.url, operatorSecret: source.keys.operatorSecret, home });
  await source.signIn('auditor', 'oversight');
  await caughtUp(source);
  await exportTo(at('source.ndjson.gz'), source.eventStoreUrl);
  moved = await RunningLedger.start({
    prepare: async (dataDir, eventStoreUrl) => {
      await importInto(eventStoreUrl, at('source.ndjson.gz'));
      for (const name of ['keys', 'secrets'])
        await cp(join(source.folder, name), join(dataDir, name), { recursive: true });
    },
  });
  await moved.signIn('auditor', 'oversight');
  await caughtUp(moved);
}, 240_000);
afterAll(async () => {
  await source.close();
  await moved.close();
  await rm(folder, { recursive: true });
});

async function answers(
  ledger: RunningLedger,
  paths: readonly string[],
  accept = 'application/json',
): Promise<readonly string[]> {
  const told: string[] = [];
  for (const path of paths)
    told.push((await ledger.http().get(path).set(ledger.bearer('auditor')).set({ accept })).text);
  return told;
}

describe('a ledger that was moved to another store', () => {
  it('answers the same, figure by figure', async () => {
    const before = await answers(source, questions, 'text/csv');
    expect(before.every((text) => text.length > 100)).toBe(true);
    expect(await answers(moved, questions, 'text/csv')).toEqual(before);
  });

  it('has read models of the same bytes, but for log positions', async () => {
    const views = await viewsOf(source.mongoUrl, withoutPositions);
    expect(views['audit-trail']!.documents).toBeGreaterThan(500);
    expect(await viewsOf(moved.mongoUrl, withoutPositions)).toEqual(views);
  });

  it('knows what was known when, and when it was recorded', async () => {
    const trail = '/v1/audit?entity=agreement-boston%2Fexample-street-services';
    const times = (text: string) =>
      (JSON.parse(text) as { rows: { recordedAt: string }[] }).rows.map((row) => row.recordedAt);
    const [before, after] = [await answers(source, [trail]), await answers(moved, [trail])];
    const moments = times(before[0]!);
    expect(moments.length).toBeGreaterThan(5);
    expect(times(after[0]!)).toEqual(moments);
    const asked = moments.map((moment) => `${agreement}?asOf=${encodeURIComponent(moment)}`);
    const known = await answers(source, asked);
    expect(new Set(known).size).toBeGreaterThan(5);
    expect(await answers(moved, asked)).toEqual(known);
  });

  it('goes back as the same file, and into a third store', async () => {
    const back = await exportTo(at('back.ndjson.gz'), moved.eventStoreUrl);
    const third = await startEmbeddedEventStore({ dataDir: at('third') });
    expect((await importInto(third.connectionString, at('back.ndjson.gz'))).digest).toBe(back.digest);
    await third.close();
    expect(back).toEqual(await exportTo(at('again.ndjson.gz'), source.eventStoreUrl));
  });
});
