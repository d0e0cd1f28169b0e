import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decimal, published } from '@app/kernel';
import { keepAgreement, type ExampleAgreement } from '../../apps/all-in-one/src/example.js';
import type { ImportCounts } from '../../apps/cli/src/import/import-file.js';
import { home } from '../process/service.js';
import { ServiceOnData, expectedRows, plain, sharedData, type Row } from './published-data.js';

const boston = sharedData('boston-311-2011', 'cases.csv.gz');
const canada = sharedData('canada-service-standards', 'readings.csv.gz');
const cityScore = sharedData('boston-cityscore', 'cityscore_rows.csv');
const cases = 58_251;

let service: ServiceOnData;

beforeAll(async () => {
  service = await ServiceOnData.start();
}, 60_000);
afterAll(() => service?.stop());

const ask = (groupBy: string, more: Readonly<Record<string, string>> = {}): Promise<Row[]> =>
  service.performance({
    agency: 'boston',
    indicator: 'on-time-closure',
    ...(groupBy === '' ? {} : { groupBy }),
    ...more,
  });
const byKey = (rows: readonly Row[], names: readonly string[]): Map<string, Row> =>
  new Map(rows.map((row) => [JSON.stringify(names.map((name) => row.key[name])), row]));

(boston === undefined ? describe.skip : describe)('the Boston cases of 2011', () => {
  let first: ImportCounts;

  beforeAll(async () => {
    first = await service.import(service.profile('boston-311'), boston!);
    await service.caughtUp();
  }, 400_000);

  it('are all accepted', () => expect(first).toEqual({ accepted: cases, unchanged: 0, rejected: 0 }));

  it('are counted with their oddities', async () => {
    const count = async (flag: string): Promise<unknown> => (await ask('', { flag }))[0]?.['n'];
    const [[all], [blank]] = [await ask(''), await ask('neighborhood')];
    expect(all).toMatchObject({ n: cases });
    expect(await count('blank-dimension:neighborhood')).toBe(blank?.['n']);
    expect([await count('due-before-start'), blank]).toMatchObject([3, { key: { neighborhood: '' }, n: 2_870 }]);
  });

  it('imported again add no event and change no figure', async () => {
    const [before, views] = [await ask('period'), await service.views()];
    const again = await service.import(service.profile('boston-311'), boston!);
    expect(again).toEqual({ accepted: 0, unchanged: cases, rejected: 0 });
    expect(await service.views()).toEqual(views);
    expect(await ask('period')).toEqual(before);
  }, 400_000);

  describe('have the figures that were computed elsewhere:', () => {
    it('are the overall ones', async () => {
      const [row] = await ask('');
      expect(row).toEqual({
        key: {},
        n: 58_251,
        withTarget: 47_270,
        met: 35_591,
        late: 8_230,
        openOverdue: 3_449,
        openNotDue: 0,
        noTarget: 10_981,
        percentMet: '75.293',
        closed: 54_570,
        medianHours: '22.1764',
        p90Hours: '1899.4761',
      });
    });

    it.each([
      ['month.csv', ['period'], ['open_month']],
      ['department.csv', ['department'], ['department']],
      ['type.csv', ['department', 'type'], ['department', 'type']],
      ['neighborhood.csv', ['neighborhood'], ['neighborhood']],
      ['ward.csv', ['ward'], ['ward']],
      ['source.csv', ['source'], ['source']],
      ['month_department.csv', ['period', 'department'], ['open_month', 'department']],
      ['month_type.csv', ['period', 'type'], ['open_month', 'type']],
      ['month_neighborhood.csv', ['period', 'neighborhood'], ['open_month', 'neighborhood']],
      ['closed_month_department.csv', ['period', 'department'], ['closed_month', 'department']],
    ])('are those of %s to the last digit', async (file, names, columns) => {
      const indicator = file.startsWith('closed') ? 'on-time-closure-by-closing' : 'on-time-closure';
      const [rows, wanted] = [await ask(names.join(','), { indicator }), expectedRows('boston-311-2011', file)];
      expect(rows).toHaveLength(wanted.length);
      const found = byKey(rows, names);
      for (const line of wanted)
        expect(found.get(JSON.stringify(columns.map((column) => line[column])))).toMatchObject({
          n: Number(line['n']),
          withTarget: Number(line['with_target']),
          met: Number(line['met']),
          late: Number(line['late']),
          openOverdue: Number(line['open_overdue']),
          openNotDue: 0,
          noTarget: Number(line['no_target']),
          percentMet: plain(line['pct_met']!),
          closed: Number(line['closed']),
          medianHours: plain(line['median_hours_to_close']!),
          p90Hours: plain(line['p90_hours_to_close']!),
        });
    });

    it('are those of as_of_month_end.csv at the end of each month', async () => {
      for (const line of expectedRows('boston-311-2011', 'as_of_month_end.csv')) {
        const [row] = await ask('', { validAt: line['as_of']!.slice(0, 10) });
        expect(row).toMatchObject({
          n: Number(line['opened']),
          closed: Number(line['closed']),
          noTarget: Number(line['no_target']),
          met: Number(line['closed_met']),
          late: Number(line['closed_late']),
          openOverdue: Number(line['open_overdue']),
          openNotDue: Number(line['open_not_due']),
          percentMet: plain(line['pct_met_of_decided']!),
        });
      }
    });

    it('are on the scorecard of an agreement that asks for three of four, each month judged unrounded', async () => {
      const agreement = JSON.parse(
        readFileSync(join(home, 'examples', 'boston-311', 'agreement.json'), 'utf8'),
      ) as ExampleAgreement;
      await keepAgreement({ url: service.url, operatorSecret: service.operatorSecret, home }, agreement);
      await service.caughtUp();
      const { rows } = (await service.get('/v1/scorecard?agency=boston')) as { rows: Record<string, unknown>[] };
      const months = expectedRows('boston-311-2011', 'month.csv');
      const inOrder = rows.toSorted((a, b) => (String(a['period']) < String(b['period']) ? -1 : 1));
      expect(inOrder).toMatchObject(
        months.map((month) => {
          const decided = ['met', 'late', 'open_overdue'].reduce((sum, name) => sum + Number(month[name]), 0);
          return {
            period: month['open_month'],
            scope: 'all',
            target: '75',
            n: decided,
            value: plain(month['pct_met']!),
            verdict: 4 * Number(month['met']) >= 3 * decided ? 'Met' : 'NotMet',
            status: 'final',
          };
        }),
      );
      expect(rows.map(({ verdict }) => verdict)).toEqual(expect.arrayContaining(['Met', 'NotMet']));
      expect(await service.get(String(inOrder[0]!['verification']))).toMatchObject({ matches: true, sameEngine: true });
    }, 400_000);
  });
});

