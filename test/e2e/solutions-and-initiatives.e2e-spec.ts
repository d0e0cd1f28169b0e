import { StreamDecider } from '@app/event-store';
import { Clock, Command } from '@app/kernel';
import { plan, type PlanEvent } from '@app/planning/events';
import { randomUUID } from 'node:crypto';
import { RunningLedger } from './running-ledger.js';

class Recall extends Command<Record<never, never>> {}

let ledger: RunningLedger;
const plans = '/v1/agencies/boston/plans';
const solutions = `${plans}/water/solutions`;
const rankings = `${plans}/water/rankings`;
const initiatives = `${plans}/water/initiatives`;
const crew = `${initiatives}/second-crew`;
const now = new Date('2026-01-05T09:00:00Z');
const inDays = (days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
const today = inDays(0);

/** What other slices have recorded: their doors have their own specs. */
async function recall(...events: readonly PlanEvent[]): Promise<void> {
  const actor = { person: 'p-clerk', role: 'administrator', tenant: 'boston', grant: 'g-1', grantRevision: '0' };
  const metadata = {
    commandId: randomUUID(),
    correlationId: randomUUID(),
    occurredAt: now.toISOString(),
    actor,
  };
  await ledger.app
    .get(StreamDecider)
    .execute(plan, new Recall('boston', 'water', {}, metadata), () => events, undefined);
}
const solution = (solutionId: string, change: object = {}) => ({
  solutionId,
  title: `Title of ${solutionId}`,
  description: 'What is to be done.',
  problemIds: ['slow-repairs'],
  goalIds: ['leaks-in-three-days'],
  estimatedCost: { amount: '1200000', unit: 'ZAR' },
  estimatedEffort: { amount: '90', unit: 'person-days' },
  estimatedEffects: [{ goalId: 'leaks-in-three-days', change: '-3' }],
  ...change,
});
const get = (path: string, name = 'lead', headers: Readonly<Record<string, string>> = {}) =>
  ledger
    .http()
    .get(path)
    .set({ ...ledger.bearer(name), ...headers });
const by = 'p-clerk';

beforeAll(async () => {
  ledger = await RunningLedger.start();
  // Time goes on at each look: of two solutions with one score the older proposal ranks first.
  let looks = 0;
  jest.spyOn(ledger.app.get(Clock), 'now').mockImplementation(() => new Date(now.getTime() + looks++));
  await ledger.signIn('admin', 'administrator');
  await ledger.post('admin', '/v1/agencies', { id: 'boston', name: 'Boston', timeZone: 'Etc/UTC' }, 201);
  for (const name of ['supervisor', 'lead', 'resident', 'stranger']) await ledger.signIn(name, 'team-member');
  await ledger.signIn('owner', 'service-owner');
  await ledger.signIn('head', 'head-of-department');
  await ledger.signIn('capturer', 'data-capturer');
  const seat = (name: string, taken: 'supervisor' | 'team-lead' | 'community'): PlanEvent => ({
    type: 'TeamMemberAppointed',
    data: { person: ledger.person(name), seat: taken, by },
  });
  await recall(
    {
      type: 'PlanCycleOpened',
      data: { title: 'Water', cycle: 1, from: inDays(-30), to: inDays(900), strategicPlanRef: 'SP', by },
    },
    seat('supervisor', 'supervisor'),
    seat('lead', 'team-lead'),
    seat('resident', 'community'),
    { type: 'KeyServiceSelected', data: { serviceId: 'water-supply', rationale: 'Leaks', evidence: [], by } },
    { type: 'DiagnosisEnded', data: { by } },
    {
      type: 'ProblemStated',
      data: {
        problemId: 'slow-repairs',
        serviceId: 'water-supply',
        statement: 'Leaks run for nine days.',
        origin: { kind: 'complaint', reference: 'C-1' },
        causes: [],
        by,
      },
    },
    {
      type: 'GoalSet',
      data: {
        goalId: 'leaks-in-three-days',
        title: 'A leak is fixed within three days',
        problemIds: ['slow-repairs'],
        baseline: { value: '9' },
        target: { kind: 'min', value: '3' },
        direction: 'lower-is-better',
        trajectory: [],
        by,
      },
    },
    { type: 'GoalSettingEnded', data: { by } },
  );
});
afterAll(() => ledger.close());

describe('the solutions of a plan', () => {
  it('are proposed by owners and the team, with estimates in one unit', async () => {
    await ledger.post('owner', solutions, solution('second-crew'), 201);
    await ledger.post('lead', solutions, solution('more-stores', { estimatedEffects: [] }), 201);
    await ledger.post('resident', solutions, solution('pipe-map'), 201);
    await ledger.post('owner', solutions, solution('second-crew'), 200);
    await ledger.post('capturer', solutions, solution('other'), 403);
    const dear = solution('other', { estimatedCost: { amount: '1', unit: 'USD' } });
    expect((await ledger.post('owner', solutions, dear, 422)).body.title).toMatch(/one currency/);
    expect((await ledger.post('owner', solutions, { ...solution('x'), estimatedCost: 5 }, 400)).body.status).toBe(400);
  });

  it('are scored by several raters of the team, each for himself', async () => {
    const score = (name: string, id: string, method: string, values: object, status = 201) =>
      ledger.post(name, `${solutions}/${id}/scores`, { method, values }, status);
    const weighted = {
      'second-crew': [
        ['supervisor', '8', '5'],
        ['lead', '9', '4'],
      ],
      'more-stores': [
        ['supervisor', '6', '8'],
        ['lead', '5', '7'],
      ],
      'pipe-map': [
        ['supervisor', '3', '9'],
        ['lead', '3', '9'],
      ],
    } as const;
    for (const [id, scores] of Object.entries(weighted))
      for (const [name, benefit, ease] of scores) await score(name, id, 'weighted-score', { benefit, ease });
    const rice = { reach: '12000', impact: '2', confidence: '0.8', effort: '3' };
    for (const id of Object.keys(weighted)) {
      await score('lead', id, 'rice', rice);
      await score('resident', id, 'rice', { ...rice, reach: id === 'pipe-map' ? '90000' : '10000' });
    }
    await score('lead', 'pipe-map', 'rice', rice, 200);
    const off = await score('lead', 'pipe-map', 'rice', { ...rice, impact: '4' }, 422);
    expect(off.body.errors).toMatchObject([{ pointer: '/values/impact', detail: 'It is one of 0.25, 0.5, 1, 2, 3.' }]);
    await score('lead', 'pipe-map', 'rice', { reach: 5 }, 400);
    expect((await score('stranger', 'pipe-map', 'rice', rice, 403)).body.title).toMatch(/leadership team/);
    await score('owner', 'pipe-map', 'rice', rice, 403);
    await score('lead', 'nothing', 'rice', rice, 404);
  });

  it('are ranked by the ledger, once for the same inputs', async () => {
    const criteria = [
      { criterionId: 'benefit', kind: 'rated', weight: '0.5' },
      { criterionId: 'ease', kind: 'rated', weight: '0.3' },
      { criterionId: 'support', kind: 'cross-group-support', weight: '0.2', source: 'Consultation water-2026' },
    ];
    const measures = ['second-crew', 'more-stores', 'pipe-map'].map((solutionId, index) => ({
      criterionId: 'support',
      solutionId,
      value: `0.${7 - index}`,
    }));
    const body = { method: 'weighted-score', criteria, measures };
    const wrong = [{ ...criteria[0]!, weight: '0.6' }, criteria[1]!, criteria[2]!];
    const refusal = await ledger.post('lead', rankings, { ...body, criteria: wrong }, 422);
    expect(refusal.body.title).toMatch(/sum to 1/);
    await ledger.post('lead', rankings, { method: 'wsjf' }, 409);
    await ledger.post('lead', rankings, body, 201);
    await ledger.post('resident', rankings, { ...body, measures: [...measures].reverse() }, 200);
    await ledger.post('lead', rankings, { method: 'rice' }, 201);
    const stands = { method: 'rice', values: { reach: '1', impact: '1', confidence: '1', effort: '1' } };
    await ledger.post('lead', `${solutions}/pipe-map/scores`, stands, 409);
  });

  it('are shown per method, with dispersion and sensitivity, by page and as a file', async () => {
    const weighted = await ledger.read(`${rankings}?method=weighted-score`, 'lead');
    expect(weighted).toMatchObject({
      rows: [
        { rank: 1, solution: 'second-crew', score: '7', raters: 2, lowest: '6.9', highest: '7.1', bestRank: 1 },
        { rank: 2, solution: 'more-stores', score: '6.2' },
        { rank: 3, solution: 'pipe-map', score: '5.2' },
      ],
      rankings: [{ method: 'weighted-score', methodVersion: '1', firstPlaceChange: { newFirst: 'more-stores' } }],
    });
    const all = await ledger.read(rankings, 'lead');
    const pages: unknown[] = [];
    for (let cursor = ''; pages.length === 0 || cursor !== '';) {
      const page = await ledger.read(`${rankings}?limit=4${cursor}`, 'lead');
      pages.push(...(page.rows as unknown[]));
      cursor = page.next === undefined ? '' : `&cursor=${page.next as string}`;
    }
    expect(all.rows).toHaveLength(6);
    expect(pages).toEqual(all.rows);
    const csv = await get(`${rankings}?sort=solution`, 'lead', { accept: 'text/csv' }).expect(200);
    expect(csv.text.split('\n')[1]).toMatch(/^rice,1,\d,more-stores,Title of more-stores,proposed,/);
    const lines = await get(rankings, 'lead', { accept: 'application/x-ndjson' }).expect(200);
    expect(lines.text.trim().split('\n')).toHaveLength(6);
    await get(rankings, 'capturer').expect(403);
  });

  it('are selected or rejected for a reason, and get an owner', async () => {
    const at = (id: string, what: string) => `${solutions}/${id}/${what}`;
    const reason = 'Best in both rankings.';
    await ledger.post('owner', at('second-crew', 'selection'), { reason }, 403);
    await ledger.post('resident', at('second-crew', 'selection'), { reason }, 200);
    await ledger.post('resident', at('pipe-map', 'rejection'), { reason: 'Not now.' }, 200);
    await ledger.post('resident', at('pipe-map', 'selection'), { reason }, 409);
    await ledger.post('lead', at('more-stores', 'owner'), { owner: ledger.person('owner') }, 409);
    await ledger.post('lead', at('second-crew', 'owner'), { owner: ledger.person('owner') }, 200);
    await ledger.post('lead', at('more-stores', 'selection'), { reason, owner: ledger.person('owner') }, 200);
    const { rows } = await ledger.read(`${rankings}?status=selected&method=rice`, 'lead');
    expect(rows).toMatchObject([{ solution: 'second-crew' }, { solution: 'more-stores' }]);
    const read = await ledger.read(`${plans}/water`, 'lead');
    const before = await get(`${rankings}?asOf=${Number(read.revision) - 5}`).expect(200);
    expect((before.body.rows as { status: string }[]).map(({ status }) => status)).not.toContain('selected');
  });
});

describe('an initiative', () => {
  const start = { solutionId: 'second-crew', budget: { amount: '1000000', unit: 'ZAR' }, dueOn: inDays(300) };
  const evidence = [{ title: 'Six contracts', sha256: 'c'.repeat(64) }];
  const progress = { percent: 40, spend: '300000.50', confidence: 'medium', narrative: 'Three people have begun.' };

  it('is started for a selected solution of a plan in force, by the owner of the solution', async () => {
    await ledger.post('owner', `${plans}/fire/initiatives`, start, 409);
    const contentHash = 'a'.repeat(64);
    await recall(
      { type: 'PlanSubmitted', data: { version: 1, contentHash, consultations: ['water-2026'], author: by } },
      { type: 'PlanEndorsedByHead', data: { contentHash, endorser: 'p-head' } },
      { type: 'PlanApprovedByExecutive', data: { contentHash, approver: 'p-mayor' } },
      { type: 'PlanPublished', data: { version: 1, contentHash, by } },
    );
    await ledger.post('lead', `${solutions}/second-crew/rejection`, { reason: 'Too late.' }, 409);
    await ledger.post('owner', initiatives, { ...start, solutionId: 'pipe-map' }, 409);
    await ledger.post('owner', initiatives, { ...start, dueOn: inDays(901) }, 422);
    const { headers } = await ledger.post('owner', initiatives, start, 201);
    expect(headers).toMatchObject({ location: crew, etag: '"0"' });
    await ledger.post('owner', initiatives, start, 200);
    await get(`${initiatives}/pipe-map`).expect(404);
    await ledger.post('owner', initiatives, { ...start, solutionId: 'more-stores', dueOn: inDays(50) }, 201);
  });

  it('is reported on by its owner, and by nobody else', async () => {
    const milestone = { milestoneId: 'crew-hired', title: 'Six people are hired', dueOn: inDays(100) };
    await ledger.post('owner', `${crew}/milestones`, milestone, 201);
    expect((await ledger.post('lead', `${crew}/milestones`, milestone, 403)).body.title).toMatch(/owner/);
    await ledger.post('owner', `${crew}/milestones/crew-hired/due-date`, { dueOn: inDays(120), reason: 'Late' }, 200);
    await ledger.post('owner', `${crew}/milestones/crew-hired/miss`, { reason: 'Late' }, 409);
    const blocker = { blockerId: 'no-van', description: 'There is no van.', severity: 'high' };
    await ledger.post('owner', `${crew}/blockers`, blocker, 201);
    await ledger.post('owner', `${crew}/progress-reports`, progress, 201);
    await ledger.post('owner', `${crew}/progress-reports`, progress, 200);
    await ledger.post('owner', `${crew}/progress-reports`, { ...progress, percent: 100 }, 409);
    await ledger.post('owner', `${crew}/progress-reports`, { ...progress, percent: 40.5 }, 400);
    await ledger.post('owner', `${crew}/milestones/crew-hired/attainment`, { on: today, evidence: [] }, 400);
    await ledger.post('owner', `${crew}/milestones/other/attainment`, { on: today, evidence }, 404);
  });

  const board = '/v1/agencies/boston/initiatives';
  const listed = async (path: string) => (await ledger.read(path, 'lead')).rows;
  let then = { position: '', initiatives: [] as object[], plans: [] as object[] };

  it('stands on the board, with what is overdue first', async () => {
    const more = { initiative: 'more-stores', percent: null, nextMilestone: null, overdue: false };
    const row = { plan: 'water', initiative: 'second-crew', percent: 40, spendPercent: '30', blockerSeverity: 'high' };
    expect(await ledger.read(`${board}?plan=water&status=under-way`, 'lead')).toMatchObject({
      rows: [more, { ...row, overdue: false, nextMilestone: 'crew-hired' }],
      on: today,
    });
    const first = await ledger.read(`${board}?overdue=true&on=${inDays(121)}&limit=1`, 'lead');
    expect(first.rows).toMatchObject([{ initiative: 'more-stores', overdue: true, milestonesOverdue: 0 }]);
    const second = `${board}?overdue=true&on=${inDays(121)}&limit=1&cursor=${first.next as string}`;
    const last = await ledger.read(second, 'lead');
    expect(last.rows).toMatchObject([{ initiative: 'second-crew', overdue: true, milestonesOverdue: 1 }]);
    expect(last.next).toBeUndefined();
    const byName = await ledger.read(`${board}?limit=1`, 'lead');
    expect(byName.rows).toMatchObject([more]);
    expect((await ledger.read(`${board}?limit=1&cursor=${byName.next as string}`, 'lead')).rows).toMatchObject([row]);
    expect((await ledger.read(`${board}?overdue=true`, 'lead')).rows).toEqual([]);
    const csv = await get(`${board}?sort=due`, 'lead', { accept: 'text/csv' }).expect(200);
    expect(csv.text.split('\n').slice(1, 3)).toEqual([
      expect.stringMatching(/^water,more-stores,Title of more-stores,under-way,/),
      expect.stringMatching(/^water,second-crew,/),
    ]);
    await get(board, 'capturer').expect(403);
    const position = (await get(board, 'lead').expect(200)).headers['ledger-position']!;
    then = { position, initiatives: await listed(`${board}?sort=due`), plans: await listed(plans) };
  });

  it('is completed when everything is reached and nothing is in the way', async () => {
    await ledger.post('owner', `${crew}/completion`, {}, 409);
    await ledger.post('owner', `${crew}/milestones/crew-hired/attainment`, { on: today, evidence }, 200);
    await ledger.post('owner', `${crew}/blockers/no-van/clearance`, { how: 'One was rented.' }, 200);
    await ledger.post('owner', `${crew}/progress-reports`, { ...progress, percent: 100 }, 201);
    const change = { owner: ledger.person('lead'), reason: 'The first one left.' };
    await ledger.post('owner', `${crew}/owner`, change, 403);
    await ledger.post('head', `${crew}/owner`, change, 200);
    await ledger.post('owner', `${crew}/completion`, {}, 403);
    const { headers } = await ledger.post('lead', `${crew}/completion`, {}, 200);
    const now = await get(crew).expect(200);
    expect(now.headers['etag']).toBe(headers['etag']);
    expect(now.body.state).toMatchObject({ status: 'completed', reports: [{ percent: 40 }, { percent: 100 }] });
    expect((await get(`${crew}?asOf=1`).expect(200)).body.state).toMatchObject({ status: 'under-way', reports: [] });
    await ledger.post('head', `${crew}/cancellation`, { reason: 'No money.' }, 409);
  });

  it('is listed as it was known at a moment, page by page, like the plans', async () => {
    const at = `asOf=${then.position}`;
    expect(await listed(`${board}?sort=due`)).not.toEqual(then.initiatives);
    expect(await listed(`${board}?sort=due&${at}`)).toEqual(then.initiatives);
    expect(await listed(`${board}?status=completed&${at}`)).toEqual([]);
    const first = await ledger.read(`${board}?sort=due&limit=1&${at}`, 'lead');
    const second = await listed(`${board}?sort=due&limit=1&${at}&cursor=${first.next as string}`);
    expect([...first.rows, ...second]).toEqual(then.initiatives);
    expect(await listed(`${plans}?${at}`)).toEqual(then.plans);
    expect(await listed(`${plans}?asOf=0-0`)).toEqual([]);
    await ledger.read(`${plans}?asOf=3`, 'lead', 400);
  });
});
