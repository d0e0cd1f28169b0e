import { View } from '@app/projections';
import type { FindCursor } from 'mongodb';
import type { Response } from 'supertest';
import { RunningLedger } from './running-ledger.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: {
    readonly type?: string;
    readonly format?: string;
    readonly enum?: string[];
    readonly example?: string;
    readonly items?: { readonly enum?: string[] };
  };
}
interface Operation {
  readonly parameters?: readonly Parameter[];
}

let ledger: RunningLedger;
const people = ['analyst', 'oversight', 'administrator'];
const notFilters = new Set(['cursor', 'limit', 'minPosition', 'asOf']);
const sampleOf: Readonly<Record<string, string>> = {
  agency: 'boston',
  entity: 'agency-boston/boston',
  actor: 'p-1',
  period: '2011-07',
  subject: 'plan/water-2026',
};
let lists: { readonly path: string; readonly filters: readonly Parameter[] }[] = [];

beforeAll(async () => {
  ledger = await RunningLedger.start({ docs: true });
  for (const role of people) await ledger.signIn(role, role, '*');
  const { body } = await ledger.http().get('/v1/openapi.json').expect(200);
  lists = Object.entries(body.paths as Record<string, { get?: Operation }>).flatMap(([path, { get }]) => {
    const query = get?.parameters?.filter((parameter) => parameter.in === 'query') ?? [];
    if (!query.some(({ name }) => name === 'cursor')) return [];
    return [{ path: path.replace('{agency}', 'boston'), filters: query.filter(({ name }) => !notFilters.has(name)) }];
  });
});
afterAll(() => ledger.close());

function sample({ name, schema = {} }: Parameter): string {
  if (sampleOf[name] !== undefined) return sampleOf[name];
  if (schema.format === 'date-time') return name === 'to' ? '2030-01-01T00:00:00Z' : '2011-01-01T00:00:00Z';
  if (schema.format === 'date') return '2011-07-01';
  if (schema.type === 'boolean') return 'true';
  return schema.enum?.[0] ?? schema.items?.enum?.[0] ?? 'some';
}

/** Every choice of some of them. */
const choices = <T>(items: readonly T[]): T[][] =>
  items.reduce<T[][]>((known, item) => [...known, ...known.map((choice) => [...choice, item])], [[]]);

/** Asks as whoever may; the answer is a page. */
async function ask(path: string, query: string): Promise<Response> {
  let response!: Response;
  for (const person of people) {
    response = await ledger.http().get(`${path}?${query}`).set(ledger.bearer(person));
    if (response.status !== 403) break;
  }
  return response;
}

interface Plan {
  readonly stage: string;
  readonly inputStage?: Plan;
  readonly keyPattern?: Readonly<Record<string, number>>;
}
interface Question {
  readonly stages: readonly Plan[];
  /** Fields that are asked for by a value. */
  readonly equal: readonly string[];
}
const stagesOf = (plan: Plan): Plan[] => [plan, ...(plan.inputStage === undefined ? [] : stagesOf(plan.inputStage))];

const isValue = (condition: unknown): boolean => typeof condition !== 'object' || condition === null;

/** The questions that one request puts to the read models, and how they are answered. */
async function questionsOf(path: string, query: string): Promise<{ status: number; questions: Question[] }> {
  const spy = jest.spyOn(View.prototype, 'find');
  try {
    const { status } = await ask(path, query);
    const questions: Question[] = [];
    for (const [at, { value }] of spy.mock.results.entries()) {
      const plan = (await (value as FindCursor).clone().explain('queryPlanner')) as {
        queryPlanner: { winningPlan: Plan };
      };
      const filter: object = spy.mock.calls[at]![0] ?? {};
      const equal = Object.entries(filter).flatMap(([field, condition]) => (isValue(condition) ? [field] : []));
      questions.push({ stages: stagesOf(plan.queryPlanner.winningPlan), equal });
    }
    return { status, questions };
  } finally {
    spy.mockRestore();
  }
}