(canada === undefined ? describe.skip : describe)('the service standards of Canada', () => {
  const question = { agency: 'canada', indicator: 'service-standards-met' };
  const fiscalYear = (text: string): string => `FY${text.slice(0, 5)}${text.slice(7)}`;

  it('are all accepted', async () => {
    const counts = await service.import(service.profile('canada-service-standards'), canada!);
    expect(counts).toEqual({ accepted: 8_110, unchanged: 0, rejected: 0 });
    await service.caughtUp();
  }, 400_000);

  it.each([
    ['fiscal_year.csv', []],
    ['fiscal_year_channel.csv', ['channel']],
    ['fiscal_year_org.csv', ['org']],
  ])('have the figures of %s to the last digit', async (file, more) => {
    const names = ['period', ...more];
    const rows = await service.performance({ ...question, groupBy: names.join(',') });
    const wanted = expectedRows('canada-service-standards', file);
    expect(rows).toHaveLength(wanted.length);
    const found = byKey(rows, names);
    for (const line of wanted) {
      const row = found.get(JSON.stringify([fiscalYear(line['fiscal_year']!), ...more.map((name) => line[name])]));
      expect(row).toMatchObject({
        n: Number(line['standards']),
        met: Number(line['met_exact']),
        percentMet: plain(line['pct_standards_met_exact']!),
        numerator: line['volume_met'],
        denominator: line['volume_total'],
        percent: plain(line['volume_weighted_pct']!),
      });
      expect(Number(row!['met']) + Number(row!['notMet'])).toBe(Number(line['computable']));
    }
  });

  it('are counted with their oddities', async () => {
    const [zero] = await service.performance({ ...question, flag: 'target-zero' });
    expect(zero).toMatchObject({ n: 785, met: 54, notMet: 0 });
    const [all] = await service.performance(question);
    expect(all).toMatchObject({ n: 8_110, noTarget: 73 });
  });
});

