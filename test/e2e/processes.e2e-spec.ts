import { consultation, input, inputStreamId, type ConsultationEvent } from '@app/engagement/events';
import { StreamDecider } from '@app/event-store';
import { Clock, Command, type Aggregate, type DomainEvent } from '@app/kernel';
import { plan } from '@app/planning/events';
import { exampleMetadata } from '@app/testing';
import { randomUUID } from 'node:crypto';
import { seedExample } from '../../apps/all-in-one/src/example.js';
import { readEnvironment } from '../../apps/cli/src/environment.js';
import { run } from '../../apps/cli/src/program.js';
import { received, said } from '../../libs/engagement/src/input/input.examples.js';
import { closed, inForce, leaksGoal } from '../../libs/planning/src/plan/plan.examples.js';
import { RunningLedger, eventually } from './running-ledger.js';

const agency = '/v1/agencies/boston';
const actions = `${agency}/actions-due`;

let ledger: RunningLedger;
/** What the clock of the service shows; undefined: the real time. */
let now: string | undefined;

class Happen<Event extends DomainEvent> extends Command<{ readonly events: readonly Event[] }> {}
/** What the other contexts decide is specified there: here it has happened. */
async function happens<State, Event extends DomainEvent>(
  to: Aggregate<State, Event>,
  id: string,
  ...events: readonly Event[]
): Promise<void> {
  const metadata = { ...exampleMetadata, commandId: randomUUID() };
  const command = new Happen<Event>('boston', id, { events }, metadata);
  await ledger.app.get(StreamDecider).execute(to, command, ({ data }) => data.events, undefined);
}
const signInAll = async (): Promise<void> => {
  await ledger.signIn('operator', 'administrator');
  await ledger.signIn('owner', 'service-owner', 'boston');
  await ledger.signIn('capturer', 'data-capturer', 'boston');
};
const actionsOf = (question: string) => async () => (await ledger.read(`${actions}?${question}`, 'owner')).rows;
const passTo = async (moment: string): Promise<void> => {
  now = moment;
  await signInAll();
};

beforeAll(async () => {
  ledger = await RunningLedger.start();
  const clock = ledger.app.get(Clock);
  jest.spyOn(clock, 'now').mockImplementation(() => (now === undefined ? new Date() : new Date(now)));
  await seedExample({ url: ledger.url, operatorSecret: ledger.keys.operatorSecret, home: process.cwd() });
  await signInAll();
}, 60_000);
afterAll(async () => {
  jest.restoreAllMocks();
  await ledger.close();
});

it('a severe or repeated breach waits for a plan and becomes its problem, once, with the system as author', async () => {
  const breaches = (await ledger.read(`${agency}/breaches`)).rows as readonly {
    readonly id: string;
    readonly severity: string;
    readonly repeatCount: number;
  }[];
  const serious = breaches.filter(({ severity, repeatCount }) => severity === 'Severe' || repeatCount > 0);
  expect(serious.length).toBeGreaterThan(0);
  const process = `${agency}/processes/state-problem-when-breach-repeats/all-plans`;
  const waiting = serious.map(({ id }) => [id.replace('boston/', 'waiting '), expect.any(String)] as const);
  await eventually(async () => (await ledger.read(process, 'operator')).state.memory, Object.fromEntries(waiting));
  const cycle = { title: 'Streets', cycle: 1, from: '2026-01-01', to: '2028-12-31', strategicPlanRef: 'Plan, 3' };
  await ledger.post('owner', `${agency}/plans`, { id: 'streets', ...cycle }, 201);
  const keyService = { service: 'street-services', rationale: 'Every second complaint.' };
  await ledger.post('owner', `${agency}/plans/streets/key-services`, keyService, 201);
  const problems = async () => (await ledger.read(`${agency}/plans/streets`, 'owner')).state.problems;
  await eventually(
    problems,
    serious.map(() => ({ serviceId: 'street-services', origin: { kind: 'breach' } })),
  );
  const stated: readonly { readonly origin: { readonly breachId: string } }[] = await problems();
  expect(stated.map(({ origin }) => `boston/${origin.breachId}`).sort()).toEqual(serious.map(({ id }) => id).sort());
  const asked = await ledger.http().get('/v1/audit?type=ProblemStated&agency=boston').set(ledger.bearer('operator'));
  expect(asked.status).toBe(403);
  await ledger.signIn('auditor', 'oversight');
  const trail = (await ledger.read('/v1/audit?type=ProblemStated&agency=boston', 'auditor')).rows;
  expect(trail).toHaveLength(serious.length);
  for (const row of trail)
    expect(row).toMatchObject({
      person: 'civic-ledger',
      role: 'system',
      grant: 'state-problem-when-breach-repeats@0',
      causationId: expect.any(String),
    });
}, 60_000);

