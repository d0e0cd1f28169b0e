import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { importFile } from '../../apps/cli/src/import/import-file.js';
import { loadProfile } from '../../apps/cli/src/import/profile.js';
import { home } from '../process/service.js';
import type { Row } from './published-data.js';
import { RunningLedger } from './running-ledger.js';

/** The columns of the city, of which `ontime` is its own verdict: it calls a case without a target on time, too. */
interface Case {
  readonly open_dt: string;
  readonly target_dt: string;
  readonly closed_dt: string;
  readonly ontime: string;
  readonly department: string;
  readonly ward: string;
}

const excerpt = join(home, 'examples', 'boston-311', 'excerpt.csv');
const cases: readonly Case[] = parse(readFileSync(excerpt), { columns: true });
const question = '/v1/performance?agency=boston&indicator=on-time-closure';

let ledger: RunningLedger;

const imported = () =>
  importFile({
    url: ledger.url,
    token: async (role, agency = '*') => (await ledger.signIn(`${role} of ${agency}`, role, agency)).token,
    profile: loadProfile('boston-311', join(home, 'profiles')),
    file: excerpt,
  });

/** `numerator / denominator` of whole numbers, half up at four decimals. */
const rounded = (numerator: number, denominator: number): string =>
  String(Math.floor((numerator * 20_000 + denominator) / (2 * denominator)) / 10_000);

/** The figures once more, from the text of the file: its times are of one zone, and order as texts do. */
function recounted(of: readonly Case[]): object {
  const withTarget = of.filter(({ target_dt }) => target_dt.trim() !== '');
  const closed = of.filter(({ closed_dt }) => closed_dt.trim() !== '');
  const met = withTarget.filter(({ ontime }) => ontime === 'ONTIME').length;
  const late = withTarget.filter((one) => one.ontime === 'OVERDUE' && closed.includes(one)).length;
  const seconds = closed
    .map(({ open_dt, closed_dt }) => (Date.parse(`${closed_dt}Z`) - Date.parse(`${open_dt}Z`)) / 1000)
    .sort((a, b) => a - b);
  const [lower, upper] = [(seconds.length - 1) >> 1, seconds.length >> 1].map((at) => seconds[at]!);
  return {
    n: of.length,
    withTarget: withTarget.length,
    met,
    late,
    openOverdue: withTarget.length - met - late,
    noTarget: of.length - withTarget.length,
    closed: closed.length,
    percentMet: withTarget.length === 0 ? null : rounded(100 * met, withTarget.length),
    medianHours: closed.length === 0 ? null : rounded(lower! + upper!, 2 * 3600),
  };
}

beforeAll(async () => {
  ledger = await RunningLedger.start();
  expect(await imported()).toEqual({ accepted: cases.length, unchanged: 0, rejected: 0 });
  // Answers with a position behind everything that was imported.
  await ledger.post('administrator of *', '/v1/agencies', { id: 'a-mark', name: 'A mark', timeZone: 'UTC' }, 201);
}, 120_000);
afterAll(() => ledger?.close());

describe('the figures of the shipped Boston cases are those of the file, counted by hand,', () => {
  it.each<[string, (one: Case) => string]>([
    ['period', ({ open_dt }) => open_dt.slice(0, 7)],
    ['department', ({ department }) => department],
    ['ward', ({ ward }) => ward.trim()],
  ])('by %s', async (name, keyOf) => {
    const { rows } = (await ledger.read(`${question}&groupBy=${name}`)) as { rows: Row[] };
    const found = new Map(rows.map(({ key, ...figures }) => [key[name], figures]));
    const keys = [...new Set(cases.map(keyOf))];
    expect([...found.keys()].sort()).toEqual([...keys].sort());
    for (const key of keys)
      expect([key, found.get(key)]).toMatchObject([key, recounted(cases.filter((one) => keyOf(one) === key))]);
  });
});

it('the shipped Boston cases imported again add no event and change no figure', async () => {
  const figures = async () => ((await ledger.read(`${question}&groupBy=period,type`)) as { rows: Row[] }).rows;
  const [events, before] = [await ledger.recorded(), await figures()];
  expect(await imported()).toEqual({ accepted: 0, unchanged: cases.length, rejected: 0 });
  expect(await ledger.recorded()).toEqual(events);
  expect(await figures()).toEqual(before);
});
