import { StreamDecider } from '@app/event-store';
import { Clock, Command, type CommandMetadata } from '@app/kernel';
import { plan, type PlanEvent } from '@app/planning/events';
import { exampleMetadata } from '@app/testing';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunningLedger } from './running-ledger.js';

const agency = '/v1/agencies/boston';
const water = `${agency}/consultations/water`;
const hash = 'ab'.repeat(32);
const hour = 3_600_000;
const day = 24 * hour;
/** Nothing else in the whole test says it. */
const secret = 'Ostrich walks to the standpipe at dawn';
const key = 'bW9vbmxpdC1zdGFuZHBpcGUtd2Fsaw';

let ledger: RunningLedger;
/** Milliseconds that the service is ahead of the real time. */
let ahead = 0;

const at = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
const refusal = async (name: string, path: string, body: object, status: number) => {
  const { body: problem } = await ledger.post(name, path, body, status);
  return { title: problem.title as string, detail: String(problem.detail) };
};
/** Without an account. */
const send = async (path: string, body: object, status: number) => {
  const reply = await ledger.http().post(path).send(body);
  expect({ path, status: reply.status, body: reply.body }).toMatchObject({ path, status });
  return reply;
};
const upload = (lines: readonly object[]) =>
  ledger
    .http()
    .post(`${water}/gathered-inputs`)
    .set({ ...ledger.bearer('owner'), 'content-type': 'application/x-ndjson' })
    .send(lines.map((line) => JSON.stringify(line)).join('\n'));
const signInAll = async (): Promise<void> => {
  await ledger.signIn('administrator', 'administrator');
  await ledger.signIn('owner', 'service-owner');
  await ledger.signIn('council', 'oversight');
  await ledger.signIn('citizen', 'analyst');
};

class Happen extends Command<{ readonly events: readonly PlanEvent[] }> {}
/** What planning decides is specified there: here it has happened. */
const happensToThePlan = (...events: readonly PlanEvent[]) => {
  const metadata: CommandMetadata = { ...exampleMetadata, commandId: randomUUID() };
  const command = new Happen('boston', 'water-2026', { events }, metadata);
  return ledger.app.get(StreamDecider).execute(plan, command, ({ data }) => data.events, undefined);
};

beforeAll(async () => {
  ledger = await RunningLedger.start();
  const clock = ledger.app.get(Clock);
  jest.spyOn(clock, 'now').mockImplementation(() => new Date(Date.now() + ahead));
  await signInAll();
  await ledger.post(
    'administrator',
    '/v1/agencies',
    { id: 'boston', name: 'City of Boston', timeZone: 'Africa/Johannesburg' },
    201,
  );
  await ledger.post('administrator', `${agency}/districts`, { districts: [{ id: 'north', name: 'North' }] }, 201);
  await ledger.post(
    'administrator',
    `${agency}/services`,
    {
      id: 'water-supply',
      name: 'Water supply',
      type: 'infrastructure',
      scope: 'external',
      channels: ['telephone'],
      feeBearing: true,
      owner: ledger.person('owner'),
    },
    201,
  );
  await ledger.post(
    'owner',
    `${agency}/services/water-supply/client-groups`,
    {
      id: 'formal',
      name: 'Formal households',
      kind: 'households',
      populationSize: 40_000,
      asOf: '2025-06-30',
      source: 'Census 2022',
      actualOrPotential: 'actual',
    },
    201,
  );
});
afterAll(async () => {
  jest.restoreAllMocks();
  await ledger.close();
});

const own = (groupId: string, population: number, threshold: string) => ({
  groupId,
  name: groupId,
  population,
  asOf: '2025-06-30',
  source: 'Survey',
  threshold,
});
const planned = {
  id: 'water',
  title: 'How should water reach you?',
  subject: { kind: 'plan', id: 'water-2026' },
  level: 'involve',
  questions: ['What should change first?'],
  requiredGroups: [
    { groupId: 'formal', serviceId: 'water-supply', threshold: '0.5' },
    own('informal', 12_000, '0.6'),
    own('farms', 90, '1'),
  ],
  minOpenDays: 30,
};
let whenThemed = '';
const receipts = new Map<string, string>();

