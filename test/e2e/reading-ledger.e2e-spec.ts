import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { RunningLedger } from './running-ledger.js';

let ledger: RunningLedger;
const indicators = '/v1/agencies/boston/indicators';

const card = {
  title: 'Cases on time',
  definition: 'Share of cases closed by their target.',
  kind: 'case',
  unit: 'percent',
  direction: 'higher-is-better',
  denominatorPolicy: 'completed-and-overdue',
  periodAttribution: 'opening',
  reportingCycle: 'month',
  timeZone: 'America/New_York',
  durationClock: 'wall-clock',
  decimals: 4,
  minSample: 0,
  smallSampleRule: 'shown-with-warning',
  disaggregations: ['ward'],
  dataSource: 'Boston 311',
  responsibleRole: 'service-owner',
};
const aCase = (id: string, change: object = {}) => ({
  id,
  kind: 'case',
  startedAt: '2011-07-05T08:00:00-04:00',
  dueAt: '2011-07-08T08:00:00-04:00',
  dimensions: { ward: 'Ward 1' },
  ...change,
});

interface Uploaded {
  readonly status: number;
  readonly rejected: readonly {
    readonly line: number;
    readonly rule: string;
    readonly pointer: string;
    detail: string;
  }[];
  readonly summary: { readonly accepted: number; readonly unchanged: number; readonly rejected: number };
}

async function send(indicator: string, body: string, type = 'application/x-ndjson'): Promise<Uploaded> {
  const reply = await ledger
    .http()
    .post(`${indicators}/${indicator}/readings`)
    .set({ ...ledger.bearer('capturer'), 'content-type': type })
    .send(body);
  const lines = reply.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as never);
  return { status: reply.status, rejected: lines.slice(0, -1), summary: lines.at(-1)! };
}
const upload = (indicator: string, ...lines: readonly object[]): Promise<Uploaded> =>
  send(indicator, lines.map((line) => JSON.stringify(line)).join('\n'));

const readings = (period: string, query = '', indicator = 'on-time') =>
  ledger.read(`${indicators}/${indicator}/periods/${period}/readings${query}`, 'verifier');

beforeAll(async () => {
  ledger = await RunningLedger.start();
  await ledger.signIn('administrator', 'administrator');
  await ledger.signIn('owner', 'service-owner');
  await ledger.signIn('capturer', 'data-capturer');
  await ledger.signIn('verifier', 'verifier');
  await ledger.signIn('second', 'verifier');
  const boston = { id: 'boston', name: 'Boston', timeZone: 'America/New_York' };
  await ledger.post('administrator', '/v1/agencies', boston, 201);
  await ledger.post('owner', indicators, { id: 'on-time', ...card }, 201);
});
afterAll(() => ledger.close());

const verbs = (id: string) => `${indicators}/on-time/readings/${encodeURIComponent(id)}`;
const july = { period: '2011-07' };