it('an accepted input without a link is an action of the owner until it is linked', async () => {
  const events: readonly ConsultationEvent[] = [
    {
      type: 'ConsultationPlanned',
      data: {
        title: 'Streets',
        subject: { kind: 'plan', id: 'streets' },
        level: 'consult',
        questions: ['What is broken?'],
        requiredGroups: [],
        minOpenDays: 10,
        planner: ledger.person('owner'),
      },
    },
    ...['i-1', 'i-2', 'i-3'].map((inputId): ConsultationEvent => ({
      type: 'InputAnswered',
      data: { inputId, disposition: 'accepted', rationale: 'It is so.', linkedTo: [] },
    })),
  ];
  await happens(consultation, 'streets', ...events);
  const open = actionsOf('kind=link-accepted-input');
  const asked = (subject: string) => ({
    kind: 'link-accepted-input',
    role: 'service-owner',
    person: ledger.person('owner'),
    stream: 'consultation-boston/streets',
    subject,
    dueOn: null,
    status: 'open',
  });
  await eventually(open, ['i-1', 'i-2', 'i-3'].map(asked));
  const link = { kind: 'problem', plan: 'streets', id: 'potholes' } as const;
  await happens(consultation, 'streets', { type: 'AnswerLinked', data: { inputId: 'i-2', linkedTo: [link] } });
  await eventually(open, ['i-1', 'i-3'].map(asked));
  await eventually(actionsOf('kind=link-accepted-input&status=done'), [{ subject: 'i-2', status: 'done' }]);
}, 60_000);

it('a goal nobody reports on is reminded, escalated, then publicly without data, until a report comes', async () => {
  await passTo('2026-12-01T12:00:00Z');
  await happens(plan, 'water', ...inForce);
  const ofGoal = { stream: 'plan-boston/water', subject: leaksGoal.goalId };
  const open = actionsOf('stream=plan-boston%2Fwater');
  const notices = async () => (await ledger.read(`${agency}/public-notices`)).rows;
  const process = `${agency}/processes?process=remind-owner-when-progress-is-late`;
  const running = async () => (await ledger.read(process, 'operator')).rows;
  await eventually(running, [{ key: 'water', wakeAt: '2027-01-15T05:00:00.000Z', openActions: 0 }]);
  expect(await open()).toEqual([]);
  await passTo('2027-01-15T05:00:00Z');
  const reminder = { ...ofGoal, kind: 'report-progress', role: 'service-owner', dueOn: '2027-01-21' };
  await eventually(open, [reminder]);
  await passTo('2027-01-22T05:00:00Z');
  const escalation = { ...ofGoal, kind: 'see-to-missing-progress', role: 'head-of-department', dueOn: '2027-01-28' };
  await eventually(open, [reminder, escalation]);
  expect(await notices()).toEqual([]);
  await passTo('2027-01-29T05:00:00Z');
  await eventually(notices, [{ ...ofGoal, kind: 'no-data', since: '2027-01-01', status: 'standing' }]);
  const saidOf = async () => (await ledger.read(`${agency}/goal-progress?plan=water`)).rows[0];
  const reason = 'There is neither a reading nor a report for 2026-Q4.';
  await eventually(saidOf, { goal: leaksGoal.goalId, noDataSince: '2027-01-01', noDataReason: reason });
  const book = await ledger.http().get(`${agency}/plan-books/water?format=html`).expect(200);
  expect(book.text).toContain(`Public notice, no data since 2027-01-01: ${reason}`);
  const link = { kind: 'goal', plan: 'water', id: leaksGoal.goalId } as const;
  await happens(input, inputStreamId(said.consultationId, said.inputId), received);
  await happens(consultation, said.consultationId, {
    type: 'InputAnswered',
    data: { inputId: said.inputId, disposition: 'accepted', rationale: 'It is so.', linkedTo: [link] },
  });
  const traced = async () => (await ledger.read(`${agency}/consultations/${said.consultationId}/traceability`)).rows;
  await eventually(traced, [
    { answers: [{ outcomes: [{ goals: [{ goal: leaksGoal.goalId, noData: { since: '2027-01-01', reason } }] }] }] },
  ]);
  await happens(plan, 'water', {
    type: 'ProgressReportFiled',
    data: {
      reportId: 'r-1',
      period: '2026-Q4',
      results: [{ kind: 'no-data', goalId: leaksGoal.goalId, reason: 'The meter was stolen.' }],
      narrative: 'We are sorry.',
      evidence: [],
      reporter: 'p-owner',
    },
  });
  await eventually(async () => ({ standing: await notices() }), { standing: [] });
  await eventually(saidOf, { noDataSince: null, noDataReason: null });
  await eventually(actionsOf('stream=plan-boston%2Fwater&status=done'), [{}, {}]);
  expect(await open()).toEqual([]);
}, 60_000);