describe('a consultation is planned and opened', () => {
  it('about a plan that is there, with the population that the service knows', async () => {
    expect(await refusal('owner', `${agency}/consultations`, planned, 422)).toMatchObject({
      title: 'A consultation informs a plan, agreement or amendment that is there.',
    });
    await happensToThePlan({
      type: 'PlanCycleOpened',
      data: {
        title: 'Water',
        cycle: 1,
        from: '2026-04-01',
        to: '2029-03-31',
        strategicPlanRef: 'Outcome 3',
        by: ledger.person('owner'),
      },
    });
    await ledger.post('owner', `${agency}/consultations`, planned, 201);
    expect((await ledger.post('owner', `${agency}/consultations`, planned, 200)).body.eventIds).toEqual([]);
    const { state } = await ledger.read(water, 'owner');
    expect(state.requiredGroups[0]).toMatchObject({ groupId: 'formal', population: 40_000, source: 'Census 2022' });
  });
  it('refuses what is not well formed at its field, and strangers', async () => {
    const wrong = { ...planned, requiredGroups: [{ ...own('informal', 0, '1.5') }], minOpenDays: 0, level: 'rule' };
    const { body } = await ledger.post('owner', `${agency}/consultations`, wrong, 400);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/level',
      '/minOpenDays',
      '/requiredGroups/0/population',
    ]);
    const group = async (own: object) => {
      const asked = { ...planned, id: 'another', requiredGroups: [own] };
      const { body: refused } = await ledger.post('owner', `${agency}/consultations`, asked, 422);
      return refused.errors.map(({ pointer, rule }: { pointer: string; rule: string }) => [pointer, rule]);
    };
    expect(await group(own('informal', 12_000, '1.01'))).toEqual([
      ['/requiredGroups/0/threshold', 'consultation/a-threshold-is-above-zero-and-at-most-one'],
    ]);
    const { population: _none, ...uncounted } = own('informal', 12_000, '0.5');
    expect(await group(uncounted)).toEqual([
      ['/requiredGroups/0/population', 'consultation/a-required-group-has-a-population'],
    ]);
    await send(`${agency}/consultations`, planned, 401);
    await ledger.post('citizen', `${agency}/consultations`, planned, 403);
  });
  it('takes no input before it opens', async () => {
    await send(`${water}/inputs`, { text: 'Early', identification: 'anonymous' }, 409);
    await send(`${agency}/consultations/nowhere/inputs`, { text: 'Lost', identification: 'anonymous' }, 404);
  });
  it('for as long as its plan asks for', async () => {
    const now = Date.now();
    const short = { materialsHash: hash, closesAt: at(now + hour) };
    expect(await refusal('owner', `${water}/opening`, short, 422)).toMatchObject({
      title: 'A consultation stays open for at least the days that its plan asks for.',
    });
    await ledger.post('owner', `${water}/opening`, { ...short, openedAt: at(now - 40 * day) }, 200);
    expect(await ledger.read(`${agency}/consultations?status=open&subject=plan/water-2026`)).toMatchObject({
      rows: [{ consultation: 'water', status: 'open', adequate: null }],
    });
  });
});