it('fills a card up, and shows it as it was known at any revision', async () => {
  const body = await ledger.read(`${indicators}/on-time`);
  expect(body).toMatchObject({ version: 1, status: 'defined' });
  expect(body.card).toEqual({
    ...card,
    qualityDimension: 'Timeliness',
    aggregation: 'percent-within-target',
    ratioBound: 'at-most-one',
    calculationType: 'non-cumulative',
    fiscalYearStart: 1,
    rounding: 'half-up',
    meansOfVerification: 'Boston 311',
  });
  await ledger.post('owner', indicators, { id: 'own', ...card, disaggregations: [] }, 201);
  const revision = {
    card: { ...card, disaggregations: [], denominatorPolicy: 'completed-only' },
    reason: 'The council asked for it',
    effectiveFromPeriod: '2011-08',
    breaksSeries: true,
  };
  await ledger.post('capturer', `${indicators}/own/revision`, revision, 403);
  await ledger.post('owner', `${indicators}/own/revision`, revision, 200);
  expect((await ledger.post('owner', `${indicators}/own/revision`, revision, 200)).body.eventIds).toEqual([]);
  expect(await ledger.read(`${indicators}/own`)).toMatchObject({
    version: 2,
    card: { denominatorPolicy: 'completed-only' },
    versions: [{ version: 1 }, { version: 2, effectiveFromPeriod: '2011-08' }],
  });
  expect(await ledger.read(`${indicators}/own?asOf=0`)).toMatchObject({
    version: 1,
    card: { denominatorPolicy: card.denominatorPolicy },
  });
  await ledger.post('verifier', `${indicators}/own/periods/2011-09/cut-off`, {}, 200);
  const refused = await ledger.post(
    'owner',
    `${indicators}/own/revision`,
    { ...revision, effectiveFromPeriod: '2011-09', breaksSeries: false },
    409,
  );
  expect(refused.body.errors[0]).toMatchObject({ pointer: '/effectiveFromPeriod', detail: '2011-09 is cut off.' });
  await ledger.post('owner', `${indicators}/own/revision`, { ...revision, effectiveFromPeriod: '2011-10' }, 200);

  await ledger.post('owner', `${indicators}/own/owner`, { person: ledger.person('second'), from: '2011-07-01' }, 200);
  expect(await ledger.read(`${indicators}/own/owner`, 'verifier')).toMatchObject({ person: ledger.person('second') });
  expect(await ledger.read(`${indicators}/own`)).not.toHaveProperty('owner');
  await ledger.read(`${indicators}/on-time/owner`, 'verifier', 404);
  await upload('own', aCase('o-1', { dimensions: {} }));
  const path = `${indicators}/own/readings/o-1/verification`;
  expect((await ledger.post('second', path, july, 403)).body.type).toMatch(/an-owner-does-not-verify$/);
  await ledger.post('verifier', path, july, 200);
  await ledger.post('owner', `${indicators}/own/retirement`, { reason: 'Replaced' }, 200);
  expect((await upload('own', aCase('o-2', { dimensions: {} }))).rejected).toMatchObject([
    { line: 1, rule: 'reading-ledger/a-retired-indicator-takes-no-readings' },
  ]);
  const closing = aCase('o-1', { dimensions: {}, stoppedAt: '2011-07-06T08:00:00-04:00' });
  expect((await upload('own', closing)).summary).toEqual({ accepted: 1, unchanged: 0, rejected: 0 });
  expect(await ledger.read(`${indicators}/own`)).toMatchObject({ status: 'retired', retiredFor: 'Replaced' });
});

it('records, verifies, corrects and voids, and each step can be read as of its revision', async () => {
  const composite = '1818/4537 July';
  expect((await upload('on-time', aCase(composite), aCase('b'), aCase('c'))).summary.accepted).toBe(3);
  await ledger.post('capturer', `${verbs(composite)}/verification`, july, 403);
  await ledger.post('verifier', `${verbs(composite)}/verification`, july, 200);
  expect((await ledger.post('verifier', `${verbs(composite)}/verification`, july, 200)).body.eventIds).toEqual([]);
  await ledger.post('verifier', `${verbs('nobody')}/verification`, july, 404);
  await ledger.post('verifier', `${verbs('b')}/verification`, { period: '../2011' }, 422);

  const { id: _id, ...now } = aCase('b', { dueAt: '2011-07-04T08:00:00-04:00' });
  const correction = { ...july, reading: now, reasonCode: 'late-evidence', reason: 'The letter of 12 August' };
  await ledger.post('verifier', `${verbs('b')}/correction`, correction, 200);
  expect((await ledger.post('verifier', `${verbs('b')}/correction`, correction, 200)).body.eventIds).toEqual([]);
  const moved = { ...correction, reading: { ...now, startedAt: '2011-08-01T00:00:00-04:00' } };
  expect((await ledger.post('verifier', `${verbs('b')}/correction`, moved, 422)).body.errors[0].pointer).toBe(
    '/reading/startedAt',
  );
  const foreign = { ...correction, reading: { ...now, numerator: '1' } };
  expect((await ledger.post('verifier', `${verbs('b')}/correction`, foreign, 422)).body.errors[0].pointer).toBe(
    '/reading',
  );

  await ledger.post('verifier', `${verbs('c')}/void`, { ...july, reason: 'Recorded twice' }, 200);
  const again = await upload('on-time', aCase(composite), aCase('b'), aCase('c'));
  expect(again.summary).toEqual({ accepted: 0, unchanged: 2, rejected: 1 });
  expect(again.rejected).toMatchObject([{ line: 3, rule: 'reading-ledger/a-voided-reading-is-left-alone' }]);

  const { rows, revision } = await readings('2011-07');
  expect(rows).toMatchObject([
    { entry: 0, id: composite, verified: true },
    { entry: 1, id: 'b', corrected: true, dueAt: '2011-07-04T08:00:00-04:00', flags: ['due-before-start'] },
    { entry: 2, id: 'c', voided: true },
  ]);
  expect(revision).toBe('5');
  const before = await readings('2011-07', '?asOf=3');
  expect(before.rows[1]).toMatchObject({ dueAt: '2011-07-08T08:00:00-04:00', flags: [] });
  expect(before.rows[1]).not.toHaveProperty('corrected');
  await ledger.read(`${indicators}/on-time/periods/2012-07/readings`, 'verifier', 404);
});

