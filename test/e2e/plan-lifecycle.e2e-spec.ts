import { consultation, type ConsultationEvent } from '@app/engagement/events';
import { StreamDecider } from '@app/event-store';
import { Clock, Command, type Aggregate, type DomainEvent } from '@app/kernel';
import { plan, type PlanEvent } from '@app/planning/events';
import { ReadModels } from '@app/projections';
import { randomUUID } from 'node:crypto';
import { RunningLedger } from './running-ledger.js';

class Recall extends Command<Record<never, never>> {}

let ledger: RunningLedger;
/** The time of the service. */
let today = '2027-02-01';
const agency = '/v1/agencies/boston';
const water = `${agency}/plans/water`;
const day = (date: string): Date => new Date(`${date}T09:00:00Z`);

/** What other slices have recorded: their doors have their own specs. */
async function recall<Event extends DomainEvent>(
  aggregate: Aggregate<never, Event> | Aggregate<unknown, Event>,
  id: string,
  ...events: readonly Event[]
): Promise<void> {
  const actor = { person: 'p-clerk', role: 'administrator', tenant: 'boston', grant: 'g-1', grantRevision: '0' };
  const metadata = {
    ...{ commandId: randomUUID(), correlationId: randomUUID() },
    ...{ occurredAt: day(today).toISOString(), actor },
  };
  const command = new Recall('boston', id, {}, metadata);
  const known = aggregate as Aggregate<unknown, Event>;
  await ledger.app.get(StreamDecider).execute(known, command, () => events, undefined);
}
const consulted = (...events: readonly ConsultationEvent[]) =>
  recall(consultation as unknown as Aggregate<unknown, ConsultationEvent>, 'water-2026', ...events);
const planned = (...events: readonly PlanEvent[]) =>
  recall(plan as unknown as Aggregate<unknown, PlanEvent>, 'water', ...events);

const refusal = async (name: string, path: string, body: object, status: number): Promise<string> =>
  (await ledger.post(name, `${water}/${path}`, body, status)).body.title as string;
const inbox = async (name: string, query = ''): Promise<object[]> =>
  (await ledger.read(`${agency}/approvals${query}`, name)).rows as object[];
const hashOf = async (): Promise<string> => (await ledger.read(water, 'clerk')).state.contentHash as string;
const get = (path: string, name: string, accept: string) =>
  ledger
    .http()
    .get(path)
    .set({ ...ledger.bearer(name), accept })
    .expect(200);

async function signInAll(): Promise<void> {
  for (const [name, role] of [
    ['administrator', 'administrator'],
    ['capturer', 'data-capturer'],
    ['clerk', 'service-owner'],
    ['owner', 'service-owner'],
    ['head', 'head-of-department'],
    ['mayor', 'executive'],
    ['verifier', 'verifier'],
    ['council', 'oversight'],
    ['auditor', 'oversight'],
  ] as const)
    await ledger.signIn(name, role);
}

const goal = {
  goalId: 'leaks-in-three-days',
  title: 'A leak is fixed within three days',
  problemIds: ['slow-repairs'],
  indicatorId: 'leak-days',
  baseline: { value: '9' },
  target: { kind: 'min' as const, value: '3' },
  unit: 'days',
  direction: 'lower-is-better' as const,
  dueDate: '2028-12-31',
  trajectory: [],
  equityFloor: { dimension: 'ward', floor: '4' },
};