(cityScore === undefined ? describe.skip : describe)('the CityScore metrics of Boston', () => {
  const valuesOf = (window: string): Map<string, Record<string, string>> =>
    new Map(
      expectedRows('boston-cityscore', 'readings.csv')
        .filter((line) => line['window'] === window)
        .map((line) => [JSON.stringify([line['metric'], line['as_of']!.slice(0, 7)]), line]),
    );

  it.each(['week', 'month', 'quarter'])('of the %s have the values that were computed elsewhere', async (window) => {
    const week = service.profile('boston-cityscore');
    const median = service.profile('boston-cityscore-median');
    if (week.kind !== 'ratio' || median.kind !== 'value') throw new Error('The profiles are of another kind.');
    const named = (indicator: string): string => indicator.replace('week', window);
    const cards = (profile: typeof week | typeof median) => ({
      ...profile.setup,
      indicators: profile.setup.indicators.map((card) => ({ ...card, id: named(String(card['id'])) })),
    });
    const shares = {
      ...week,
      indicator: named(week.indicator),
      setup: cards(week),
      columns: { ...week.columns, numerator: `${window}_numerator`, denominator: `${window}_denominator` },
    };
    const medians = {
      ...median,
      indicator: named(median.indicator),
      setup: cards(median),
      columns: { ...median.columns, value: `${window}_denominator` },
    };
    expect(await service.import(shares, cityScore!)).toEqual({ accepted: 20, unchanged: 0, rejected: 0, leftOut: 2 });
    expect(await service.import(medians, cityScore!)).toEqual({ accepted: 2, unchanged: 0, rejected: 0, leftOut: 20 });
    await service.caughtUp();
    const wanted = valuesOf(window);
    const rowsOf = (indicator: string): Promise<Row[]> =>
      service.performance({ agency: 'boston', indicator, groupBy: 'metric,period' });
    const [ratios, values] = [await rowsOf(shares.indicator), await rowsOf(medians.indicator)];
    expect(ratios.length + values.length).toBe(wanted.size);
    for (const { key, percent, met } of ratios) {
      const line = wanted.get(JSON.stringify([key['metric'], key['period']]))!;
      const value = new Decimal(String(percent)).dividedBy(100).toString();
      expect([key, value, met]).toEqual([key, plain(line['value']!), line['met'] === 'Y' ? 1 : 0]);
    }
    for (const { key, value, met } of values) {
      const line = wanted.get(JSON.stringify([key['metric'], key['period']]))!;
      expect([value, met]).toEqual([published(new Decimal(line['value']!), 4), line['met'] === 'Y' ? 1 : 0]);
    }
  });
});

it('gives the same documents when every read model is dropped and rebuilt', async () => {
  await service.caughtUp();
  const before = await service.views();
  expect(Object.keys(before)).toEqual(expect.arrayContaining(['audit-trail', 'ledger-pages', 'scorecard']));
  await service.post('/v1/operations/read-models/all/rebuild', {}, 'administrator');
  expect(await service.views()).toEqual(before);
}, 400_000);
