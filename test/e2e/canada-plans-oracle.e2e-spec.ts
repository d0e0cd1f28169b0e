import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { planningProjections } from '@app/planning';
import { ReadModels } from '@app/projections';
import { BSON } from 'mongodb';
import { importFile, type ImportCounts } from '../../apps/cli/src/import/import-file.js';
import { loadProfile } from '../../apps/cli/src/import/profile.js';
import { expectedRows, sharedData } from './published-data.js';
import { RunningLedger } from './running-ledger.js';

const planBook = planningProjections.find(({ name }) => name === 'plan-book')!;
const folder = 'canada-departmental-results';
const goals = sharedData(folder, 'goals.csv.gz');
const agencies = { CPCC: 'polar-knowledge-canada', ND: 'national-defence', TBC: 'treasury-board-secretariat' } as const;

interface GoalRow {
  readonly agency: string;
  readonly plan: string;
  readonly goal: string;
  readonly headings: readonly string[];
  readonly target: string | null;
  readonly targetKind: string | null;
  readonly publishedStatus: string | null;
  readonly computedStatus: string | null;
  readonly carriedFrom: string | null;
  readonly carriedTo: string | null;
  readonly targetBefore: string | null;
  readonly weakened: boolean | null;
  readonly changeReason: string | null;
  readonly status: string;
}