beforeAll(async () => {
  ledger = await RunningLedger.start();
  jest.spyOn(ledger.app.get(Clock), 'now').mockImplementation(() => day(today));
  await signInAll();
  await ledger.post('administrator', '/v1/agencies', { id: 'boston', name: 'Boston', timeZone: 'Etc/UTC' }, 201);
  await ledger.post(
    'clerk',
    `${agency}/indicators`,
    {
      ...{ id: 'leak-days', title: 'Days until a leak is fixed', definition: 'Days from report to repair.' },
      ...{
        kind: 'value',
        unit: 'days',
        direction: 'lower-is-better',
        aggregation: 'mean',
        qualityDimension: 'Timeliness',
      },
      ...{
        denominatorPolicy: 'all-with-target',
        periodAttribution: 'opening',
        durationClock: 'wall-clock',
        reportingCycle: 'quarter',
        timeZone: 'Etc/UTC',
        decimals: 2,
        minSample: 1,
      },
      ...{
        smallSampleRule: 'shown-with-warning',
        disaggregations: ['ward'],
        dataSource: 'Repair log',
        responsibleRole: 'service-owner',
      },
    },
    201,
  );
  const by = ledger.person('clerk');
  const seat = (person: string, taken: 'supervisor' | 'team-lead' | 'community'): PlanEvent => ({
    type: 'TeamMemberAppointed',
    data: { person, seat: taken, by },
  });
  await planned(
    {
      type: 'PlanCycleOpened',
      data: { title: 'Water', cycle: 1, from: '2026-04-01', to: '2029-03-31', strategicPlanRef: 'SP', by },
    },
    seat('p-supervisor', 'supervisor'),
    seat('p-lead', 'team-lead'),
    seat('p-resident', 'community'),
    { type: 'KeyServiceSelected', data: { serviceId: 'water-supply', rationale: 'Leaks', evidence: [], by } },
    {
      type: 'CurrentStandardRecorded',
      data: {
        ...{ standardId: 'repair', serviceId: 'water-supply', dimension: 'service-standards', title: 'Repair' },
        ...{ scope: {}, current: { kind: 'described', text: 'Nine days.' }, by },
      },
    },
    {
      type: 'DesiredStandardSet',
      data: { standardId: 'repair', year: 'FY2027-28', desired: { kind: 'described', text: 'Three days.' }, by },
    },
    {
      type: 'ProblemStated',
      data: {
        ...{ problemId: 'slow-repairs', serviceId: 'water-supply', statement: 'Leaks run for nine days.' },
        ...{ origin: { kind: 'complaint', reference: 'C-1' }, causes: [], by },
      },
    },
    { type: 'DiagnosisEnded', data: { by } },
    { type: 'GoalSet', data: { ...goal, by } },
    { type: 'GoalSettingEnded', data: { by } },
    {
      type: 'SolutionProposed',
      data: {
        ...{ solutionId: 'second-crew', title: 'A second crew', description: 'Hire it.', problemIds: ['slow-repairs'] },
        ...{
          goalIds: ['leaks-in-three-days'],
          estimatedCost: { amount: '1', unit: 'ZAR' },
          estimatedEffort: { amount: '1', unit: 'days' },
        },
        ...{ estimatedEffects: [], proposedAt: '2026-04-02T09:00:00Z', by },
      },
    },
    {
      type: 'SolutionSelected',
      data: { solutionId: 'second-crew', reason: 'Best.', owner: ledger.person('owner'), by },
    },
  );
  await consulted(
    {
      type: 'ConsultationPlanned',
      data: {
        ...{ title: 'Water?', subject: { kind: 'plan', id: 'water' }, level: 'consult', questions: ['What first?'] },
        ...{ requiredGroups: [], minOpenDays: 30, planner: by },
      },
    },
    {
      type: 'ConsultationOpened',
      data: { materialsHash: 'a'.repeat(64), openedAt: '2026-04-03T00:00:00Z', closesAt: '2026-06-01T00:00:00Z' },
    },
  );
});
afterAll(async () => {
  jest.restoreAllMocks();
  await ledger.close();
});

