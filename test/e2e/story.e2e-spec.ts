import { Clock } from '@app/kernel';
import { RunningLedger } from './running-ledger.js';

/** The time of the service. */
let now = '2026-01-05T09:00:00Z';
let ledger: RunningLedger;

const agency = '/v1/agencies/mangaung';
const plan = `${agency}/plans/water-2026`;
const consultation = `${agency}/consultations/water-2026`;
const hash = 'ab'.repeat(32);

const signInAll = async (): Promise<void> => {
  for (const [name, role] of [
    ['administrator', 'administrator'],
    ['council', 'oversight'],
  ] as const)
    await ledger.signIn(name, role);
  for (const [name, role] of [
    ['owner', 'service-owner'],
    ['supervisor', 'team-member'],
    ['lead', 'team-member'],
    ['resident', 'team-member'],
    ['capturer', 'data-capturer'],
    ['head', 'head-of-department'],
    ['mayor', 'executive'],
  ] as const)
    await ledger.signIn(name, role, 'mangaung');
};
/** Whoever acts later signs in again. */
const itIsNow = async (moment: string): Promise<void> => {
  now = moment;
  await signInAll();
};

const does: RunningLedger['post'] = (...given) => ledger.post(...given);
const refused = async (name: string, path: string, body: object, status: number): Promise<string> =>
  (await does(name, path, body, status)).body.title as string;
const citizenSends = async (path: string, body: object, status: number) => {
  const reply = await ledger.http().post(path).send(body);
  expect({ path, status: reply.status, body: reply.body }).toMatchObject({ path, status });
  return reply.body as { readonly id: string; readonly receipt: string };
};
const planNow = async () => (await ledger.read(plan, 'owner')).state;

/** What a citizen of the settlement said, and the receipt for it. */
let said: { readonly id: string; readonly receipt: string };
let withdrawn: { readonly id: string; readonly receipt: string };

beforeAll(async () => {
  ledger = await RunningLedger.start();
  jest.spyOn(ledger.app.get(Clock), 'now').mockImplementation(() => new Date(now));
  await signInAll();
});
afterAll(async () => {
  jest.restoreAllMocks();
  await ledger.close();
});