/** Why the plan is not one walk along an index that begins with what is asked for; undefined when it is. */
function faultOf({ stages, equal }: Question): string | undefined {
  const names = stages.map(({ stage }) => stage);
  if (names.includes('COLLSCAN') || names.includes('SORT')) return names.join(' ');
  const walk = stages.find(({ stage }) => stage === 'IXSCAN');
  if (walk === undefined) return names.some((name) => /IDHACK|EXPRESS/.test(name)) ? undefined : names.join(' ');
  const [first] = Object.keys(walk.keyPattern ?? {});
  if (equal.length > 0 && !equal.includes(first ?? '')) return `no index begins with ${equal.join(' or ')}`;
  return undefined;
}

describe('every list', () => {
  it('has an index for each choice of its filters, and is sorted by it', async () => {
    expect(lists.map(({ path }) => path)).toEqual(expect.arrayContaining(['/v1/audit', '/v1/scorecard']));
    let asked = 0;
    for (const { path, filters } of lists) {
      for (const choice of choices(filters)) {
        const query = choice.map((filter) => `${filter.name}=${encodeURIComponent(sample(filter))}`).join('&');
        const { status, questions } = await questionsOf(path, query);
        // A door may refuse filters together for which it has no index; each of them alone is answered.
        if (status === 400 && choice.length > 1) continue;
        const faults = questions.map(faultOf).filter((fault) => fault !== undefined);
        expect([path, query, status, faults]).toEqual([path, query, 200, []]);
        asked += questions.length;
      }
    }
    process.stdout.write(`${asked} plans of ${lists.length} lists use an index\n`);
    expect(asked).toBeGreaterThanOrEqual(lists.length);
  }, 120_000);

  it('refuses what it does not declare, and a cursor of another list', async () => {
    const { body } = await ask('/v1/audit', 'limit=1');
    for (const { path } of lists) {
      expect([path, (await ask(path, 'colour=red')).status]).toEqual([path, 400]);
      expect([path, (await ask(path, 'agency[$ne]=x')).status]).toEqual([path, 400]);
      expect([path, (await ask(path, 'cursor=bm9uZQ')).body.type]).toEqual([
        path,
        '/v1/problems/http/malformed-cursor',
      ]);
      expect([path, (await ask(path, 'limit=0')).status]).toEqual([path, 400]);
    }
    const other = await ask('/v1/audit', `type=RoleGranted&limit=1&cursor=${body.next as string}`);
    expect([other.status, other.body.type]).toEqual([400, '/v1/problems/http/malformed-cursor']);
  });
});

describe('a list that is read page by page while it grows', () => {
  const register = async (name: string): Promise<void> => {
    await ledger
      .http()
      .post('/v1/agencies')
      .set(ledger.bearer('administrator'))
      .send({ id: name, name, timeZone: 'Europe/Berlin' })
      .expect(201);
  };

  it('has every row of the start once and in order', async () => {
    const first = Array.from({ length: 30 }, (_, at) => `town-${String(2 * at).padStart(3, '0')}`);
    for (const name of first) await register(name);
    await seen('town-058');
    const rows: string[] = [];
    let query = 'limit=7';
    for (let page = 0; ; page += 1) {
      const { body } = await ask('/v1/agencies', query);
      rows.push(...(body.rows as { id: string }[]).map(({ id }) => id));
      // One before, one behind where the reader is.
      await register(`town-${String(2 * page + 1).padStart(3, '0')}`);
      await register(`town-${String(59 - 2 * page).padStart(3, '0')}`);
      if (body.next === undefined) break;
      query = `limit=7&cursor=${body.next as string}`;
    }
    expect(rows).toEqual([...rows].sort());
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows).toEqual(expect.arrayContaining(first));
  });

  const seen = async (id: string): Promise<void> => {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const { body } = await ask('/v1/agencies', 'limit=1000');
      if ((body.rows as { id: string }[]).some((row) => row.id === id)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${id} does not appear`);
  };
});
