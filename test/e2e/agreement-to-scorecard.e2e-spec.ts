import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore } from '@app/embedded-eventstore';
import { startEmbeddedMongo } from '@app/embedded-mongo';
import { Logs, createApp, localKeys, type LocalKeys } from '@app/http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { AllInOneModule } from '../../apps/all-in-one/src/all-in-one.module.js';

let folder: string;
let app: NestFastifyApplication;
let keys: LocalKeys;
let closeStores: () => Promise<void>;
let position = '';
const people: Record<string, { token: string; person: string }> = {};

const agency = '/v1/agencies/boston';
const agreement = `${agency}/agreements/street-services`;
const july = `${agreement}/periods/2011-07`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-agreement-'));
  const events = await startEmbeddedEventStore({ dataDir: join(folder, 'eventstore') });
  const mongo = await startEmbeddedMongo({ dataDir: join(folder, 'mongo') });
  closeStores = async () => {
    await mongo.close();
    await events.close();
  };
  keys = await localKeys(folder);
  const logs = new Logs('silent');
  const tokens = { audience: 'civic-ledger', local: keys };
  const stores = { eventStoreUrl: events.connectionString, mongoUrl: mongo.connectionString };
  app = await createApp(AllInOneModule.with({ ...stores, tokens, logs }), { logs, docs: false });
  await app.listen(0, '127.0.0.1');
  await signIn('administrator', 'administrator');
  for (const [name, role] of [
    ['clerk', 'service-owner'],
    ['capturer', 'data-capturer'],
    ['head', 'head-of-department'],
    ['resident', 'party-representative'],
    ['verifier', 'verifier'],
    ['council', 'oversight'],
  ] as const)
    await signIn(name, role);
});

afterAll(async () => {
  await app.close();
  await closeStores();
  await rm(folder, { recursive: true });
});

async function signIn(name: string, role: string): Promise<void> {
  const wide = ['administrator', 'oversight'].includes(role) ? {} : { agency: 'boston' };
  const { body } = await request(app.getHttpServer())
    .post('/v1/tokens')
    .set('authorization', `Bearer ${keys.operatorSecret}`)
    .send({ role, subject: name, ...wide })
    .expect(200);
  people[name] = body;
}

/** Sends as somebody and expects this status. */
async function post(name: string, path: string, body: object, status: number) {
  const reply = await request(app.getHttpServer())
    .post(path)
    .set('authorization', `Bearer ${people[name]!.token}`)
    .send(body);
  if (reply.status !== status) console.log(JSON.stringify(reply.body));
  expect({ path, status: reply.status, body: reply.body }).toMatchObject({ path, status });
  position = reply.headers['ledger-position'] ?? position;
  return reply;
}

/** Reads what is known after the last command. */
async function read(path: string, name?: string) {
  const reply = await request(app.getHttpServer())
    .get(`${path}${path.includes('?') ? '&' : '?'}minPosition=${position}`)
    .set('prefer', 'wait=10')
    .set(name === undefined ? {} : { authorization: `Bearer ${people[name]!.token}` });
  expect({ path, status: reply.status, body: reply.body }).toMatchObject({ path, status: 200 });
  return reply.body;
}

const reading = (id: number, stoppedAt?: string) => ({
  id: `case-${id}`,
  kind: 'case',
  startedAt: '2011-07-05T08:00:00-04:00',
  dueAt: '2011-07-08T08:00:00-04:00',
  dimensions: { ward: String(id % 2) },
  ...(stoppedAt === undefined ? {} : { stoppedAt }),
});

const objective = {
  objectiveId: 'on-time',
  title: 'Cases closed on time',
  indicatorId: 'on-time-percent',
  comparator: 'at-least',
  target: '90',
  minimumLevel: '70',
  tolerance: '0',
  window: 'month',
  weight: '1',
  perScopeFloor: { dimension: 'ward', floor: '70' },
  severityBands: [
    { severity: 'Minor', from: '80', to: '90' },
    { severity: 'Severe', to: '80' },
  ],
};

