import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore } from '@app/embedded-eventstore';
import { startEmbeddedMongo } from '@app/embedded-mongo';
import { Logs, createApp, localKeys } from '@app/http';
import { ProjectionEngine } from '@app/projections';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parse } from 'csv-parse/sync';
import { AllInOneModule } from '../../apps/all-in-one/src/all-in-one.module.js';
import { importFile, type ImportCounts } from '../../apps/cli/src/import/import-file.js';
import { loadProfile } from '../../apps/cli/src/import/profile.js';

const home = join(__dirname, '..', '..');
const data = join(home, '..', 'shared', 'data', 'boston-311-2011');

interface Row {
  readonly key: Readonly<Record<string, string>>;
  readonly [figure: string]: unknown;
}

let folder: string;
let url: string;
let app: NestFastifyApplication;
let closeStores: () => Promise<void>;
let first: ImportCounts;

const tokenFor = async (secret: string, role: string, agency?: string): Promise<string> => {
  const response = await fetch(`${url}/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ role, ...(agency === undefined ? {} : { agency }) }),
  });
  return ((await response.json()) as { token: string }).token;
};

let importBoston: () => Promise<ImportCounts>;

async function performance(groupBy: string, more = '', indicator = 'on-time-closure'): Promise<Row[]> {
  const question = `agency=boston&indicator=${indicator}${groupBy === '' ? '' : `&groupBy=${groupBy}`}${more}`;
  const response = await fetch(`${url}/v1/performance?${question}`);
  if (!response.ok) throw new Error(await response.text());
  return ((await response.json()) as { rows: Row[] }).rows;
}

const expected = (file: string): Record<string, string>[] =>
  parse(readFileSync(join(data, 'expected', file)), { columns: true });

/** `100.0` and `100` are the same figure. */
const plain = (text: string): string | null => (text === '' ? null : text.replace(/\.0$/, ''));

async function caughtUp(): Promise<void> {
  const engine = app.get(ProjectionEngine);
  for (let before = -1; before !== engine.events || engine.lag > 0;) {
    before = engine.events;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

beforeAll(async () => {
  if (!existsSync(data)) throw new Error(`The Boston data are looked for in ${data}`);
  folder = await mkdtemp(join(tmpdir(), 'ledger-boston-'));
  const events = await startEmbeddedEventStore({ dataDir: join(folder, 'eventstore') });
  const mongo = await startEmbeddedMongo({ dataDir: join(folder, 'mongo') });
  closeStores = async () => {
    await mongo.close();
    await events.close();
  };
  const keys = await localKeys(folder);
  const logs = new Logs('silent');
  const settings = {
    eventStoreUrl: events.connectionString,
    mongoUrl: mongo.connectionString,
    tokens: { audience: 'civic-ledger', local: keys },
    logs,
  };
  app = await createApp(AllInOneModule.with(settings), { logs });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
  importBoston = () =>
    importFile({
      url,
      token: (role, agency) => tokenFor(keys.operatorSecret, role, agency),
      profile: loadProfile('boston-311', join(home, 'profiles')),
      file: join(data, 'cases.csv.gz'),
    });
  first = await importBoston();
  await caughtUp();
}, 180_000);

afterAll(async () => {
  await app?.close();
  await closeStores?.();
  await rm(folder, { recursive: true, force: true });
});

describe('the Boston cases of 2011', () => {
  it('are all accepted', () => expect(first).toMatchObject({ accepted: 58_251, unchanged: 0, rejected: 0 }));

  it('have the overall figures that were computed independently', async () => {
    const [row] = await performance('');
    expect(row).toMatchObject({ n: 58_251, withTarget: 47_270, met: 35_591, late: 8_230, openOverdue: 3_449 });
    expect(row).toMatchObject({ noTarget: 10_981, percentMet: '75.293', closed: 54_570 });
    expect(row).toMatchObject({ medianHours: '22.1764', p90Hours: '1899.4761' });
  });

  it.each([
    ['month.csv', ['period'], 'on-time-closure'],
    ['department.csv', ['department'], 'on-time-closure'],
    ['type.csv', ['department', 'type'], 'on-time-closure'],
    ['neighborhood.csv', ['neighborhood'], 'on-time-closure'],
    ['ward.csv', ['ward'], 'on-time-closure'],
    ['source.csv', ['source'], 'on-time-closure'],
    ['month_department.csv', ['period', 'department'], 'on-time-closure'],
    ['month_type.csv', ['period', 'type'], 'on-time-closure'],
    ['month_neighborhood.csv', ['period', 'neighborhood'], 'on-time-closure'],
    ['closed_month_department.csv', ['period', 'department'], 'on-time-closure-by-closing'],
  ])('equal %s to the last digit', async (file, dimensions, indicator = 'on-time-closure') => {
    const rows = await performance(dimensions.join(','), '', indicator);
    const wanted = expected(file);
    expect(rows).toHaveLength(wanted.length);
    const columnOf = (dimension: string): string =>
      dimension !== 'period' ? dimension : indicator === 'on-time-closure' ? 'open_month' : 'closed_month';
    const found = new Map(rows.map((row) => [JSON.stringify(dimensions.map((name) => row.key[name])), row]));
    for (const line of wanted)
      expect(found.get(JSON.stringify(dimensions.map((name) => line[columnOf(name)])))).toMatchObject({
        n: Number(line['n']),
        withTarget: Number(line['with_target']),
        met: Number(line['met']),
        late: Number(line['late']),
        openOverdue: Number(line['open_overdue']),
        noTarget: Number(line['no_target']),
        percentMet: plain(line['pct_met']!),
        closed: Number(line['closed']),
        medianHours: plain(line['median_hours_to_close']!),
        p90Hours: plain(line['p90_hours_to_close']!),
      });
  });

  it('stood at the end of each month as as_of_month_end.csv says', async () => {
    for (const line of expected('as_of_month_end.csv')) {
      const [row] = await performance('', `&validAt=${line['as_of']!.slice(0, 10)}`);
      expect(row).toMatchObject({
        n: Number(line['opened']),
        closed: Number(line['closed']),
        noTarget: Number(line['no_target']),
        met: Number(line['closed_met']),
        late: Number(line['closed_late']),
        openOverdue: Number(line['open_overdue']),
        openNotDue: Number(line['open_not_due']),
        percentMet: plain(line['pct_met_of_decided']!),
      });
    }
  });

  it('imported again add no event and change no figure', async () => {
    const [before, events] = [await performance('period'), app.get(ProjectionEngine).events];
    expect(await importBoston()).toMatchObject({ accepted: 0, unchanged: 58_251, rejected: 0 });
    await caughtUp();
    expect(app.get(ProjectionEngine).events).toBe(events);
    expect(await performance('period')).toEqual(before);
  }, 120_000);

  it('give the same documents when every read model is rebuilt', async () => {
    const engine = app.get(ProjectionEngine);
    const before = await performance('period,type,ward');
    for (const name of ['agencies', 'ledger-pages', 'audit-trail', 'scorecard']) await engine.rebuild(name);
    expect(await performance('period,type,ward')).toEqual(before);
  }, 120_000);
});