describe('people speak', () => {
  it('without an account, and get a receipt once', async () => {
    const said = {
      text: secret,
      contact: 'ostrich-walk@example.org',
      group: 'informal',
      district: 'north',
      stance: 'for',
    };
    const { body, headers } = await send(`${water}/inputs`, { ...said, identification: 'anonymous' }, 201);
    expect(body.receipt).toMatch(/^[\w-]{27}$/);
    expect(headers['cache-control']).toBe('no-store');
    receipts.set('anonymous', body.receipt);
    const { body: known } = await ledger.http().get(headers['location']!).set(ledger.bearer('owner')).expect(200);
    expect(known).toMatchObject({
      text: { status: 'open', text: secret },
      contact: { status: 'open', text: 'ostrich-walk@example.org' },
      identification: 'anonymous',
      person: expect.stringMatching(/^c-/),
    });
  });
  it('under a pseudonym that is theirs', async () => {
    const said = { identification: 'pseudonymous', key, group: 'formal' };
    const first = await send(`${water}/inputs`, { ...said, text: 'Leaks first' }, 201);
    const second = await send(`${water}/inputs`, { ...said, text: 'And pressure' }, 201);
    const people = await Promise.all(
      [first, second].map(async ({ body: { id } }) => (await ledger.read(`${water}/inputs/${id}`, 'owner')).person),
    );
    expect(people[0]).toMatch(/^k-/);
    expect(people[1]).toBe(people[0]);
    receipts.set('withdrawn', second.body.receipt);
    receipts.set('pseudonymous', first.body.receipt);
    await send(`${water}/inputs`, { ...said, key: 'short', text: 'Again' }, 422);
  });
  it('by name only with a token, and unknown even with one where they wish', async () => {
    await send(`${water}/inputs`, { text: 'It is me', identification: 'identified' }, 401);
    const identified = { text: 'It is me', identification: 'identified', group: 'formal' };
    const { body } = await ledger.post('citizen', `${water}/inputs`, identified, 201);
    expect(await ledger.read(`${water}/inputs/${body.id}`, 'owner')).toMatchObject({
      person: ledger.person('citizen'),
    });
    const unknown = await ledger.post('citizen', `${water}/inputs`, { text: 'Psst', identification: 'anonymous' }, 201);
    const entry = await ledger.read(`/v1/history?stream=input-boston/water.${unknown.body.id}`, 'council');
    expect(JSON.stringify(entry)).not.toContain(ledger.person('citizen'));
  });
  it.each([
    [{ group: 'tourists' }, 422],
    [{ district: 'atlantis' }, 422],
    [{ themes: ['unnamed'] }, 422],
    [{ text: '' }, 400],
    [{ stance: 'maybe' }, 400],
    [{ name: 'Jo' }, 400],
  ])('not with %j', (wrong, status) =>
    send(`${water}/inputs`, { text: 'Water', identification: 'anonymous', ...wrong }, status),
  );
  it('on paper, a line each; the same lines again change nothing, another text is refused', async () => {
    await ledger.post('owner', `${water}/themes`, { id: 'standpipes', title: 'Distance to the next standpipe' }, 200);
    const lines = Array.from({ length: 40 }, (_, index) => ({
      id: `form-${index}`,
      text: `Paper ${index}`,
      group: index < 22 ? 'informal' : index < 38 ? 'formal' : 'farms',
      themes: ['standpipes'],
      channel: 'post',
    }));
    const first = await upload([...lines, { id: 'form-40' }]);
    expect(first.status).toBe(207);
    expect(
      first.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual([expect.objectContaining({ line: 41, pointer: '/text' }), { accepted: 40, unchanged: 0, rejected: 1 }]);
    const again = await upload([...lines.slice(0, 39), { ...lines[39], text: 'Another text' }]);
    expect(again.text).toContain('An input is received once, with one content.');
    expect(again.text).toContain('{"accepted":0,"unchanged":39,"rejected":1}');
    const twice = await upload(['one', 'other'].map((text) => ({ id: 'form-50', text })));
    expect(twice.text).toContain('{"accepted":1,"unchanged":0,"rejected":1}');
  });
  it('and are read by those who answer them', async () => {
    const { rows } = await ledger.read(`${water}/inputs?theme=standpipes&limit=10`, 'owner');
    expect(rows).toHaveLength(10);
    expect(rows[0]).toMatchObject({ input: 'form-0', text: 'Paper 0', missing: null, moderation: 'awaited' });
    await ledger.read(`${water}/inputs?theme=standpipes&group=formal`, 'owner', 400);
    await ledger.read(`${water}/inputs`, 'citizen', 403);
    const csv = await ledger
      .http()
      .get(`${water}/inputs`)
      .set({ ...ledger.bearer('owner'), accept: 'text/csv' });
    expect(csv.text.trim().split('\n')).toHaveLength(47);
  });
  it('are moderated and themed', async () => {
    await ledger.post(
      'owner',
      `${water}/inputs/form-1/moderation`,
      { moderation: 'withheld', reason: 'Names a neighbour' },
      200,
    );
    await ledger.post('owner', `${water}/themes`, { id: 'leaks', title: 'Leaks' }, 200);
    const themed = await ledger.post('owner', `${water}/inputs/form-2/themes`, { themes: ['leaks'] }, 200);
    whenThemed = themed.headers['ledger-position'] as string;
    await ledger.post('owner', `${water}/inputs/form-2/themes`, { themes: ['roads'] }, 422);
    const { rows } = await ledger.read(`${water}/inputs?moderation=withheld`, 'owner');
    expect(rows).toMatchObject([{ input: 'form-1', text: null, missing: 'withheld' }]);
  });
  it('take back what they said, by their receipt alone', async () => {
    const code = { receipt: receipts.get('withdrawn')! };
    await ledger.http().post(`${water}/withdrawals`).set('if-match', '"7"').send(code).expect(412);
    const { body } = await send(`${water}/withdrawals`, code, 200);
    expect((await send(`${water}/withdrawals`, code, 200)).body.eventIds).toEqual([]);
    expect((await send(`${water}/receipts`, code, 200)).body).toMatchObject({ status: 'withdrawn' });
    expect(await ledger.read(`${water}/inputs/${body.id}`, 'owner')).not.toHaveProperty('text');
    receipts.set('withdrawn input', body.id);
  });
  it('and a receipt that is none says nothing about why', async () => {
    const bare = ({ body }: { body: Record<string, unknown> }) => ({ ...body, traceId: '', instance: '' });
    const wrong = bare(await send(`${water}/receipts`, { receipt: 'A'.repeat(27) }, 404));
    expect(bare(await send(`${water}/receipts`, { receipt: '?' }, 404))).toEqual(wrong);
    expect(bare(await send(`${water}/withdrawals`, { receipt: 'A'.repeat(27) }, 404))).toEqual(wrong);
    await ledger
      .http()
      .get(`${water}/receipts/${receipts.get('anonymous')!}`)
      .expect(404);
  });
});

describe('opportunity counts, not response', () => {
  const opportunity = (id: string, groupId: string, reached: number) => ({
    id,
    groupId,
    channel: 'in-person',
    accessibleFormats: ['step-free'],
    reached,
    from: at(Date.now() - 39 * day),
    to: at(Date.now() + hour),
    evidenceHash: hash,
  });
  it('so many were reached, group by group and channel by channel', async () => {
    await ledger.post('owner', `${water}/opportunities`, opportunity('halls', 'formal', 25_000), 200);
    await ledger.post('owner', `${water}/opportunities`, opportunity('visits', 'farms', 90), 200);
    await ledger.post('owner', `${water}/opportunities`, opportunity('tent', 'informal', 3_000), 200);
    const told = await ledger.read(`${water}/coverage`);
    expect(told).toMatchObject({ settledGroups: 2, requiredGroups: 3, uncovered: ['informal'] });
    expect(told.rows).toMatchObject([
      { group: 'formal', coverage: '0.625', standing: 'covered', respondents: 20, representation: null },
      { group: 'informal', coverage: '0.25', standing: 'uncovered', respondents: 25 },
      { group: 'farms', coverage: '1', standing: 'covered', respondents: null, responseRate: null },
    ]);
    expect(told.rows[1].channels).toEqual([
      { channel: 'in-person', opportunities: 1, reached: 3_000, accessibleFormats: ['step-free'], open: true },
    ]);
  });
  it('and exact counts are for those who work with them', async () => {
    const { rows } = await ledger.read(`${water}/coverage/counts`, 'owner');
    expect(rows).toMatchObject([
      { group: 'formal', respondents: 18, responseRate: '0.0007', representation: '0.5451', underrepresented: true },
      { group: 'informal', respondents: 23, responseRate: '0.0077', underrepresented: false },
      { group: 'farms', respondents: 2, responseRate: '0.0222', underrepresented: false },
    ]);
    const before = await ledger.read(`${water}/coverage/counts?asOf=1`, 'owner');
    expect(await ledger.read(`${water}/coverage?asOf=1`)).toEqual(before);
    expect(before.rows).toMatchObject([{ reached: 0, respondents: null }, {}, {}]);
    await ledger.read(`${water}/coverage/counts`, undefined, 401);
    const csv = await ledger.http().get(`${water}/coverage`).set('accept', 'text/csv').expect(200);
    expect(csv.text.split('\n')[2]).toContain('informal,informal,12000');
  });
  it('it is not closed before the announced time', async () => {
    expect(await refusal('owner', `${water}/closing`, { adequate: true }, 409)).toMatchObject({
      title: 'A consultation is not closed before the time that was announced.',
    });
    ahead = 2 * hour;
    await signInAll();
  });
  it('it does not close as adequate while a group was missed, which is named', async () => {
    expect(await refusal('owner', `${water}/closing`, { adequate: true }, 409)).toEqual({
      title: 'A consultation closes as adequate only when every required group is covered or waived.',
      detail: 'Neither covered nor waived: informal.',
    });
    await ledger.post('owner', `${water}/unreachable-groups`, { groupId: 'informal', reason: 'No road' }, 200);
    await ledger.post('owner', `${water}/closing`, { adequate: true }, 409);
  });
  it('only oversight waives, and then it closes', async () => {
    const waiver = { groupId: 'informal', reason: 'The settlement was evacuated' };
    await ledger.post('owner', `${water}/waivers`, waiver, 403);
    await ledger.post('administrator', `${water}/waivers`, waiver, 403);
    await ledger.post('council', `${water}/waivers`, waiver, 200);
    await ledger.post('owner', `${water}/closing`, { adequate: true }, 200);
    expect(await ledger.read(`${water}/coverage`)).toMatchObject({
      status: 'closed',
      adequate: true,
      uncovered: [],
      waived: ['informal'],
    });
    await send(`${water}/inputs`, { text: 'Late', identification: 'anonymous' }, 409);
  });
});

describe('you said, we did', () => {
  const answer = { themeId: 'standpipes', disposition: 'accepted', rationale: 'Nine of ten walk far' };
  const link = { kind: 'problem', plan: 'water-2026', id: 'far-standpipes' };
  const response = {
    youSaidWeDid: [
      { themeId: 'standpipes', youSaid: 'Too far', weDid: 'Forty new ones' },
      { themeId: 'leaks', youSaid: 'They leak', weDid: 'Not in this plan' },
    ],
  };

  it('an answer leads to something that is there', async () => {
    await ledger.post('owner', `${water}/answers`, { ...answer, linkedTo: [link] }, 422);
    const by = ledger.person('owner');
    await happensToThePlan(
      { type: 'KeyServiceSelected', data: { serviceId: 'water-supply', rationale: 'x', evidence: [], by } },
      {
        type: 'ProblemStated',
        data: {
          problemId: 'far-standpipes',
          serviceId: 'water-supply',
          statement: 'Standpipes are too far away',
          origin: { kind: 'input', consultationId: 'water', inputId: 'form-0' },
          causes: [],
          by,
        },
      },
      {
        type: 'GoalSet',
        data: {
          goalId: 'near-standpipes',
          title: 'A standpipe within 200 metres',
          problemIds: ['far-standpipes'],
          target: { kind: 'max', value: '90' },
          unit: '%',
          trajectory: [],
          by,
        },
      },
    );
    await ledger.post('owner', `${water}/answers`, { ...answer, linkedTo: [link] }, 200);
    await ledger.post('owner', `${water}/answers`, { ...answer, themeId: 'roads' }, 404);
  });
  it('an answer to a withdrawn input is refused', async () => {
    const { themeId: _theme, ...said } = answer;
    const withdrawn = { ...said, inputId: receipts.get('withdrawn input') };
    expect(await refusal('owner', `${water}/answers`, withdrawn, 409)).toMatchObject({
      title: 'An input that was withdrawn is not answered.',
    });
    await ledger.post('owner', `${water}/answers`, { ...said, inputId: 'form-99' }, 404);
    await ledger.post('owner', `${water}/answers`, { ...said, inputId: 'form-39', disposition: 'out-of-scope' }, 200);
  });
  it('the response is published only when every theme is answered', async () => {
    await ledger.read(`${water}/response`, undefined, 404);
    expect(await refusal('owner', `${water}/response`, response, 409)).toMatchObject({ detail: 'Not yet: leaks.' });
    await ledger.post(
      'owner',
      `${water}/answers`,
      { themeId: 'leaks', disposition: 'rejected', rationale: 'Later' },
      200,
    );
    await ledger.post('owner', `${water}/response`, response, 200);
    expect(await ledger.read(`${water}/response`)).toMatchObject({
      themes: [
        // What a plan says is not told before it is published.
        { youSaid: 'Too far', answers: [{ outcomes: [{ id: 'far-standpipes', status: 'diagnosing' }] }] },
        { weDid: 'Not in this plan', answers: [{ disposition: 'rejected', outcomes: [] }] },
      ],
    });
  });
  it('and whoever spoke follows it down to the measured result', async () => {
    const by = ledger.person('owner');
    await happensToThePlan(
      { type: 'DiagnosisEnded', data: { by } },
      { type: 'GoalSettingEnded', data: { by } },
      { type: 'PlanSubmitted', data: { version: 1, contentHash: hash, consultations: ['water'], author: by } },
      { type: 'PlanEndorsedByHead', data: { contentHash: hash, endorser: 'p-head' } },
      { type: 'PlanApprovedByExecutive', data: { contentHash: hash, approver: 'p-mayor' } },
      { type: 'PlanPublished', data: { version: 1, contentHash: hash, by } },
      {
        type: 'ProgressReportFiled',
        data: {
          reportId: 'q2',
          period: '2026-Q2',
          results: [{ kind: 'value', goalId: 'near-standpipes', value: '41.5', readings: [] }],
          narrative: 'Under way',
          evidence: [],
          reporter: by,
        },
      },
      { type: 'ProgressReportVerified', data: { reportId: 'q2', verifier: 'p-verifier' } },
    );
    const outcomes = [
      {
        title: 'Standpipes are too far away',
        goals: [{ goal: 'near-standpipes', unit: '%', result: { period: '2026-Q2', value: '41.5' } }],
      },
    ];
    const { rows } = await ledger.read(`${water}/traceability?theme=standpipes&limit=1`);
    expect(rows).toMatchObject([{ input: 'form-0', answers: [{ to: 'theme', disposition: 'accepted', outcomes }] }]);
    const csv = await ledger.http().get(`${water}/traceability`).set('accept', 'text/csv').expect(200);
    expect(csv.text).toContain('problem water-2026/far-standpipes: near-standpipes 41.5 (2026-Q2)');
    expect(csv.text).not.toContain('Paper');
    expect((await send(`${water}/receipts`, { receipt: receipts.get('anonymous')! }, 200)).body).toMatchObject({
      status: 'received',
      text: { status: 'open', text: secret },
      consultation: { status: 'response-published' },
      themes: [],
      answers: [],
    });
  });
});

describe('what became of an input', () => {
  const traced = async (question: string) => (await ledger.read(`${water}/traceability?${question}`)).rows;
  const form2 = { input: 'form-2', themes: ['leaks'] };

  it('is told as it was known at a moment, before anything was answered', async () => {
    expect(await traced('theme=leaks')).toMatchObject([{ ...form2, answers: [{ theme: 'leaks' }] }]);
    expect(await traced(`theme=leaks&asOf=${whenThemed}`)).toMatchObject([{ ...form2, answers: [] }]);
    const [before] = whenThemed.split('-').map((part) => BigInt(part) - 1n);
    expect(await traced(`theme=leaks&asOf=${before}-${before}`)).toEqual([]);
    const withdrawn = async (question: string) =>
      (await traced(question)).filter(({ status }: { status: string }) => status === 'withdrawn').length;
    expect([await withdrawn('limit=1000'), await withdrawn(`limit=1000&asOf=${whenThemed}`)]).toEqual([1, 0]);
  });
  it('is told page by page then too, and not at a revision, which is of one record', async () => {
    const path = `${water}/traceability?limit=2&asOf=${whenThemed}`;
    const first = await ledger.read(path);
    const second = await ledger.read(`${path}&cursor=${first.next}`);
    const names = [...first.rows, ...second.rows].map(({ input }: { input: string }) => input);
    expect(new Set(names).size).toBe(4);
    expect(names).toEqual([...names].sort());
    await ledger.read(`${water}/traceability?asOf=3`, undefined, 400);
  });
});

describe('what people say', () => {
  it('stands in clear in no file and no line of the log', async () => {
    expect(ledger.lines.join('\n')).not.toContain('Ostrich');
    expect(ledger.lines.join('\n')).not.toContain(receipts.get('anonymous'));
    const files = await readdir(ledger.folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((one) => one.isFile())) {
      const bytes = await readFile(join(file.parentPath, file.name));
      expect({ file: file.name, found: bytes.includes('Ostrich') || bytes.includes('ostrich-walk@') }).toEqual({
        file: file.name,
        found: false,
      });
    }
  });
  it('comes so many times a minute from one address', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 31; index++)
      statuses.push(
        (await ledger.http().post(`${water}/inputs`).send({ text: 'Again', identification: 'anonymous' })).status,
      );
    expect(statuses.at(-1)).toBe(429);
  });
});