it('keeps a reading id in one period, and lets a voided one be recorded in another', async () => {
  const august = { startedAt: '2011-08-02T08:00:00-04:00', dueAt: '2011-08-05T08:00:00-04:00' };
  const first = await upload('on-time', aCase('d'), aCase('b', august), aCase('c', august), aCase('d', august));
  expect(first.summary).toEqual({ accepted: 2, unchanged: 0, rejected: 2 });
  expect(first.rejected).toMatchObject([
    { line: 2, pointer: '/id', detail: expect.stringContaining('It stands in 2011-07.') },
    { line: 4, rule: 'reading-ledger/a-reading-id-stands-in-one-period' },
  ]);
  expect((await ledger.read(`${indicators}/on-time/periods`)).periods).toEqual([
    { period: '2011-07', from: '2011-07-01T04:00:00.000Z', to: '2011-08-01T04:00:00.000Z' },
    { period: '2011-08', from: '2011-08-01T04:00:00.000Z', to: '2011-09-01T04:00:00.000Z' },
  ]);
});

describe('two uploads at the same time that say one id of two periods', () => {
  const august = { startedAt: '2011-08-02T08:00:00-04:00', dueAt: '2011-08-05T08:00:00-04:00' };
  const standing = async (period: string): Promise<string[]> =>
    (await readings(period)).rows.map(({ id }: { readonly id: string }) => id);

  it('record it in one of them, though the later line is of the upload that began first', async () => {
    await upload('on-time', aCase('opens-july'), aCase('opens-august', august));
    const path = new URL(`${ledger.url}${indicators}/on-time/readings`);
    const headers = { ...ledger.bearer('capturer'), 'content-type': 'application/x-ndjson' };
    const first = request(path, { method: 'POST', headers });
    const answer = once(first, 'response') as Promise<[IncomingMessage]>;
    first.write(`${JSON.stringify(aCase('first-line'))}\n`);
    for (let waiting = true; waiting;) waiting = !(await standing('2011-07')).includes('first-line');
    expect((await upload('on-time', aCase('both', august))).summary.accepted).toBe(1);
    first.end(`${JSON.stringify(aCase('both'))}\n`);
    const [reply] = await answer;
    const lines = (await text(reply)).trim().split('\n');
    expect([reply.statusCode, JSON.parse(lines.at(-1)!)]).toEqual([207, { accepted: 1, unchanged: 0, rejected: 1 }]);
    expect(JSON.parse(lines[0]!)).toMatchObject({ line: 2, detail: 'It stands in 2011-08.' });
    expect(await standing('2011-07')).not.toContain('both');
  });

  it('record each of many ids once, and sent again change nothing', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `many-${index}`);
    const sent = [ids.map((id) => aCase(id)), ids.map((id) => aCase(id, august)).reverse()];
    const both = () => Promise.all(sent.map((lines) => upload('on-time', ...lines)));
    const once = await both();
    expect(once[0]!.summary.accepted + once[1]!.summary.accepted).toBe(ids.length);
    const recorded = [...(await standing('2011-07')), ...(await standing('2011-08'))].filter((id) => /^many/.test(id));
    expect(recorded.sort()).toEqual([...ids].sort());
    const again = await both();
    expect(again.map(({ summary }) => summary)).toEqual(
      once.map(({ summary: { accepted, rejected } }) => ({ accepted: 0, unchanged: accepted, rejected })),
    );
  });
});

it('puts times on the wall clock of the indicator, whatever offset they came with', async () => {
  const utc = aCase('utc', { startedAt: '2011-10-01T03:59:59Z', dueAt: '2011-10-02T00:00:00Z' });
  expect((await upload('on-time', utc)).summary.accepted).toBe(1);
  expect((await readings('2011-09')).rows).toMatchObject([
    { id: 'utc', startedAt: '2011-09-30T23:59:59-04:00', dueAt: '2011-10-01T20:00:00-04:00' },
  ]);
});