describe('1. the water service is registered', () => {
  it('with its agency, four districts and a calendar with holidays', async () => {
    const mangaung = { id: 'mangaung', name: 'Mangaung', timeZone: 'Africa/Johannesburg' };
    await does('administrator', '/v1/agencies', mangaung, 201);
    const districts = ['one', 'two', 'three', 'four'].map((id) => ({ id, name: `District ${id}` }));
    await does('administrator', `${agency}/districts`, { districts }, 201);
    const weeklyHours = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((weekday) => ({
      weekday,
      from: '08:00',
      to: '16:00',
    }));
    const calendar = { id: 'office', name: 'Office hours', timeZone: 'Africa/Johannesburg', weeklyHours };
    await does('administrator', `${agency}/calendars`, calendar, 201);
    const holidays = [{ date: '2026-04-27', name: 'Freedom Day' }];
    await does('administrator', `${agency}/calendars/office/holidays`, { holidays }, 201);
  });

  it('with an owner and three client groups', async () => {
    const water = { id: 'water-supply', name: 'Water supply', type: 'infrastructure', scope: 'external' };
    const owner = ledger.person('owner');
    const service = { ...water, channels: ['telephone', 'in-person'], feeBearing: true, owner };
    await does('administrator', `${agency}/services`, service, 201);
    for (const [id, name, kind, populationSize] of [
      ['formal', 'Formal households', 'households', 40_000],
      ['informal', 'Informal settlement', 'households', 12_000],
      ['businesses', 'Businesses', 'businesses', 900],
    ] as const) {
      const group = { id, name, kind, populationSize, asOf: '2025-06-30', source: 'Census 2022' };
      await does(
        'owner',
        `${agency}/services/water-supply/client-groups`,
        { ...group, actualOrPotential: 'actual' },
        201,
      );
    }
  });

  it('with indicators of what is measured, and readings of the last quarter', async () => {
    const card = {
      denominatorPolicy: 'completed-and-overdue',
      periodAttribution: 'opening',
      reportingCycle: 'quarter',
      timeZone: 'Africa/Johannesburg',
      durationClock: 'wall-clock',
      decimals: 1,
      minSample: 3,
      smallSampleRule: 'not-determinable',
      disaggregations: ['district'],
      districtDimension: 'district',
      responsibleRole: 'service-owner',
    };
    const indicators = [
      {
        id: 'calls-answered',
        title: 'Calls answered within 60 seconds',
        definition: 'Calls answered within 60 seconds, of all calls.',
        kind: 'ratio',
        unit: 'percent',
        direction: 'higher-is-better',
        dataSource: 'Telephone exchange',
      },
      {
        id: 'leaks-on-time',
        title: 'Leaks fixed within three working days',
        definition: 'Leaks that were fixed by their target, of those that were or should have been.',
        kind: 'case',
        unit: 'percent',
        direction: 'higher-is-better',
        dataSource: 'Repair log',
      },
      {
        id: 'leak-days',
        title: 'Working days until a leak is fixed',
        definition: 'Median of the working days from report to repair.',
        kind: 'value',
        unit: 'working days',
        direction: 'lower-is-better',
        aggregation: 'median',
        qualityDimension: 'Timeliness',
        dataSource: 'Repair log',
      },
    ];
    for (const indicator of indicators) await does('owner', `${agency}/indicators`, { ...card, ...indicator }, 201);
    const value = (id: string, district: string, days: string) => ({
      id,
      kind: 'value',
      period: '2025-Q4',
      value: days,
      dimensions: { district: `District ${district}` },
    });
    await ledger.upload('capturer', `${agency}/indicators/leak-days/readings`, [
      ...['8', '9', '14'].map((days, index) => value(`three-${index}`, 'three', days)),
      ...['2', '3', '3'].map((days, index) => value(`one-${index}`, 'one', days)),
    ]);
    const calls = { id: 'calls', kind: 'ratio', period: '2025-Q4', numerator: '600', denominator: '1000' };
    const dimensions = { district: 'District one' };
    await ledger.upload('capturer', `${agency}/indicators/calls-answered/readings`, [{ ...calls, dimensions }]);
  });
});