it('goes from an indicator to a public scorecard, and the audit trail shows who did it', async () => {
  await post('administrator', '/v1/agencies', { id: 'boston', name: 'Boston', timeZone: 'America/New_York' }, 201);
  await post(
    'clerk',
    `${agency}/indicators`,
    {
      id: 'on-time-percent',
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
      minSample: 3,
      smallSampleRule: 'not-determinable',
      disaggregations: ['ward'],
      dataSource: 'Boston 311',
      responsibleRole: 'service-owner',
    },
    201,
  );
  const lines = [reading(0, '2011-07-06T08:00:00-04:00'), reading(2, '2011-07-06T08:00:00-04:00')];
  lines.push(reading(4, '2011-07-07T08:00:00-04:00'), reading(1), reading(3), reading(5, '2011-07-08T08:00:00-04:00'));
  await request(app.getHttpServer())
    .post(`${agency}/indicators/on-time-percent/readings`)
    .set({ authorization: `Bearer ${people['capturer']!.token}`, 'content-type': 'application/x-ndjson' })
    .send(lines.map((line) => JSON.stringify(line)).join('\n'))
    .expect(200);

  const draft = { id: 'street-services', title: 'Street services', kind: 'SLA', serviceIds: ['streets'] };
  await post('clerk', `${agency}/agreements`, { ...draft, disputeWindowDays: 0 }, 201);
  const party = (partyId: string, role: string, name: string) => ({
    partyId,
    role,
    name: partyId,
    representatives: [people[name]!.person],
  });
  await post('clerk', `${agreement}/parties`, party('public-works', 'provider', 'head'), 200);
  await post('clerk', `${agreement}/parties`, party('residents', 'consumer', 'resident'), 200);
  const gap = [
    { severity: 'Minor', from: '80', to: '89.9' },
    { severity: 'Severe', to: '80' },
  ];
  const refused = await post('clerk', `${agreement}/objectives`, { ...objective, severityBands: gap }, 422);
  expect(refused.body.errors[0].pointer).toBe('/severityBands');
  await post('clerk', `${agreement}/objectives`, objective, 201);
  const points = [
    { severity: 'Minor', points: '1' },
    { severity: 'Severe', points: '3' },
  ];
  await post('clerk', `${agreement}/consequences`, { objectiveId: 'on-time', points, repeatMultiplier: '2' }, 200);
  await post('clerk', `${agreement}/review-schedule`, { everyMonths: 12, firstReviewOn: '2012-07-01' }, 200);
  await post('clerk', `${agreement}/submission`, {}, 200);
  const { state: submitted } = await read(agreement, 'head');
  expect(submitted.status).toBe('awaiting-signatures');

  const { contentHash } = submitted;
  await post('clerk', `${agreement}/signatures`, { partyId: 'public-works', contentHash }, 403);
  await post('head', `${agreement}/signatures`, { partyId: 'residents', contentHash }, 403);
  await post('head', `${agreement}/signatures`, { partyId: 'public-works', contentHash: '0'.repeat(64) }, 409);
  await post('clerk', `${agreement}/activation`, { effectiveFrom: '2011-07-01' }, 409);
  await post('head', `${agreement}/signatures`, { partyId: 'public-works', contentHash }, 200);
  await post('resident', `${agreement}/signatures`, { partyId: 'residents', contentHash }, 200);
  await post('clerk', `${agreement}/activation`, { effectiveFrom: '2011-07-01' }, 200);
  expect(await read(`${agreement}/terms?on=2011-07-15`)).toMatchObject({ version: 1, contentHash });

  await post('verifier', `${agreement}/periods`, { period: '2011-07' }, 201);
  await post('verifier', `${july}/evaluation`, {}, 409);
  await post('verifier', `${july}/cut-off`, {}, 200);
  await request(app.getHttpServer())
    .post(`${agency}/indicators/on-time-percent/readings`)
    .set({ authorization: `Bearer ${people['capturer']!.token}`, 'content-type': 'application/x-ndjson' })
    .send(JSON.stringify(reading(99, '2011-07-06T08:00:00-04:00')))
    .expect(200);
  await post('verifier', `${july}/evaluation`, {}, 200);
  const again = await post('verifier', `${july}/evaluation`, {}, 200);
  expect(again.body.eventIds).toEqual([]);
  const breaches = async () => (await read(`${agency}/breaches`)).rows;
  const { state: provisional } = await read(july);
  expect(provisional.evaluation.results).toMatchObject([
    { scope: 'all', n: 6, value: '66.666666666666666666666666666667', verdict: 'NotMet', severity: 'Severe' },
    { scope: 'ward=0', n: 3, value: '100', verdict: 'Met', target: '70' },
    { scope: 'ward=1', n: 3, verdict: 'NotMet', belowMinimum: true },
  ]);
  const follow = (scope: string) => ({ scope, status: 'detected', severity: 'Severe' });
  await eventually(breaches, [follow('all'), follow('ward=1')]);

  await post('verifier', `${july}/finalisation`, {}, 200);
  expect((await post('verifier', `${july}/finalisation`, {}, 200)).body.eventIds).toEqual([]);
  const confirmed = (scope: string) => ({ scope, status: 'confirmed', points: '3' });
  await eventually(breaches, [confirmed('all'), confirmed('ward=1')]);
  expect(await read(`${july}/verification`)).toMatchObject({ status: 'final', matches: true, sameEngine: true });

  const { rows } = await read('/v1/scorecard?agency=boston&period=2011-07');
  expect(rows).toMatchObject([
    { objective: 'on-time', scope: 'all', target: '90', value: '66.6667', verdict: 'NotMet', status: 'final' },
    { scope: 'ward=0', verdict: 'Met' },
    { scope: 'ward=1', value: '33.3333', verdict: 'NotMet' },
  ]);
  expect((await read(rows[0].computation)).state.status).toBe('final');
  const csv = await request(app.getHttpServer()).get('/v1/scorecard').set('accept', 'text/csv').expect(200);
  expect(csv.text.trim().split('\n')).toHaveLength(4);

  const audit = async (query: string) => (await read(`/v1/audit?${query}`, 'council')).rows;
  expect(await audit('type=AgreementSigned')).toMatchObject([
    { person: people['head']!.person, role: 'head-of-department', entity: 'agreement-boston/street-services' },
    { person: people['resident']!.person, role: 'party-representative' },
  ]);
  expect(await audit('type=BreachConfirmed')).toMatchObject([
    { role: 'system', onBehalfOf: people['verifier']!.person, causationId: expect.any(String) },
    { role: 'system' },
  ]);
  expect(await audit(`actor=${people['verifier']!.person}`)).toMatchObject([
    { type: 'CompliancePeriodOpened' },
    { type: 'CompliancePeriodCutOff' },
    { type: 'ComplianceEvaluated' },
    { type: 'ComplianceFinalised' },
  ]);
  expect(await audit('entity=agreement-boston/street-services&to=2011-01-01T00:00:00Z')).toEqual([]);
  const first = await read('/v1/audit?limit=2', 'council');
  const second = await read(`/v1/audit?limit=2&cursor=${first.next}`, 'council');
  expect(new Set([...first.rows, ...second.rows].map(({ eventId }: { eventId: string }) => eventId)).size).toBe(4);

  const history = await read('/v1/history?stream=agreement-boston/street-services&from=9', 'council');
  expect(history.rows[0]).toMatchObject({ changed: expect.any(Array), metadata: { actor: expect.any(Object) } });
  expect((await read(`${agreement}?asOf=0`, 'council')).state).toMatchObject({ status: 'drafting' });
}, 60_000);

/** The follow-up's events come after the position that the command answered with. */
async function eventually(ask: () => Promise<object[]>, expected: object[]): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const rows = await ask();
    try {
      expect(rows).toMatchObject(expected);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  expect(await ask()).toMatchObject(expected);
}
