import { RunningLedger, eventually } from './running-ledger.js';

let ledger: RunningLedger;

const agency = '/v1/agencies/boston';
const agreement = `${agency}/agreements/street-services`;
const july = `${agreement}/periods/2011-07`;

beforeAll(async () => {
  ledger = await RunningLedger.start();
  for (const [name, role] of [
    ['administrator', 'administrator'],
    ['clerk', 'service-owner'],
    ['capturer', 'data-capturer'],
    ['head', 'head-of-department'],
    ['resident', 'party-representative'],
    ['verifier', 'verifier'],
    ['council', 'oversight'],
  ] as const)
    await ledger.signIn(name, role);
});

afterAll(() => ledger.close());

const post: RunningLedger['post'] = (...given) => ledger.post(...given);
const read: RunningLedger['read'] = (...given) => ledger.read(...given);

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
  await ledger.upload('capturer', `${agency}/indicators/on-time-percent/readings`, lines);

  const streets = {
    id: 'streets',
    name: 'Streets',
    type: 'infrastructure',
    scope: 'external',
    channels: ['telephone'],
  };
  const draft = { id: 'street-services', title: 'Street services', kind: 'SLA', serviceIds: ['streets'] };
  const unknown = await post('clerk', `${agency}/agreements`, { ...draft, disputeWindowDays: 0 }, 422);
  expect(unknown.body.errors[0]).toMatchObject({ pointer: '/serviceIds', detail: 'It does not know streets.' });
  const owner = ledger.person('clerk');
  await post('administrator', `${agency}/services`, { ...streets, feeBearing: false, owner }, 201);
  await post('clerk', `${agency}/agreements`, { ...draft, disputeWindowDays: 0 }, 201);
  const party = (partyId: string, role: string, name: string) => ({
    partyId,
    role,
    name: partyId,
    representatives: [ledger.person(name)],
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
  const late = reading(99, '2011-07-06T08:00:00-04:00');
  await ledger.upload('capturer', `${agency}/indicators/on-time-percent/readings`, [late]);
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
  const csv = await ledger.http().get('/v1/scorecard').set('accept', 'text/csv').expect(200);
  expect(csv.text.trim().split('\n')).toHaveLength(4);

  const audit = async (query: string) => (await read(`/v1/audit?${query}`, 'council')).rows;
  expect(await audit('type=AgreementSigned')).toMatchObject([
    { person: ledger.person('head'), role: 'head-of-department', entity: 'agreement-boston/street-services' },
    { person: ledger.person('resident'), role: 'party-representative' },
  ]);
  expect(await audit('type=BreachConfirmed')).toMatchObject([
    { role: 'system', onBehalfOf: ledger.person('verifier'), causationId: expect.any(String) },
    { role: 'system' },
  ]);
  expect(await audit(`actor=${ledger.person('verifier')}`)).toMatchObject([
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

describe('asOf', () => {
  const breach = 'boston/street-services/on-time/all/2011-07';
  it.each([
    [agency, 'agency-boston/boston'],
    [`${agency}/indicators/on-time-percent`, 'indicator-boston/on-time-percent'],
    [`${agency}/indicators/on-time-percent/periods`, 'ledgers-boston/on-time-percent'],
    [`${agency}/indicators/on-time-percent/periods/2011-07/readings`, 'readings-boston/on-time-percent/2011-07'],
    [`${agency}/services/streets`, 'service-boston/streets'],
    [agreement, 'agreement-boston/street-services'],
    [july, 'compliance-boston/street-services/2011-07'],
    [`${july}/breaches/on-time`, `breach-${breach}`],
  ])('%s answers as it was known at a revision, a log position and a time', async (path, stream) => {
    const known = async (asOf: string): Promise<string> => {
      const reply = await ledger.http().get(path).query({ asOf }).set(ledger.bearer('council'));
      expect({ path, asOf, status: reply.status, body: reply.body }).toMatchObject({ status: 200 });
      return (reply.headers['etag'] as string).replaceAll('"', '');
    };
    const { rows } = (await read(`/v1/history?stream=${encodeURIComponent(stream)}&limit=1000`, 'council')) as {
      readonly rows: readonly { readonly revision: string; readonly recordedAt: string }[];
    };
    const audit = await read(`/v1/audit?limit=1000&entity=${encodeURIComponent(stream)}`, 'council');
    const positions = (audit.rows as readonly { readonly position: string }[]).map(({ position }) => position);
    for (const at of [0, rows.length - 1]) {
      expect(await known(rows[at]!.revision)).toBe(rows[at]!.revision);
      expect(await known(positions[at]!)).toBe(rows[at]!.revision);
      const { recordedAt } = rows[at]!;
      expect(await known(recordedAt)).toBe(rows.findLast((row) => row.recordedAt === recordedAt)!.revision);
    }
  });
  it('is refused where it lies in the future or before the beginning', async () => {
    await read(`${agreement}?asOf=2999-01-01T00:00:00Z`, 'council', 400);
    await read(`${agreement}?asOf=2000-01-01T00:00:00Z`, 'council', 404);
  });
});