(goals === undefined ? describe.skip : describe)('the plans of three Canadian departments', () => {
  let ledger: RunningLedger;
  let first: ImportCounts;
  let rows: readonly GoalRow[];
  const tokens = new Map<string, Promise<string>>();

  const token = (role: string, agency = '*'): Promise<string> => {
    const name = `importer-${role}-${agency}`;
    const known = tokens.get(name) ?? ledger.signIn(name, role, agency).then((signedIn) => signedIn.token);
    tokens.set(name, known);
    return known;
  };
  const imported = (): Promise<ImportCounts> =>
    importFile({ url: ledger.url, token, profile: loadProfile(folder, 'profiles'), file: goals! });
  const goalsOf = async (agency: string, question = ''): Promise<GoalRow[]> => {
    const path = `/v1/agencies/${agency}/goal-progress?validAt=2018-04-30${question}`;
    return ((await ledger.read(`${path}&limit=1000`)) as { rows: GoalRow[] }).rows;
  };

  beforeAll(async () => {
    ledger = await RunningLedger.start();
    first = await imported();
    // What was sent before this mark is in every read model that is asked after it.
    await ledger.signIn('clerk', 'administrator');
    await ledger.post('clerk', '/v1/agencies', { id: 'a-mark', name: 'A mark in the log', timeZone: 'UTC' }, 201);
    rows = (await Promise.all(Object.values(agencies).map((agency) => goalsOf(agency)))).flat();
  }, 240_000);
  afterAll(() => ledger?.close());

  it('are all recorded', () => {
    expect(first).toEqual({ accepted: 579, unchanged: 0, rejected: 0 });
    const count = (plan: string): number => rows.filter((row) => row.plan === plan).length;
    expect([rows.length, count('2017-18'), count('2018-19'), count('2019-20')]).toEqual([579, 113, 241, 225]);
  });

  describe('the status of a goal', () => {
    const reported = (): readonly GoalRow[] => rows.filter(({ publishedStatus }) => publishedStatus !== null);
    const overall = JSON.parse(readFileSync(join(goals!, '..', 'expected', 'overall.json'), 'utf8')) as {
      readonly [figure: string]: unknown;
    };

    it('is computed wherever it was decided in numbers, as it was published', () => {
      const decided = reported().filter(({ publishedStatus }) => ['met', 'not-met'].includes(publishedStatus!));
      const computable = decided.filter(({ computedStatus }) => computedStatus !== null);
      const different = computable.filter((row) => row.computedStatus !== row.publishedStatus);
      expect({
        drr17_decided: decided.length,
        drr17_decided_and_computable: computable.length,
        drr17_agree: computable.length - different.length,
        drr17_disagree: different,
      }).toEqual({
        drr17_decided: overall['drr17_decided'],
        drr17_decided_and_computable: overall['drr17_decided_and_computable'],
        drr17_agree: overall['drr17_agree'],
        drr17_disagree: overall['drr17_disagree'],
      });
    });

    it('is counted by department and level as expected; the one goal apart contradicts its twin', () => {
      const counted = (statusOf: (row: GoalRow) => string): readonly string[] => {
        const counts = new Map<string, number>();
        for (const row of reported()) {
          const dept = Object.entries(agencies).find(([, agency]) => agency === row.agency)![0];
          const key = [dept, row.headings[0], statusOf(row).replace('-', '_')].join();
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        return [...counts].map(([key, n]) => `${key},${n}`).sort();
      };
      const expected = expectedRows(folder, 'status.csv').map((row) => Object.values(row).join());
      expect(counted((row) => row.publishedStatus!)).toEqual(expected.sort());
      // Judged by people where it is in words. Goal in00185-2017 was published as future, and its twin of the program level,
      // in00222-2017, with the same indicator, target, due date and result as not met: the rule makes both of them not met.
      const apart = reported().filter((row) => (row.computedStatus ?? row.publishedStatus) !== row.publishedStatus);
      expect(apart).toMatchObject([{ goal: 'in00185-2017', publishedStatus: 'future', computedStatus: 'not-met' }]);
    });

    it('is on the whole no data, for want of a reading, or where it stands by the readings', () => {
      const count = (status: string): number => rows.filter((row) => row.status === status).length;
      expect(count('no-data')).toBeGreaterThan(466);
      expect(count('achieved')).toBeGreaterThanOrEqual(38);
      expect(rows.find(({ goal }) => goal === 'in00156-2017')).toMatchObject({
        status: 'overdue',
        publishedStatus: 'not-met',
      });
    });
  });

  describe('the goals that stand in two plans', () => {
    const changes = expectedRows(folder, 'target_changes_dp18_dp19.csv');
    const idOf = (row: Record<string, string>): string => row['stable_id']!.toLowerCase();

    it('are carried forward', () => {
      const carried = rows.filter(({ carriedFrom }) => carriedFrom !== null);
      expect(carried.map(({ goal }) => goal).sort()).toEqual(changes.map(idOf).sort());
      expect(
        carried.every(({ plan, carriedFrom, goal }) => plan === '2019-20' && carriedFrom === `2018-19/${goal}`),
      ).toBe(true);
      const left = rows.filter(({ carriedTo }) => carriedTo !== null);
      expect(left.map(({ goal, plan, carriedTo }) => [goal, plan, carriedTo]).sort()).toEqual(
        changes.map((row) => [idOf(row), '2018-19', '2019-20']).sort(),
      );
    });

    it('are revised where their target changed, each numeric change marked by the rule', () => {
      const changed = changes.filter((row) => row['same'] === 'N');
      const revised = rows.filter(({ plan, changeReason }) => plan === '2019-20' && changeReason !== null);
      expect(revised.map(({ goal }) => goal).sort()).toEqual(changed.map(idOf).sort());
      expect(
        revised.every((row) => row.changeReason === changed.find((one) => idOf(one) === row.goal)!['published_change']),
      ).toBe(true);
      const isWeaker = new Map(changed.map((row) => [idOf(row), weakerByHand(row['dp18']!, row['dp19']!)]));
      expect(new Map(revised.map(({ goal, weakened }) => [goal, weakened]))).toEqual(isWeaker);
      const published = (word: string) =>
        revised.filter(({ changeReason }) => changeReason === word).map(({ weakened }) => weakened);
      expect([...new Set(published('diminished'))]).toEqual([true]);
      expect([...new Set(published('augmented'))]).toEqual([false]);
    });
  });

  it('are listed in the order that is asked for, page by page, and as a table', async () => {
    const path = `/v1/agencies/${agencies.TBC}/goal-progress?validAt=2018-04-30&sort=attainment&status=overdue,at-risk`;
    const all = (await ledger.read(`${path}&limit=1000`)) as { rows: { goal: string; attainment: string }[] };
    expect(all.rows.length).toBeGreaterThan(5);
    const shares = all.rows.map(({ attainment }) => Number(attainment));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const page = (await ledger.read(`${path}&limit=20${cursor}`)) as { rows: { goal: string }[]; next?: string };
      seen.push(...page.rows.map(({ goal }) => goal));
      if (page.next === undefined) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(seen).toEqual(all.rows.map(({ goal }) => goal));
    const csv = await ledger.http().get(path).set('accept', 'text/csv').expect(200);
    expect(csv.text.trim().split('\n').length).toBeGreaterThan(all.rows.length);
    const lines = await ledger.http().get(path).set('accept', 'application/x-ndjson').expect(200);
    expect(lines.text.trim().split('\n')).toHaveLength(all.rows.length);
  });

  describe('the book of a plan', () => {
    const path = `/v1/agencies/${agencies.ND}/plan-books/2019-20`;
    const ask = (type: string, question = '') => ledger.http().get(`${path}${question}`).set('accept', type);

    it('is data, with all its goals and the changes of their targets', async () => {
      const { body } = await ask('application/json').expect(200);
      expect(body).toMatchObject({ publishedBy: 'National Defence', cycle: 3, predecessor: '2018-19' });
      expect(body.goals).toHaveLength(140);
      const revised = rows.filter(
        (row) => row.agency === agencies.ND && row.plan === '2019-20' && row.changeReason !== null,
      );
      expect(body.targetChanges).toHaveLength(revised.length);
    });
    it('is a page that runs and loads nothing, and a Markdown document', async () => {
      const page = await ask('text/html,*/*;q=0.8')
        .expect(200)
        .expect('content-type', /^text\/html/);
      expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
      expect(page.text).toContain('<h1>Departmental Plan 2019-20</h1>');
      expect(page.text.match(/<th scope="row">/g)!.length).toBeGreaterThan(140);
      const document = await ask('*/*', '?format=markdown')
        .expect(200)
        .expect('content-type', /^text\/markdown/);
      expect(document.text).toMatch(/^# Departmental Plan 2019\\-20\n/);
      await ask('image/png').expect(406);
    });
    it('is what was known at a moment: before the next plan was recorded, its cycle was open', async () => {
      const earlier = `/v1/agencies/${agencies.ND}/plan-books/2018-19`;
      const now = (await ledger.read(earlier)) as { status: string; goals: { carriedTo: string | null }[] };
      expect([now.status, now.goals.some(({ carriedTo }) => carriedTo !== null)]).toEqual(['cycle-closed', true]);
      const then = (await ledger.read(`${earlier}?asOf=9`)) as { status: string; goals: unknown[]; revision: string };
      expect([then.status, then.goals.length, then.revision]).toEqual(['published', 9, '9']);
    });
    it('is not there for a plan that nobody recorded', () => ledger.http().get(`${path}-b`).expect(404));
  });

  it('are the same documents, byte for byte, when they are folded again from the beginning', async () => {
    const documents = async (): Promise<Buffer> => {
      const found = await ledger.app.get(ReadModels).collection(planBook).find({}).sort({ _id: 1 }).toArray();
      return Buffer.concat(found.map((document) => BSON.serialize(document)));
    };
    const before = await documents();
    expect(before.length).toBeGreaterThan(300_000);
    await ledger.http().post('/v1/operations/read-models/plan-book/rebuild').set(ledger.bearer('clerk')).expect(200);
    expect((await documents()).equals(before)).toBe(true);
  });

  it('take in no line that is no goal, changes one, or belongs to no such plan', async () => {
    const upload = (plan: string, ...lines: readonly object[]) =>
      ledger
        .http()
        .post(`/v1/agencies/${agencies.CPCC}/plans/${plan}/published-goals`)
        .set({ ...ledger.bearer('clerk'), 'content-type': 'application/x-ndjson' })
        .send(lines.map((line) => JSON.stringify(line)).join('\n'));
    const rulesOf = (text: string): readonly string[] =>
      [...text.matchAll(/"rule":"([^"]+)"/g)].map(([, rule]) => rule!);
    const known = { goalId: 'dr-quant-292', title: 'Another title' };
    const found = await upload(
      '2018-19',
      known,
      { ...known, colour: 'blue' },
      { goalId: 'new-one', title: 'Too late' },
    );
    expect([found.status, rulesOf(found.text)]).toEqual([
      422,
      [
        'published-plan/a-published-goal-is-recorded-once',
        'published-plan/a-line-is-a-published-goal',
        'published-plan/a-published-goal-belongs-to-a-recorded-plan',
      ],
    ]);
    const nowhere = await upload('2031-32', { goalId: 'a', title: 'A' });
    expect([nowhere.status, rulesOf(nowhere.text)]).toEqual([
      422,
      ['published-plan/a-published-goal-belongs-to-a-recorded-plan'],
    ]);
    const successor = `/v1/agencies/${agencies.CPCC}/plans/2018-19/successor`;
    await ledger.post('clerk', successor, { plan: '2017-18' }, 422);
    await ledger.post('clerk', `/v1/agencies/${agencies.CPCC}/published-plans`, { id: '2031-32' }, 400);
  });

  it('leave out of a file what the profile or the ledger refuses, and say why', async () => {
    const [header, ...lines] = gunzipSync(readFileSync(goals!)).toString('utf8').split('\n');
    const line = lines.find((one) => one.startsWith('DR-QUANT-dp18-292,'))!;
    const file = join(ledger.folder, 'some.csv');
    const reportFile = join(ledger.folder, 'some.rejected.ndjson');
    writeFileSync(file, [header, line, line.replace(',30.00,', ',20.00,'), line.replace(',CPCC,', ',XYZ,')].join('\n'));
    const profile = loadProfile(folder, 'profiles');
    const counts = await importFile({ url: ledger.url, token, profile, file, reportFile });
    expect(counts).toEqual({ accepted: 0, unchanged: 1, rejected: 2 });
    const report = readFileSync(reportFile, 'utf8').trim().split('\n');
    expect(report.map((entry) => JSON.parse(entry) as object)).toMatchObject([
      { line: 4, field: 'dept', rule: 'import/a-text-is-one-that-the-profile-knows' },
      { line: 3, field: '/target/value', rule: 'published-plan/a-published-goal-is-recorded-once' },
    ]);
  });

  it('have readings as they were known at a moment', async () => {
    const path = `/v1/agencies/${agencies.TBC}`;
    const statusOf = async (question: string) => {
      const all = (await goalsOf(agencies.TBC, `&indicator=in00156-2017${question}`)) as (GoalRow & {
        actual: string;
      })[];
      return all.map(({ actual, status }) => [actual, status]);
    };
    expect(await statusOf('')).toEqual([['76', 'overdue']]);
    const position = (await ledger.http().get(path).expect(200)).headers['ledger-position']!;
    await ledger.signIn('capturer', 'data-capturer', agencies.TBC);
    const late = { id: 'late', kind: 'value', period: 'FY2017-18', value: '96', dimensions: {} };
    await ledger.upload('capturer', `${path}/indicators/in00156-2017/readings`, [late]);
    expect(await statusOf('')).toEqual([['86', 'achieved']]);
    expect(await statusOf(`&asOf=${position}`)).toEqual([['76', 'overdue']]);
  });

  it('imported again add no event', async () => {
    const before = await ledger.recorded();
    expect(await imported()).toEqual({ accepted: 0, unchanged: 579, rejected: 0 });
    expect(await ledger.recorded()).toEqual(before);
  }, 240_000);
});

/** The rule once more, from the texts of the expected file: `percent 95.00..100.00`. Null where the two cannot be compared. */
function weakerByHand(was: string, now: string): boolean | null {
  const parts = (text: string) => {
    const [unit = '', range = ''] = text.split(/ (.*)/s);
    const [from = '', to = ''] = range.split('..');
    return { unit: unit.replace('_range', ''), from: from.trim(), to };
  };
  const [old, next] = [parts(was), parts(now)];
  if (old.unit === 'text') return null;
  if (old.from === '' && old.to === '') return false;
  if (old.unit !== next.unit) return null;
  const below = old.from !== '' && (next.from === '' || Number(next.from) < Number(old.from));
  const above = old.to !== '' && (next.to === '' || Number(next.to) > Number(old.to));
  return below || above;
}