it('is not submitted before everything is there, and says what is missing', async () => {
  const consultations = ['water-2026'];
  const before = await ledger.read(`${water}/completeness?consultations=water-2026`, 'clerk');
  expect(before).toMatchObject({
    complete: false,
    missing: [
      { sentence: 'The consultation water-2026 is not closed as adequate.' },
      { pointer: '/goals/leaks-in-three-days/weight', sentence: 'The goal leaks-in-three-days has no weight.' },
    ],
  });
  expect(await refusal('clerk', 'submission', { consultations }, 409)).toMatch(/adequate consultation/);
  await consulted({
    type: 'ConsultationClosed',
    data: { closedAt: '2026-06-01T00:00:00Z', adequate: true, coverage: [] },
  });
  expect(await refusal('clerk', 'submission', { consultations }, 409)).toMatch(/Every goal has an indicator/);
  await planned({ type: 'GoalChanged', data: { ...goal, weight: '1', by: ledger.person('clerk') } });
  expect(await ledger.read(`${water}/completeness?consultations=water-2026`, 'head')).toMatchObject({ complete: true });
  await ledger.post('head', `${water}/submission`, { consultations }, 403);
  await ledger.post('clerk', `${water}/submission`, { consultations: [] }, 400);
  await ledger.post('clerk', `${water}/submission`, { consultations }, 200);
});

it('is returned, submitted again, endorsed, approved and published, each by somebody else over the same hash', async () => {
  const first = await hashOf();
  expect(await inbox('head', '?role=head-of-department&mine=true')).toMatchObject([
    { plan: 'water', kind: 'plan', about: 'Water', step: 'endorse', contentHash: first },
  ]);
  const findings = [{ pointer: '/goals/leaks-in-three-days', finding: 'The title is vague.' }];
  await ledger.post('head', `${water}/findings`, { contentHash: first, findings }, 200);
  expect(await inbox('clerk', '?role=service-owner')).toMatchObject([{ step: 'mend', plan: 'water' }]);
  const by = ledger.person('clerk');
  await planned(
    { type: 'GoalChanged', data: { ...goal, title: 'A leak is fixed within three working days', weight: '1', by } },
    { type: 'GoalSettingEnded', data: { by } },
  );
  await ledger.post('clerk', `${water}/submission`, { consultations: ['water-2026'] }, 200);
  const contentHash = await hashOf();
  expect(contentHash).not.toBe(first);

  expect(await refusal('head', 'endorsement', { contentHash: first }, 409)).toMatch(/by its content hash/);
  await ledger.post('clerk', `${water}/endorsement`, { contentHash }, 403);
  await ledger.signIn('clerk', 'head-of-department');
  expect(await refusal('clerk', 'endorsement', { contentHash }, 403)).toBe(
    'Who wrote or submitted a plan does not endorse it.',
  );
  expect(await inbox('clerk', '?mine=true&role=head-of-department')).toEqual([]);
  await ledger.signIn('clerk', 'service-owner');
  await ledger.post('head', `${water}/endorsement`, { contentHash }, 200);
  await ledger.signIn('head', 'executive');
  expect(await refusal('head', 'approval', { contentHash }, 403)).toBe('Who endorsed a plan does not approve it.');
  await ledger.post('mayor', `${water}/approval`, { contentHash }, 200);

  const answer = { inputId: 'input-7', disposition: 'accepted', rationale: 'It is so.' } as const;
  await consulted({ type: 'InputAnswered', data: { ...answer, linkedTo: [] } });
  const publication = await ledger.post('mayor', `${water}/publication`, { contentHash }, 409);
  expect(publication.body).toMatchObject({
    title: expect.stringMatching(/every accepted input leads/),
    detail: expect.stringContaining('input-7'),
  });
  const linkedTo = [{ kind: 'problem' as const, plan: 'water', id: 'slow-repairs' }];
  await consulted({ type: 'AnswerLinked', data: { inputId: 'input-7', linkedTo } });
  await ledger.post('mayor', `${water}/publication`, { contentHash }, 200);
  await ledger.post('mayor', `${water}/publication`, { contentHash }, 200);
  expect(await ledger.read(water, 'clerk')).toMatchObject({ state: { status: 'published', version: 2, contentHash } });
});