describe('2. the plan cycle is opened and people are heard', () => {
  it('with a supervisor, a team lead and a member of the community', async () => {
    const opening = {
      id: 'water-2026',
      title: 'Water that runs',
      cycle: 1,
      from: '2026-04-01',
      to: '2029-03-31',
      strategicPlanRef: 'Strategic plan 2025-2030, outcome 3',
    };
    const wrong = { ...opening, cycle: 0, from: '2026-02-30', strategicPlanRef: '', colour: 'blue' };
    const malformed = await does('owner', `${agency}/plans`, wrong, 400);
    expect(malformed.body.errors.map(({ pointer }: { readonly pointer: string }) => pointer).sort()).toEqual([
      '/colour',
      '/cycle',
      '/from',
      '/strategicPlanRef',
    ]);
    expect(await refused('owner', `${agency}/plans`, { ...opening, to: '2025-03-31' }, 422)).toMatch(/after it starts/);
    await does('capturer', `${agency}/plans`, opening, 403);
    await does('owner', `${agency}/plans`, opening, 201);
    const second = { ...opening, id: 'water-2029', cycle: 2, from: '2029-04-01', to: '2032-03-31' };
    expect(await refused('owner', `${agency}/plans`, { ...second, predecessor: 'water-2026' }, 409)).toBe(
      'A plan cycle is opened when its predecessor is closed.',
    );
    for (const [name, seat] of [
      ['supervisor', 'supervisor'],
      ['lead', 'team-lead'],
      ['resident', 'community'],
    ] as const)
      await does('owner', `${plan}/team`, { person: ledger.person(name), seat }, 201);
  });

  it('in a consultation that is planned for every group and opened before anything is decided', async () => {
    const group = (groupId: string, threshold: string) => ({ groupId, serviceId: 'water-supply', threshold });
    const planned = {
      id: 'water-2026',
      title: 'How should water reach you?',
      subject: { kind: 'plan', id: 'water-2026' },
      level: 'involve',
      questions: ['What should change first?'],
      requiredGroups: [group('formal', '0.5'), group('informal', '0.5'), group('businesses', '0.5')],
      minOpenDays: 30,
    };
    await does('owner', `${agency}/consultations`, planned, 201);
    const opening = { materialsHash: hash, closesAt: '2026-02-10T17:00:00+02:00' };
    await does('owner', `${consultation}/opening`, opening, 200);
    await does('owner', `${consultation}/themes`, { id: 'leaks', title: 'Leaks that run for days' }, 200);
  });

  it('where citizens speak without an account and keep a receipt', async () => {
    const leaks = { identification: 'anonymous', group: 'informal', district: 'three', themes: ['leaks'] };
    const text = 'The pipe behind the school has run for two weeks.';
    said = await citizenSends(`${consultation}/inputs`, { ...leaks, text, stance: 'for' }, 201);
    const other = { ...leaks, text: 'My grandmother carries water past the leak.', contact: 'zodwa@example.org' };
    withdrawn = await citizenSends(`${consultation}/inputs`, other, 201);
    expect(said.receipt).toMatch(/^[\w-]{27}$/);
  });

  const opportunity = {
    channel: 'in-person',
    accessibleFormats: ['step-free'],
    from: '2026-01-05T11:00:00+02:00',
    to: '2026-02-10T17:00:00+02:00',
    evidenceHash: hash,
  };

  it('which is not adequate while the informal settlement had no opportunity', async () => {
    for (const [groupId, reached] of [
      ['formal', 31_000],
      ['businesses', 880],
    ] as const)
      await does('owner', `${consultation}/opportunities`, { id: groupId, groupId, reached, ...opportunity }, 200);
    await itIsNow('2026-02-09T09:00:00Z');
    expect(await refused('owner', `${consultation}/closing`, { adequate: true }, 409)).toMatch(/announced/);
    const longer = { closesAt: '2026-03-20T17:00:00+02:00', reason: 'The settlement was not reached' };
    const late = await ledger.read(`${consultation}/coverage`, 'owner');
    expect(late.rows).toMatchObject([
      { group: 'formal', coverage: '0.775', standing: 'covered' },
      { group: 'informal', coverage: '0', standing: 'uncovered' },
      { group: 'businesses', standing: 'covered' },
    ]);
    await does('owner', `${consultation}/extensions`, longer, 200);
    await itIsNow('2026-03-21T09:00:00Z');
    expect(await refused('owner', `${consultation}/closing`, { adequate: true }, 409)).toMatch(/covered or waived/);
    const waiver = { groupId: 'informal', reason: 'Nobody could go there' };
    await does('owner', `${consultation}/waivers`, waiver, 403);
  });

  it('and is adequate when one more channel has reached it, whether people answered or not', async () => {
    const loudspeakers = {
      ...opportunity,
      id: 'loudspeakers',
      groupId: 'informal',
      reached: 7_000,
      from: '2026-02-10T08:00:00+02:00',
      to: '2026-03-20T17:00:00+02:00',
    };
    await does('owner', `${consultation}/opportunities`, loudspeakers, 200);
    await does('owner', `${consultation}/closing`, { adequate: true }, 200);
    expect((await ledger.read(consultation, 'owner')).state).toMatchObject({ status: 'closed', adequate: true });
  });

  it('a citizen withdraws consent: the key is shredded, the count stays, and history is still read', async () => {
    const coverage = await ledger.read(`${consultation}/coverage`, 'owner');
    const { person } = await ledger.read(`${consultation}/inputs/${withdrawn.id}`, 'owner');
    const subject = `${agency}/data-subjects/${person}`;
    const asking = { legalGround: 'consent-withdrawn', reason: 'Letter 2026/17' };
    await does('owner', `${subject}/erasure`, asking, 201);
    await does('council', `${subject}/erasure/approval`, { authority: 'Disposal authority 2026/3' }, 200);
    expect((await ledger.read(`${consultation}/inputs/${withdrawn.id}`, 'owner')).text.status).toBe('erased');
    expect((await ledger.read(`${consultation}/coverage`, 'owner')).rows).toEqual(coverage.rows);
    const stream = `input-mangaung/water-2026.${withdrawn.id}`;
    const history = await ledger.read(`/v1/history?stream=${encodeURIComponent(stream)}`, 'council');
    expect(history.rows).toMatchObject([{ type: 'InputReceived' }]);
    expect(JSON.stringify(history)).not.toContain('grandmother');
  });
});

