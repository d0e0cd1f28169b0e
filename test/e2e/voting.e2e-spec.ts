import { EventLog } from '@app/event-store';
import { RunningLedger, eventually } from './running-ledger.js';

type Reply = Readonly<Record<string, unknown>>;

let ledger: RunningLedger;

beforeAll(async () => {
  ledger = await RunningLedger.start();
}, 60_000);
afterAll(() => ledger?.close());

describe('a consultation that is open', () => {
  const path = '/v1/agencies/boston/consultations/wages';
  const key = 'only-this-citizen-knows-it-1';
  const daysFromNow = (days: number): string =>
    `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19)}Z`;
  const send = (address: string, body: object, who = {}) => ledger.http().post(`${path}${address}`).set(who).send(body);
  const row = async (): Promise<Reply> =>
    ((await ledger.read(`${path}/statements?verdict=pending`, 'owner')) as { rows: Reply[] }).rows[0]!;

  beforeAll(async () => {
    await ledger.signIn('clerk', 'administrator');
    await ledger.signIn('owner', 'service-owner');
    const at = '/v1/agencies/boston';
    await ledger.post('clerk', '/v1/agencies', { id: 'boston', name: 'Boston', timeZone: 'Etc/UTC' }, 201);
    const cycle = {
      id: 'wages',
      title: 'Wages',
      cycle: 1,
      from: '2026-01-01',
      to: '2029-12-31',
      strategicPlanRef: 'One',
    };
    await ledger.post('clerk', `${at}/plans`, cycle, 201);
    const group = { threshold: '0.5', name: 'Renters', population: 900, asOf: '2025-06-30', source: 'Census' };
    const planned = {
      id: 'wages',
      title: 'Minimum wage',
      subject: { kind: 'plan', id: 'wages' },
      level: 'consult',
      questions: ['What do you think of these statements?'],
      requiredGroups: [
        { groupId: 'renters', ...group },
        { groupId: 'owners', ...group },
      ],
      minOpenDays: 1,
    };
    await ledger.post('owner', `${at}/consultations`, planned, 201);
    const opening = { materialsHash: 'a'.repeat(64), openedAt: daysFromNow(-2), closesAt: daysFromNow(20) };
    await ledger.post('owner', `${path}/opening`, opening, 200);
    await ledger.upload('owner', `${path}/statements`, [
      { id: 'living-wage', text: 'It is called a living wage for a reason.' },
      { id: 'spam', text: 'Buy now.' },
    ]);
    await ledger.post('owner', `${path}/statements/spam/moderation`, { verdict: 'rejected', reason: 'It sells.' }, 200);
  }, 60_000);

  it('shows everybody what may be voted on', async () =>
    expect(await ledger.read(`${path}/ballot`)).toEqual({
      agency: 'boston',
      consultation: 'wages',
      statements: [{ statement: 'living-wage', text: 'It is called a living wage for a reason.' }],
    }));

  it('takes votes of a citizen without an account, once each, and the last one counts', async () => {
    const joined = await send('/participation', { key, group: 'renters' }).expect(201);
    expect(joined.body.id).toMatch(/^k-[0-9a-f]{40}$/);
    await send('/participation', { key, group: 'renters' }).expect(200);
    const vote = { id: 'first', key, vote: 'agree' };
    await send('/statements/living-wage/votes', vote).expect(201);
    expect((await send('/statements/living-wage/votes', vote).expect(200)).body.eventIds).toEqual([]);
    expect((await send('/statements/living-wage/votes', { ...vote, vote: 'pass' }).expect(409)).body.type).toMatch(
      /a-vote-stands-as-it-was-cast$/,
    );
    const changed = await send('/statements/living-wage/votes', { key, vote: 'disagree' }).expect(201);
    await eventually(row, {
      statement: 'living-wage',
      eventsAgree: 1,
      eventsDisagree: 1,
      agree: 0,
      disagree: 1,
      supportExact: '1/6',
      support: '0.1667',
      groups: [
        { group: 'renters', disagree: 1 },
        { group: 'owners', disagree: 0 },
      ],
    });
    expect(changed.body.id).toEqual(expect.any(String));
  });

  it('takes votes of the owner of an account, who shows no key', async () => {
    const { person } = await ledger.signIn('citizen', 'analyst', '*');
    const who = ledger.bearer('citizen');
    expect((await send('/participation', { group: 'owners' }, who).expect(201)).body.id).toBe(person);
    await send('/statements/living-wage/votes', { vote: 'agree' }, who).expect(201);
    await eventually(row, { agree: 1, disagree: 1, supportExact: '2/9' });
  });

  it.each([
    ['a-citizen-without-an-account-shows-a-key', 422, '/participation', { group: 'renters' }],
    ['a-participant-declares-one-group', 409, '/participation', { key, group: 'owners' }],
    ['a-participant-declares-a-group-that-is-asked', 422, '/participation', { key: `${key}0`, group: 'landlords' }],
    ['a-voter-is-a-participant', 422, '/statements/living-wage/votes', { key: `${key}0`, vote: 'agree' }],
    ['a-vote-is-on-a-statement-of-the-consultation', 422, '/statements/unheard-of/votes', { key, vote: 'agree' }],
    ['a-vote-is-on-a-statement-that-stands', 409, '/statements/spam/votes', { key, vote: 'agree' }],
  ])('refuses by the rule %s', async (rule, status, address, body) => {
    const { body: problem } = await send(address, body).expect(status);
    expect(problem.type).toMatch(new RegExp(`/ballot-box/${rule}$`));
  });

  it('keeps the key of a citizen nowhere', async () => {
    const stored: string[] = [];
    const log = ledger.app.get(EventLog);
    for (const id of Array.from({ length: 4 }, (_, box) => `wages/${box}`))
      for await (const { data, metadata } of log.readStream({ category: 'ballots', tenant: 'boston', id }))
        stored.push(JSON.stringify({ data, metadata }));
    expect(stored).toHaveLength(5);
    expect([...stored, ...ledger.lines].filter((text) => text.includes(key))).toEqual([]);
  });

  it('takes every vote once, though two people send all of them at the same moment', async () => {
    const people = Array.from({ length: 40 }, (_, at) => ({
      id: `paper-${at}`,
      group: at % 2 === 0 ? 'renters' : 'owners',
    }));
    await ledger.upload('owner', `${path}/participants`, people);
    const castAt = daysFromNow(-1);
    const votes = people.flatMap(({ id: participant }) =>
      ['agree', 'pass', 'disagree'].map((vote, at) => ({
        id: `v${at}`,
        participant,
        statement: 'living-wage',
        vote,
        castAt,
      })),
    );
    const upload = (type: string, text: string) =>
      ledger
        .http()
        .post(`${path}/votes`)
        .set({ ...ledger.bearer('owner'), 'content-type': type })
        .send(text)
        .expect(200);
    const csv = votes.map((line) => Object.values(line).join(',')).join('\n');
    const answers = await Promise.all([
      upload('application/x-ndjson', votes.map((line) => JSON.stringify(line)).join('\n')),
      upload('text/csv', `${Object.keys(votes[0]!).join(',')}\n${csv}`),
    ]);
    const sums = answers.map(({ text }) => JSON.parse(text) as Record<'accepted' | 'unchanged' | 'rejected', number>);
    const total = (key: 'accepted' | 'unchanged' | 'rejected'): number =>
      sums.reduce((sum, each) => sum + each[key], 0);
    expect([total('accepted'), total('unchanged'), total('rejected')]).toEqual([120, 120, 0]);
    // Of votes of the same moment the last one of the upload counts; two citizens have voted before.
    await eventually(row, { eventsAgree: 42, eventsPass: 40, eventsDisagree: 41, agree: 1, pass: 0, disagree: 41 });
  });
});