it('has progress reported by the owner from readings, and verified by somebody else', async () => {
  const report = {
    ...{ reportId: 'q4', period: '2026-Q4', results: [{ goalId: 'leaks-in-three-days', kind: 'measured' }] },
    ...{ narrative: 'The crew works.', evidence: [{ title: 'Log', sha256: 'b'.repeat(64) }] },
  };
  expect(await refusal('owner', 'progress-reports', report, 409)).toMatch(/figure of recorded readings/);
  await ledger.upload('capturer', `${agency}/indicators/leak-days/readings`, [
    { id: 'r-1', kind: 'value', period: '2026-Q4', value: '6', dimensions: {} },
    { id: 'r-2', kind: 'value', period: '2026-Q4', value: '7', dimensions: {} },
  ]);
  expect(await refusal('clerk', 'progress-reports', report, 403)).toMatch(/owner of a selected solution/);
  const both = { ...report, results: [{ goalId: 'leaks-in-three-days', kind: 'value' }] };
  expect((await ledger.post('owner', `${water}/progress-reports`, both, 400)).body.errors).toMatchObject([
    { pointer: '/results/0' },
  ]);
  await ledger.post('owner', `${water}/progress-reports`, report, 201);
  expect((await ledger.read(water, 'clerk')).state.reports[0].results).toMatchObject([
    { kind: 'value', value: '6.5', readings: [{ ledger: 'leak-days/2026-Q4' }] },
  ]);
  expect(await inbox('verifier', '?mine=true&role=verifier')).toMatchObject([
    { kind: 'report', item: 'q4', about: '2026-Q4' },
  ]);
  await ledger.signIn('owner', 'verifier');
  expect(await refusal('owner', 'progress-reports/q4/verification', {}, 403)).toBe(
    'Who filed a progress report does not verify or return it.',
  );
  await ledger.signIn('owner', 'service-owner');
  await ledger.post(
    'verifier',
    `${water}/progress-reports/q4/findings`,
    { findings: [{ finding: 'Which crew?' }] },
    200,
  );
  await ledger.post('owner', `${water}/progress-reports`, { ...report, narrative: 'The second crew works.' }, 201);
  await ledger.post('verifier', `${water}/progress-reports/q4/verification`, {}, 200);
  expect(await inbox('verifier')).toEqual([]);
});

it('is weakened only with the approval of oversight, in public', async () => {
  const revision = (value: string, revisionId: string) => ({
    revisionId,
    reason: 'The drought left the pipes dry.',
    changes: [
      {
        goalId: 'leaks-in-three-days',
        target: { kind: 'min', value },
        dueDate: '2028-12-31',
        weight: '1',
        equityFloor: { dimension: 'ward', floor: '4' },
      },
    ],
  });
  const typedIn = { ...revision('4', 'drought'), weakening: false };
  expect((await ledger.post('owner', `${water}/revisions`, typedIn, 400)).body.errors).toMatchObject([
    { pointer: '/weakening' },
  ]);
  await ledger.post('owner', `${water}/revisions`, revision('4', 'drought'), 201);
  expect(await refusal('owner', 'revisions', revision('2', 'another'), 409)).toMatch(/one revision at a time/);
  const approvals = 'revisions/drought/approvals';
  expect(await refusal('mayor', approvals, {}, 409)).toMatch(/refused unless oversight has approved/);
  expect(await refusal('council', approvals, {}, 422)).toMatch(/public reason/);
  await ledger.post('council', `${water}/${approvals}`, { publicReason: 'Two dry seasons.' }, 200);
  expect(await refusal('mayor', 'revisions/drought/publication', {}, 409)).toMatch(/everybody who has to approve/);
  await ledger.post('mayor', `${water}/${approvals}`, {}, 200);
  await ledger.post('mayor', `${water}/revisions/drought/publication`, {}, 200);
  const { body } = await ledger.http().get(`${water}/revisions`).expect(200);
  expect(body.rows).toEqual([
    {
      revisionId: 'drought',
      status: 'published',
      weakening: true,
      reason: 'The drought left the pipes dry.',
      publicReason: 'Two dry seasons.',
      approvedBy: ['oversight', 'executive'],
      goals: [
        {
          ...{ goalId: 'leaks-in-three-days', title: 'A leak is fixed within three working days', weakening: true },
          ...{ weakens: ['target'], changed: [{ pointer: '/target/value', before: '3', after: '4' }] },
        },
      ],
    },
  ]);
  await ledger.post('owner', `${water}/revisions`, revision('3.5', 'second'), 201);
  expect(await inbox('mayor', '?plan=water')).toMatchObject([{ item: 'second', step: 'approve', role: 'executive' }]);
  await ledger.post('owner', `${water}/revisions/second/rejection`, { reason: 'Not yet.' }, 200);
});