it('a cycle that is evaluated is followed by the next one, and takes the goals along that were not met', async () => {
  const scores = { integration: 40 } as const;
  await happens(plan, 'pipes', ...closed, {
    type: 'PlanEvaluated',
    data: {
      goals: [{ goalId: leaksGoal.goalId, verdict: 'not-met', value: '6.5' }],
      process: { ...scores, approach: 60, deployment: 50, learning: 30 },
      results: { ...scores, levels: 50, trends: 40, comparisons: 20 },
      lessons: ['Begin with the crews.'],
      by: 'p-evaluator',
    },
  });
  await eventually(actionsOf('kind=take-up-carried-goal'), [
    { role: 'team-member', stream: 'plan-boston/pipes-cycle-2', subject: leaksGoal.goalId },
  ]);
  expect((await ledger.read(`${agency}/plans/pipes-cycle-2`, 'owner')).state).toMatchObject({
    status: 'cycle-open',
    cycle: 2,
    predecessor: 'pipes',
    from: '2029-04-01',
    to: '2032-03-31',
    goals: [],
  });
  expect((await ledger.read(`${agency}/plans/pipes`, 'owner')).state.carried).toEqual([
    { goalId: leaksGoal.goalId, toPlan: 'pipes-cycle-2' },
  ]);
}, 60_000);

describe('what goes on is shown', () => {
  it('page by page, as CSV and as NDJSON, to those who are asked and not to others', async () => {
    const first = await ledger.read(`${actions}?limit=1`, 'owner');
    expect(first.rows).toHaveLength(1);
    const second = await ledger.read(`${actions}?limit=1&cursor=${first.next}`, 'owner');
    const third = await ledger.read(`${actions}?limit=1&cursor=${second.next}`, 'owner');
    const ids = [first, second, third].map(({ rows }) => rows[0].id as string);
    expect([new Set(ids).size, third.next]).toEqual([3, undefined]);
    const get = (accept: string) => ledger.http().get(actions).set(ledger.bearer('owner')).set('accept', accept);
    const csv = await get('text/csv');
    expect(csv.text.split('\n').map((line) => line.split(',')[1])).toEqual([
      'kind',
      'link-accepted-input',
      'link-accepted-input',
      'take-up-carried-goal',
      undefined,
    ]);
    const lines = String((await get('application/x-ndjson').responseType('text')).body);
    expect(lines.trimEnd().split('\n')).toHaveLength(3);
    await ledger.read(actions, undefined, 401);
    await ledger.read(actions, 'capturer', 403);
  });
  it('with the state of each process, also as it was', async () => {
    const { rows } = await ledger.read(`${agency}/processes?process=remind-owner-when-progress-is-late`, 'operator');
    expect(rows).toMatchObject([{ key: 'water', openActions: 0, awaitedCommands: 0, wakeAt: expect.any(String) }]);
    const one = `${agency}/processes/remind-owner-when-progress-is-late/water`;
    const before = await ledger.http().get(`${one}?asOf=0`).set(ledger.bearer('operator')).expect(200);
    expect(before.headers['etag']).toBe('"0"');
    expect(before.body.state).toMatchObject({ memory: { 'expected-since': '2026-12-01' }, timers: {}, actions: {} });
    await ledger.read(`${agency}/processes/remind-owner-when-progress-is-late/nothing`, 'operator', 404);
  });
  it('to the operator on the command line', async () => {
    const ask = async (...args: readonly string[]) => {
      let out = '';
      const code = await run(args, {
        data: (text) => (out += text),
        words: () => undefined,
        stderr: process.stderr,
        environment: () => readEnvironment({ LEDGER_URL: ledger.url, LEDGER_TOKEN: tokenOf('operator') }),
        fetch: globalThis.fetch,
        profilesFolder: 'profiles',
        signal: new AbortController().signal,
        colour: false,
      });
      return { code, rows: JSON.parse(out || '[]') as readonly object[] };
    };
    const { code, rows } = await ask('processes', 'list', '-o', 'json');
    expect(code).toBe(0);
    expect(rows).toContainEqual(expect.objectContaining({ agency: 'boston', key: 'all-plans', refusedCommands: 0 }));
    const links = await ask('processes', 'list', '--process', 'ask-for-links-when-input-is-accepted', '-o', 'json');
    expect(links.rows).toHaveLength(3);
    const csv = ledger
      .http()
      .get('/v1/operations/processes?limit=1')
      .set(ledger.bearer('operator'))
      .set('accept', 'text/csv');
    expect((await csv).text.trimEnd().split('\n').length).toBe(rows.length + 1);
    expect(await ask('processes', 'parked', '-o', 'json')).toEqual({ code: 0, rows: [] });
    expect((await ask('processes', 'retry', '--instance', 'process-boston/x/y')).code).toBe(1);
  });
});

const tokenOf = (name: string): string => ledger.bearer(name).authorization.slice('Bearer '.length);