it('takes nothing new after the cut-off, but closings of a later time', async () => {
  const open = { startedAt: '2011-06-05T08:00:00-04:00' };
  await upload('on-time', aCase('june-1', open), aCase('june-2', open));
  const cutOff = `${indicators}/on-time/periods/2011-06/cut-off`;
  await ledger.post('capturer', cutOff, {}, 403);
  await ledger.post('verifier', cutOff, {}, 200);
  expect((await ledger.post('verifier', cutOff, {}, 200)).body.eventIds).toEqual([]);
  await ledger.post('verifier', `${indicators}/on-time/periods/2999-01/cut-off`, {}, 409);
  const late = await upload(
    'on-time',
    aCase('june-3', open),
    aCase('june-1', { ...open, stoppedAt: '2011-06-09T08:00:00-04:00' }),
    aCase('june-2', { ...open, stoppedAt: '2999-06-09T08:00:00-04:00' }),
    aCase('june-1', open),
  );
  expect(late.summary).toEqual({ accepted: 1, unchanged: 1, rejected: 2 });
  expect(late.rejected.map(({ line, pointer }) => [line, pointer])).toEqual([
    [1, ''],
    [2, '/stoppedAt'],
  ]);
  expect(await readings('2011-06')).toMatchObject({ cutOffAt: expect.any(String), rows: [{}, { id: 'june-2' }] });
  const noData = { volume: 'ND', reason: 'The depot burned down', dimensions: { ward: 'Ward 9' } };
  await ledger.post('capturer', `${indicators}/on-time/periods/2011-06/no-data`, noData, 409);
  await ledger.post('capturer', `${indicators}/on-time/periods/2011-05/no-data`, noData, 200);
  const own = { ...noData, dimensions: { ward: 'Ward 1' } };
  await ledger.post('capturer', `${indicators}/on-time/periods/2011-07/no-data`, own, 409);
  expect(await readings('2011-05')).toMatchObject({ rows: [], noData: [noData] });
});

it('takes ratios of fiscal years, as lines and as a table, and only districts that exist', async () => {
  await ledger.post(
    'administrator',
    '/v1/agencies/boston/districts',
    { districts: [{ id: 'w1', name: 'Ward 1' }] },
    201,
  );
  const answered = {
    ...card,
    kind: 'ratio',
    reportingCycle: 'fiscal-year',
    fiscalYearStart: 4,
    districtDimension: 'ward',
  };
  await ledger.post('owner', indicators, { id: 'answered', ...answered, fiscalYearStart: 1 }, 422);
  await ledger.post('owner', indicators, { id: 'answered', ...answered }, 201);
  await ledger.post('owner', indicators, { id: 'derived', ...answered, readsFrom: 'answered' }, 201);
  const table = [
    'id,kind,period,numerator,denominator,target,dimensions.ward',
    '1,ratio,FY2018-19,542,554,80,Ward 1',
    '2,ratio,FY2018-19,,,80,',
    '3,ratio,FY2018-19,226,336,0,Ward 99',
    '4,ratio,2018,226,336,80,Ward 1',
    '5,ratio,FY2018-19,337,336,80,Ward 1',
  ].join('\n');
  const sent = await send('answered', table, 'text/csv');
  expect(sent.summary).toEqual({ accepted: 2, unchanged: 0, rejected: 3 });
  expect(sent.rejected).toMatchObject([
    { line: 4, pointer: '/dimensions/ward', detail: expect.stringContaining('no district Ward 99') },
    { line: 5, pointer: '/period' },
    { line: 6, pointer: '/numerator' },
  ]);
  expect((await readings('FY2018-19', '', 'answered')).rows).toMatchObject([
    { id: '1', numerator: '542', period: 'FY2018-19', flags: [] },
    { id: '2', flags: ['no-volume', 'blank-dimension:ward'] },
  ]);
  const derived = await ledger
    .http()
    .post(`${indicators}/derived/readings`)
    .set({ ...ledger.bearer('capturer'), 'content-type': 'application/x-ndjson' })
    .send('{}')
    .expect(409);
  expect(derived.body.type).toMatch(/a-derived-indicator-keeps-no-ledger$/);
  expect((await ledger.read(`${indicators}/derived/periods`)).periods).toEqual([
    { period: 'FY2018-19', from: '2018-04-01T04:00:00.000Z', to: '2019-04-01T04:00:00.000Z' },
  ]);
});