it('is closed after its last day, evaluated from readings, and goes on in the next cycle', async () => {
  const reason = 'The last day has passed.';
  expect(await refusal('clerk', 'closing', { reason }, 409)).toMatch(/after its last day/);
  // Tokens are of that day, too.
  today = '2029-04-02';
  await signInAll();
  await ledger.upload('capturer', `${agency}/indicators/leak-days/readings`, [
    { id: 'r-3', kind: 'value', period: '2028-Q4', value: '3.4', dimensions: { ward: '1' } },
    { id: 'r-4', kind: 'value', period: '2028-Q4', value: '4.4', dimensions: { ward: '2' } },
  ]);
  await ledger.post('clerk', `${water}/closing`, { reason }, 200);
  expect(
    await refusal(
      'owner',
      'progress-reports',
      {
        reportId: 'late',
        period: '2028-Q4',
        results: [{ goalId: 'leaks-in-three-days', kind: 'measured' }],
        narrative: 'Late.',
        evidence: [],
      },
      409,
    ),
  ).toMatch(/while the plan is in force/);
  expect(await refusal('clerk', 'goals/leaks-in-three-days/continuation', { toPlan: 'another' }, 422)).toMatch(
    /opened as the next cycle/,
  );
  // Once it is evaluated, the process does all this where nobody has.
  const next = {
    title: 'Water',
    cycle: 2,
    from: '2029-04-01',
    to: '2032-03-31',
    predecessor: 'water',
    strategicPlanRef: 'SP',
  };
  await ledger
    .http()
    .post('/v1/agencies/boston/plans')
    .set({ ...ledger.bearer('clerk'), 'if-match': '"7"' })
    .send({ id: 'water-never', ...next })
    .expect(412);
  expect((await ledger.read(water, 'clerk')).state).not.toHaveProperty('successor');
  const opened = await Promise.all(
    ['water-2029', 'water-for-all', 'water-works'].map((id) =>
      ledger
        .http()
        .post('/v1/agencies/boston/plans')
        .set(ledger.bearer('clerk'))
        .send({ id, ...next }),
    ),
  );
  const [successor] = opened.filter(({ status }) => status === 201);
  expect(opened.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  expect(opened.find(({ status }) => status === 409)!.body.title).toMatch(/no two cycles go on with the same one/);
  const carry = { toPlan: successor!.body.id as string };
  await ledger.post('clerk', `${water}/goals/leaks-in-three-days/continuation`, carry, 200);
  const evaluation = {
    ...{
      process: { approach: 60, deployment: 45, learning: 30, integration: 40 },
      lessons: ['Ask for the crew first.'],
    },
    ...{ results: { levels: 55, trends: 50, comparisons: 20, integration: 40 } },
  };
  await ledger.signIn('owner', 'verifier');
  expect(await refusal('owner', 'evaluation', evaluation, 403)).toMatch(/does not evaluate it/);
  expect(await inbox('auditor', '?role=oversight&mine=true')).toMatchObject([{ step: 'evaluate' }]);
  await ledger.post('auditor', `${water}/evaluation`, evaluation, 200);
  expect((await ledger.read(water, 'clerk')).state.evaluation.goals).toMatchObject([
    {
      goalId: 'leaks-in-three-days',
      verdict: 'not-met',
      value: '3.9',
      period: '2028-Q4',
      reason: 'Short of the equity floor: 2.',
    },
  ]);
});

it('has a history that says what each decision changed, by page, by filter, of the past and as a file', async () => {
  const history = `${water}/history`;
  const all = (await ledger.read(history, 'auditor')).rows as { revision: string; type: string; changed: object[] }[];
  const { revision } = await ledger.read(water, 'clerk');
  expect(all).toHaveLength(Number(revision) + 1);
  const revised = (await ledger.read(`${history}?type=GoalRevised`, 'auditor')).rows;
  expect(revised).toMatchObject([
    {
      role: 'executive',
      person: ledger.person('mayor'),
      changed: [{ pointer: '/goals/leaks-in-three-days/target/value', before: '3', after: '4' }],
    },
  ]);
  const part = (await ledger.read(`${history}?part=/goals/leaks-in-three-days&from=2020-01-01T00:00:00Z`, 'auditor'))
    .rows as { type: string }[];
  expect(part.map(({ type }) => type)).toEqual(['GoalSet', 'GoalChanged', 'GoalChanged', 'GoalRevised']);
  const pages: unknown[] = [];
  for (let cursor = ''; pages.length === 0 || cursor !== '';) {
    const page = await ledger.read(`${history}?limit=7${cursor}`, 'auditor');
    pages.push(...(page.rows as unknown[]));
    cursor = page.next === undefined ? '' : `&cursor=${page.next as string}`;
  }
  expect(pages).toEqual(all);
  expect((await ledger.read(`${history}?asOf=4`, 'auditor')).rows).toEqual(all.slice(0, 5));
  const csv = await get(`${history}?type=PlanPublished`, 'auditor', 'text/csv');
  expect(csv.text).toMatch(/PlanPublished.*executive.*\/status: ""approved"" -> ""published""/s);
  const lines = await get(history, 'auditor', 'application/x-ndjson');
  expect(
    lines.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(all);
  await ledger.read(history, 'capturer', 403);
});

it('has an inbox that says what waited at a moment of the past', async () => {
  const rows = (await ledger.read(`${water}/history`, 'auditor')).rows as { revision: string; type: string }[];
  const at = (type: string): string => rows.find((row) => row.type === type)!.revision;
  const asOf = (moment: string, query = ''): Promise<object[]> => inbox('mayor', `?plan=water&asOf=${moment}${query}`);
  expect(await asOf(at('PlanCycleOpened'))).toEqual([]);
  expect(await asOf(at('PlanSubmitted'))).toMatchObject([{ step: 'endorse', role: 'head-of-department' }]);
  expect(await asOf(at('PlanEndorsedByHead'), '&mine=true')).toMatchObject([{ step: 'approve', role: 'executive' }]);
  expect(await asOf(at('PlanApprovedByExecutive'), '&role=verifier')).toEqual([]);
  expect(await asOf(at('ProgressReportFiled'), '&limit=1')).toMatchObject([{ kind: 'report', step: 'verify' }]);
  await ledger.read(`${agency}/approvals?asOf=3`, 'mayor', 400);
});

it('has an inbox that is built anew byte for byte', async () => {
  const documents = async (): Promise<string> =>
    JSON.stringify(
      await ledger.app
        .get(ReadModels)
        .db.collection('approvals')
        .find({}, { projection: { _v: 0 } })
        .sort({ _id: 1 })
        .toArray(),
    );
  await ledger.read(`${agency}/approvals`, 'mayor');
  const before = await documents();
  expect(before).toContain('boston/water');
  await ledger.post('administrator', '/v1/operations/read-models/approvals/rebuild', {}, 200);
  await ledger.read(`${agency}/approvals`, 'mayor');
  expect(await documents()).toBe(before);
  const csv = await get(`${agency}/approvals`, 'mayor', 'text/csv');
  expect(csv.text.split('\n')[0]).toBe('plan,kind,item,about,step,role,person,since,by,contentHash');
});