describe('3. the plan is diagnosed, decided and published', () => {
  it('from standards as readings show them', async () => {
    const water = { service: 'water-supply', rationale: 'Most complaints are about leaks.' };
    expect(await refused('owner', `${plan}/key-services`, { ...water, service: 'roads' }, 422)).toMatch(/registered/);
    await does('owner', `${plan}/key-services`, water, 201);
    const leaks = {
      id: 'leak-repair',
      service: 'water-supply',
      dimension: 'service-standards',
      title: 'Working days until a leak is fixed',
      indicator: 'leak-days',
      scope: { district: 'District three' },
    };
    expect(await refused('lead', `${plan}/standards`, { ...leaks, period: '2025-Q3' }, 409)).toMatch(/no data/);
    await does('lead', `${plan}/standards`, { ...leaks, period: '2025-Q4' }, 201);
    const calls = { ...leaks, id: 'calls', title: 'Calls answered', indicator: 'calls-answered', dimension: 'access' };
    const { scope: _scope, ...everywhere } = calls;
    await does('lead', `${plan}/standards`, { ...everywhere, period: '2025-Q4' }, 201);
    expect((await planNow()).standards).toMatchObject([
      { current: { kind: 'measured', value: '9', sample: 3, readings: [{ ledger: 'leak-days/2025-Q4' }] } },
      { current: { value: '60', unit: 'percent' } },
    ]);
  });

  it('with the gap that follows, and the people whom it affects', async () => {
    await does('lead', `${plan}/standards/leak-repair/desired`, { year: 'FY2027-28', value: '3' }, 201);
    await does('lead', `${plan}/standards/calls/desired`, { year: 'FY2027-28', value: '60' }, 201);
    const gap = { id: 'leaks-in-three', standard: 'leak-repair', year: 'FY2027-28', groups: ['informal', 'formal'] };
    await does('lead', `${plan}/gaps`, gap, 201);
    const none = { ...gap, id: 'calls', standard: 'calls' };
    expect(await refused('lead', `${plan}/gaps`, none, 409)).toMatch(/falls short/);
    expect((await planNow()).gaps).toMatchObject([{ size: '6', relative: '2', peopleAffected: 52_000 }]);
  });

  it('with problems that are recorded, and no problem that causes itself', async () => {
    const slow = {
      id: 'slow-repairs',
      service: 'water-supply',
      statement: 'Leaks in district three run three times as long as elsewhere.',
      origin: { kind: 'gap', reference: 'leaks-in-three' },
      causes: [{ statement: 'One crew serves the whole east.' }],
    };
    await does('resident', `${plan}/problems`, slow, 201);
    const breach = { ...slow, id: 'promise', origin: { kind: 'breach', reference: 'nothing/of/the/kind' } };
    expect(await refused('resident', `${plan}/problems`, breach, 422)).toMatch(/recorded/);
    const school = { ...slow, id: 'school', origin: { kind: 'input', reference: `water-2026/${said.id}` } };
    const because = (problemId: string) => [{ statement: 'It follows from the other.', problemId }];
    await does('resident', `${plan}/problems`, { ...school, causes: because('slow-repairs') }, 201);
    expect(await refused('resident', `${plan}/problems/slow-repairs/causes`, { causes: because('school') }, 422)).toBe(
      'No problem is a cause of itself, directly or through others.',
    );
    await does('owner', `${plan}/end-of-diagnosis`, {}, 200);
  });

  const goal = {
    id: 'leaks-in-three-days',
    title: 'A leak is fixed within three working days',
    problems: ['slow-repairs', 'school'],
    indicator: 'leak-days',
    baseline: { value: '9', period: '2025-Q4' },
    target: { kind: 'min', value: '3' },
    unit: 'working days',
    direction: 'lower-is-better',
    dueDate: '2028-12-31',
    trajectory: [{ period: '2027', expected: '6' }],
    equityFloor: { dimension: 'district', floor: '4' },
  };

  it('with a goal that can be measured', async () => {
    const wrong = { ...goal, target: { kind: 'min', value: '10' }, trajectory: [] };
    expect(await refused('lead', `${plan}/goals`, wrong, 422)).toBe('A target is better than its baseline.');
    expect(await refused('lead', `${plan}/goals`, { ...goal, dueDate: '2030-01-01' }, 422)).toMatch(/lies in the plan/);
    await does('lead', `${plan}/goals`, { ...goal, weight: '0.9' }, 201);
    await does('owner', `${plan}/end-of-goal-setting`, {}, 200);
  });

  it('with three solutions that two raters score, and one that is selected', async () => {
    const solution = (solutionId: string, cost: string, change: string) => ({
      solutionId,
      title: solutionId,
      description: 'As it says.',
      problemIds: ['slow-repairs', 'school'],
      goalIds: ['leaks-in-three-days'],
      estimatedCost: { amount: cost, unit: 'ZAR' },
      estimatedEffort: { amount: '90', unit: 'person-days' },
      estimatedEffects: [{ goalId: 'leaks-in-three-days', change }],
    });
    for (const one of [solution('second-crew', '1200000', '-5'), solution('spare-parts', '300000', '-2')])
      await does('owner', `${plan}/solutions`, one, 201);
    await does('owner', `${plan}/solutions`, solution('hotline', '90000', '-1'), 201);
    const rates = async (name: string, solutionId: string, impact: string, benefit: string) => {
      const scores = `${plan}/solutions/${solutionId}/scores`;
      const values = { reach: '52000', impact, confidence: '0.8', effort: '3' };
      await does(name, scores, { method: 'rice', values }, 201);
      await does(name, scores, { method: 'weighted-score', values: { benefit, equity: benefit } }, 201);
    };
    for (const name of ['lead', 'resident']) {
      await rates(name, 'second-crew', '3', '9');
      await rates(name, 'spare-parts', '2', '6');
      await rates(name, 'hotline', '0.5', name === 'lead' ? '2' : '5');
    }
    const rated = (criterionId: string, weight: string) => ({ criterionId, kind: 'rated', weight });
    const wrong = { method: 'weighted-score', criteria: [rated('benefit', '0.6'), rated('equity', '0.5')] };
    await does('lead', `${plan}/rankings`, wrong, 422);
    const criteria = [rated('benefit', '0.6'), rated('equity', '0.4')];
    await does('lead', `${plan}/rankings`, { method: 'weighted-score', criteria }, 201);
    await does('lead', `${plan}/rankings`, { method: 'rice' }, 201);
    for (const { ranking } of (await planNow()).rankings)
      expect(ranking.map(({ solutionId }: { readonly solutionId: string }) => solutionId)).toEqual([
        'second-crew',
        'spare-parts',
        'hotline',
      ]);
    const selection = { reason: 'First in both rankings.', owner: ledger.person('capturer') };
    await does('resident', `${plan}/solutions/second-crew/selection`, selection, 200);
  });

  const consultations = ['water-2026'];
  const hashOf = async () => ({ contentHash: (await planNow()).contentHash as string });

  it('submitted only when it is complete, endorsed, returned with findings, and submitted again', async () => {
    const refusal = await does('owner', `${plan}/submission`, { consultations }, 409);
    expect(refusal.body).toMatchObject({ title: 'The weights of the goals sum to 1.' });
    expect(await ledger.read(`${plan}/completeness?consultations=water-2026`, 'owner')).toMatchObject({
      complete: false,
      missing: [{ sentence: 'They sum to 0.9.' }],
    });
    const { id: _id, ...terms } = goal;
    await does('owner', `${plan}/goals/leaks-in-three-days/change`, { ...terms, weight: '1' }, 200);
    await does('owner', `${plan}/submission`, { consultations }, 200);
    const first = await hashOf();
    expect(
      await refused('owner', `${plan}/goals/leaks-in-three-days/change`, { ...terms, weight: '0.9' }, 409),
    ).toMatch(/returned first/);
    const findings = [{ pointer: '/goals/leaks-in-three-days', finding: 'Say what is expected of 2026.' }];
    await does('head', `${plan}/endorsement`, first, 200);
    await does('mayor', `${plan}/findings`, { ...first, findings }, 200);
    const trajectory = [{ period: '2026', expected: '8' }, ...goal.trajectory];
    await does('owner', `${plan}/goals/leaks-in-three-days/change`, { ...terms, trajectory, weight: '1' }, 200);
    await does('owner', `${plan}/end-of-goal-setting`, {}, 200);
    await does('owner', `${plan}/submission`, { consultations }, 200);
    expect(await refused('head', `${plan}/endorsement`, first, 409)).toMatch(/content hash/);
  });

  it('endorsed and approved by persons who neither wrote it nor decided on it before', async () => {
    const submitted = await hashOf();
    await ledger.signIn('owner', 'head-of-department', 'mangaung');
    expect(await refused('owner', `${plan}/endorsement`, submitted, 403)).toBe(
      'Who wrote or submitted a plan does not endorse it.',
    );
    await does('head', `${plan}/endorsement`, submitted, 200);
    await ledger.signIn('head', 'executive', 'mangaung');
    expect(await refused('head', `${plan}/approval`, submitted, 403)).toBe('Who endorsed a plan does not approve it.');
    await does('mayor', `${plan}/approval`, submitted, 200);
  });

  it('published when every accepted input leads somewhere, and the citizen sees where', async () => {
    const approved = await hashOf();
    const answer = { inputId: said.id, disposition: 'accepted', rationale: 'The readings say the same.' };
    await does('owner', `${consultation}/answers`, answer, 200);
    expect(await refused('mayor', `${plan}/publication`, approved, 409)).toMatch(/accepted input leads to/);
    const linkedTo = [{ kind: 'goal', plan: 'water-2026', id: 'leaks-in-three-days' }];
    await does('owner', `${consultation}/links`, { inputId: said.id, linkedTo }, 200);
    await does('mayor', `${plan}/publication`, approved, 200);
    const followed = await citizenSends(`${consultation}/receipts`, { receipt: said.receipt }, 200);
    expect(followed).toMatchObject({
      answers: [{ disposition: 'accepted', linkedTo: [{ id: 'leaks-in-three-days' }] }],
    });
  });

  it('stands in the list of plans, and what it was before can still be read', async () => {
    expect((await ledger.read(`${agency}/plans?status=published&service=water-supply`, 'lead')).rows).toMatchObject([
      { plan: 'water-2026', status: 'published', version: 2, problems: 2, goals: 1, selectedSolutions: 1 },
    ]);
    expect((await ledger.read(`${agency}/plans?status=diagnosing`, 'lead')).rows).toEqual([]);
    const { headers } = await ledger.http().get(plan).set(ledger.bearer('council')).expect(200);
    expect(headers['etag']).toMatch(/^"\d+"$/);
    expect((await ledger.read(`${plan}?asOf=4`, 'council')).state).toMatchObject({ status: 'diagnosing', goals: [] });
    const csv = await ledger
      .http()
      .get(`${agency}/plans`)
      .set({ ...ledger.bearer('lead'), accept: 'text/csv' })
      .expect(200);
    expect(csv.text).toContain('water-2026,Water that runs,1,2026-04-01,2029-03-31');
  });
});
