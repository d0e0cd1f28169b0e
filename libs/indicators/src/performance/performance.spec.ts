import { Decimal, periodOf, published } from '@app/kernel';
import fc from 'fast-check';
import { completedOnly, onTime, onTimeDefined, onTimeRevised } from '../indicator/indicator.examples.js';
import type { IndicatorCard } from '../indicator/indicator.events.js';
import { indicator } from '../indicator/indicator.state.js';
import { hasFlag, type CaseFact, type Fact, type RatioFact, type ValueFact } from './facts.js';
import { cardsOf, figuresOf, performanceOf, type CaseRow, type Cards } from './performance.js';
import type { RatioFigures } from './ratio-tally.js';
import type { ValueFigures } from './value-tally.js';

const only = (card: IndicatorCard): Cards => ({ all: [card], inForceFor: () => card });
const ratioCard: IndicatorCard = { ...onTime, kind: 'ratio', aggregation: 'ratio-of-sums' };
const valueCard: IndicatorCard = { ...onTime, kind: 'value', aggregation: 'mean' };
const endOf2011 = new Date('2012-01-01T05:00:00Z');

const caseOf = (change: Partial<CaseFact> = {}): CaseFact => ({
  id: 'a',
  kind: 'case',
  startedAt: '2011-07-01T08:00:00-04:00',
  dimensions: { ward: '1' },
  flags: [],
  ...change,
});
const ratioOf = (change: Partial<RatioFact> = {}): RatioFact => ({
  id: 'a',
  kind: 'ratio',
  period: '2011-07',
  dimensions: {},
  flags: [],
  ...change,
});
const valueOf = (change: Partial<ValueFact> = {}): ValueFact => ({
  id: 'a',
  kind: 'value',
  period: '2011-07',
  dimensions: {},
  flags: [],
  ...change,
});

const rowOf = <Row>(facts: readonly Fact[], card: IndicatorCard, validAt = endOf2011): Row =>
  performanceOf(facts, only(card), [], validAt)[0] as unknown as Row;

/** A time in July 2011, in whole minutes from its start. */
const july = (minutes: number): string =>
  `${new Date(Date.UTC(2011, 6, 1) + minutes * 60_000).toISOString().slice(0, 19)}-04:00`;
const minutesOfJuly = fc.integer({ min: 0, max: 31 * 24 * 60 - 1 });

describe('figures of cases', () => {
  const anyCase = fc.record({
    start: minutesOfJuly,
    open: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined }),
    due: fc.option(fc.integer({ min: -100, max: 20_000 }), { nil: undefined }),
    ward: fc.constantFrom('1', '2', ''),
  });
  const factOfCase = ({ start, open, due, ward }: typeof anyCase extends fc.Arbitrary<infer T> ? T : never): CaseFact =>
    caseOf({
      startedAt: july(start),
      ...(open === undefined ? {} : { stoppedAt: july(start + open) }),
      ...(due === undefined ? {} : { dueAt: july(start + due) }),
      dimensions: { ward },
    });

  it('are what counting each case by hand gives, at any moment', () =>
    fc.assert(
      fc.property(fc.array(anyCase, { maxLength: 40 }), minutesOfJuly, (cases, now) => {
        const rows = performanceOf(cases.map(factOfCase), only(onTime), ['ward'], new Date(july(now))) as CaseRow[];
        const opened = cases.filter(({ start }) => start <= now);
        expect(rows.map(({ key }) => key['ward'])).toEqual([...new Set(opened.map(({ ward }) => ward))].sort());
        for (const { key, ...row } of rows) {
          const own = opened.filter(({ ward }) => ward === key['ward']);
          const closed = own.filter(({ start, open }) => open !== undefined && start + open <= now);
          const isClosed = (one: (typeof own)[number]): boolean => closed.includes(one);
          const met = own.filter((one) => isClosed(one) && one.due !== undefined && one.open! <= one.due).length;
          const late = own.filter((one) => isClosed(one) && one.due !== undefined && one.open! > one.due).length;
          const overdue = own.filter((one) => !isClosed(one) && one.due !== undefined && one.start + one.due < now);
          const noTarget = own.filter(({ due }) => due === undefined).length;
          const decided = met + late + overdue.length;
          const sorted = closed.map(({ open }) => open!).sort((a, b) => a - b);
          const hours = (twice: number): string => published(new Decimal(twice).dividedBy(120), 4);
          const half = sorted.length / 2;
          const median = sorted.filter((_, at) => at + 1 === Math.ceil(half) || at === Math.floor(half));
          const ninetieth = sorted.find(
            (minutes) => sorted.filter((one) => one <= minutes).length * 10 >= sorted.length * 9,
          );
          expect(row).toEqual({
            n: own.length,
            withTarget: own.length - noTarget,
            met,
            late,
            openOverdue: overdue.length,
            openNotDue: own.length - noTarget - decided,
            noTarget,
            percentMet: decided === 0 ? null : published(new Decimal(met).times(100).dividedBy(decided), 4),
            closed: sorted.length,
            medianHours:
              sorted.length === 0 ? null : hours(median.length === 2 ? median[0]! + median[1]! : median[0]! * 2),
            p90Hours: sorted.length === 0 ? null : hours(ninetieth! * 2),
          });
        }
      }),
    ));

  it.each([
    ['completed-and-overdue', '33.3333'],
    ['completed-only', '50'],
    ['all-with-target', '25'],
  ] as const)('are of the denominator that the card states: %s', (denominatorPolicy, percentMet) => {
    const facts = [
      caseOf({ dueAt: july(2000), stoppedAt: july(1000) }),
      caseOf({ dueAt: july(1000), stoppedAt: july(2000) }),
      caseOf({ dueAt: july(1000) }),
      caseOf({ dueAt: '2013-01-01T00:00:00-05:00' }),
      caseOf(),
    ];
    expect(rowOf<CaseRow>(facts, { ...onTime, denominatorPolicy })).toMatchObject({ n: 5, percentMet });
  });
  it.each([
    ['wall-clock', '24'],
    ['elapsed', '25'],
  ] as const)(
    'measure durations by the clock of the card over a change of daylight saving: %s',
    (durationClock, hours) => {
      const facts = [caseOf({ startedAt: '2011-11-05T12:00:00-04:00', stoppedAt: '2011-11-06T12:00:00-05:00' })];
      expect(rowOf<CaseRow>(facts, { ...onTime, durationClock }).medianHours).toBe(hours);
    },
  );
  it('belong to the period that the attribution of the card says', () => {
    const fact = caseOf({ dueAt: '2011-08-01T00:00:00-04:00', stoppedAt: '2011-09-01T00:00:00-04:00' });
    const periodBy = (periodAttribution: IndicatorCard['periodAttribution'], facts: readonly Fact[]) =>
      performanceOf(facts, only({ ...onTime, periodAttribution }), ['period'], endOf2011).map(
        ({ key }) => key['period'],
      );
    expect(['opening', 'due', 'closing'].map((by) => periodBy(by as 'due', [fact]))).toEqual([
      ['2011-07'],
      ['2011-08'],
      ['2011-09'],
    ]);
    expect(periodBy('closing', [caseOf()])).toEqual([]);
  });
  it('are overdue only after the moment that they were due', () => {
    const facts = [caseOf({ dueAt: july(2000) })];
    expect(rowOf(facts, onTime, new Date(july(2000)))).toMatchObject({ openNotDue: 1, openOverdue: 0 });
    expect(rowOf(facts, onTime, new Date(july(2001)))).toMatchObject({ openNotDue: 0, openOverdue: 1 });
  });
  it('leave out what was voided', () => expect(rowOf([caseOf({ voided: true })], onTime)).toBeUndefined());
});

describe('figures of a revised indicator', () => {
  const state = [onTimeDefined, onTimeRevised].reduce(indicator.evolve, indicator.initial);
  if (state.status === 'undefined') throw new Error('The example is not defined.');
  const cards = cardsOf(state);
  const overdue = (month: string): CaseFact[] => [
    caseOf({ startedAt: `2011-${month}-01T00:00:00-04:00`, dueAt: `2011-${month}-02T00:00:00-04:00` }),
    caseOf({
      startedAt: `2011-${month}-01T00:00:00-04:00`,
      dueAt: `2011-${month}-02T00:00:00-04:00`,
      stoppedAt: `2011-${month}-01T00:00:00-04:00`,
    }),
  ];
  it('count each period by the card in force for it', () => {
    expect(cards.inForceFor('2011-08')).toEqual(completedOnly);
    const rows = performanceOf([...overdue('07'), ...overdue('08')], cards, ['period'], endOf2011) as CaseRow[];
    expect(rows.map(({ key, percentMet }) => [key['period'], percentMet])).toEqual([
      ['2011-07', '50'],
      ['2011-08', '100'],
    ]);
  });
  it('count each case once over all periods', () =>
    expect(performanceOf([...overdue('07'), ...overdue('08')], cards, [], endOf2011)).toMatchObject([
      { n: 4, percentMet: '66.6667' },
    ]));
});

describe('figures of ratios', () => {
  const volume = fc.integer({ min: 0, max: 400_000_000 });
  const anyRatio = fc.record({
    whole: fc.option(volume, { nil: undefined }),
    share: fc.integer({ min: 0, max: 1000 }),
    target: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  });
  it('are what exact arithmetic over whole numbers gives', () =>
    fc.assert(
      fc.property(fc.array(anyRatio, { minLength: 1, maxLength: 30 }), (given) => {
        const readings = given.map(({ whole, share, target }) => ({
          whole,
          part: whole === undefined ? undefined : Math.floor((whole * share) / 1000),
          target,
        }));
        const facts = readings.map(({ whole, part, target }) =>
          ratioOf({
            ...(whole === undefined ? {} : { numerator: String(part), denominator: String(whole) }),
            ...(target === undefined ? {} : { target: String(target) }),
          }),
        );
        const judged = readings.filter(({ whole, target }) => (whole ?? 0) > 0 && target !== undefined);
        const met = judged.filter(
          ({ part, whole, target }) => 100n * BigInt(part!) >= BigInt(target!) * BigInt(whole!),
        );
        const [parts, wholes] = [
          readings.reduce((sum, { part }) => sum + BigInt(part ?? 0), 0n),
          readings.reduce((sum, { whole }) => sum + BigInt(whole ?? 0), 0n),
        ];
        const percent = (part: bigint, whole: bigint): string | null => {
          if (whole === 0n) return null;
          const tenThousandths = ((2_000_000n * part) / whole + 1n) / 2n;
          return new Decimal(tenThousandths.toString()).dividedBy(10_000).toString();
        };
        expect(rowOf<RatioFigures>(facts, ratioCard)).toEqual({
          key: {},
          n: readings.length,
          noVolume: readings.filter(({ whole }) => (whole ?? 0) === 0).length,
          withTarget: readings.filter(({ target }) => target !== undefined).length,
          met: met.length,
          notMet: judged.length - met.length,
          noTarget: readings.filter(({ target }) => target === undefined).length,
          percentMet: percent(BigInt(met.length), BigInt(judged.length)),
          numerator: parts.toString(),
          denominator: wholes.toString(),
          percent: percent(parts, wholes),
        });
      }),
    ));
  it('are judged unrounded: 89.9999999 % is not 90 %', () => {
    const judged = (numerator: string) =>
      rowOf<RatioFigures>([ratioOf({ numerator, denominator: '1000000000', target: '90' })], ratioCard);
    expect(judged('899999999')).toMatchObject({ met: 0, notMet: 1, percent: '90' });
    expect(judged('900000000')).toMatchObject({ met: 1, notMet: 0 });
  });
  it('sum only readings with a target where the card says so', () => {
    const facts = [
      ratioOf({ numerator: '1', denominator: '4' }),
      ratioOf({ numerator: '1', denominator: '2', target: '0' }),
    ];
    expect(rowOf(facts, ratioCard)).toMatchObject({ denominator: '6', noTarget: 1, met: 1 });
    expect(rowOf(facts, { ...ratioCard, denominatorPolicy: 'all-with-target' })).toMatchObject({
      n: 2,
      numerator: '1',
      denominator: '2',
      percent: '50',
    });
  });
  it('are met from below where lower is better', () => {
    const fact = ratioOf({ numerator: '1', denominator: '10', target: '10' });
    expect(rowOf([fact], { ...ratioCard, direction: 'lower-is-better' })).toMatchObject({ met: 1 });
    expect(rowOf([{ ...fact, target: '9.9' }], { ...ratioCard, direction: 'lower-is-better' })).toMatchObject({
      met: 0,
    });
  });
  it('of a period count from its first day in the zone of the card', () => {
    const facts = [ratioOf({ numerator: '1', denominator: '2' })];
    expect(rowOf(facts, ratioCard, new Date('2011-07-01T03:59:59Z'))).toBeUndefined();
    expect(rowOf(facts, ratioCard, new Date('2011-07-01T04:00:00Z'))).toMatchObject({ n: 1 });
  });
  it('of a fiscal year keep its key', () => {
    const card: IndicatorCard = { ...ratioCard, reportingCycle: 'fiscal-year', fiscalYearStart: 4 };
    const [row] = performanceOf([ratioOf({ period: 'FY2010-11' })], only(card), ['period'], endOf2011);
    expect(row!.key).toEqual({ period: 'FY2010-11' });
    expect(periodOf('2011-03-31', 'fiscal-year', 4)).toBe('FY2010-11');
  });
});

describe('figures of values', () => {
  const hundredths = fc.integer({ min: -100_000, max: 100_000 });
  it('are what sorting and counting by hand gives', () =>
    fc.assert(
      fc.property(fc.array(fc.option(hundredths, { nil: undefined }), { minLength: 1, maxLength: 40 }), (given) => {
        const text = (value: number): string => new Decimal(value).dividedBy(100).toString();
        const facts = given.map((value) => valueOf(value === undefined ? {} : { value: text(value), target: '0' }));
        const sorted = given.filter((value) => value !== undefined).sort((a, b) => a - b);
        const n = sorted.length;
        const sum = sorted.reduce((total, value) => total + value, 0);
        const median = sorted[Math.floor((n - 1) / 2)]! + sorted[Math.floor(n / 2)]!;
        const p90 = sorted.find((value) => sorted.filter((one) => one <= value).length * 10 >= n * 9);
        const met = sorted.filter((value) => value >= 0).length;
        const none = n === 0;
        const rows = rowOf<ValueFigures>(facts, valueCard);
        expect(rows).toEqual({
          key: {},
          n: given.length,
          noVolume: given.length - n,
          withTarget: n,
          met,
          notMet: n - met,
          noTarget: given.length - n,
          percentMet: none ? null : published(new Decimal(met).times(100).dividedBy(n), 4),
          value: none ? null : published(new Decimal(sum).dividedBy(100 * n), 4),
          min: none ? null : text(sorted[0]!),
          max: none ? null : text(sorted.at(-1)!),
          median: none ? null : published(new Decimal(median).dividedBy(200), 4),
          p90: none ? null : text(p90!),
        });
        const [figure] = figuresOf(facts, only({ ...valueCard, aggregation: 'sum' }), [], endOf2011);
        expect(figure!.value?.toString()).toBe(none ? undefined : text(sum));
      }),
    ));
});

describe('a small sample', () => {
  const few: IndicatorCard = { ...onTime, minSample: 3, smallSampleRule: 'not-determinable' };
  const met = caseOf({ dueAt: july(2000), stoppedAt: july(1000) });
  it('has no figure where the card says that it is not determinable', () =>
    expect(rowOf([met, met], few)).toMatchObject({ met: 2, percentMet: null, medianHours: null, sample: 'too-small' }));
  it('is shown with a warning where the card says so', () =>
    expect(rowOf([met, met], { ...few, smallSampleRule: 'shown-with-warning' })).toMatchObject({
      percentMet: '100',
      sample: 'small',
    }));
  it('is none from the smallest sample on', () => {
    const row = rowOf([met, met, met], few);
    expect(row).toMatchObject({ percentMet: '100' });
    expect(row).not.toHaveProperty('sample');
  });
  it('of a ratio is one of too few things in the denominator', () =>
    expect(
      rowOf([ratioOf({ numerator: '1', denominator: '2', target: '10' })], {
        ...ratioCard,
        ...{ minSample: 3, smallSampleRule: 'not-determinable' },
      }),
    ).toMatchObject({
      percent: null,
      numerator: '1',
      denominator: '2',
      met: 1,
      percentMet: '100',
      sample: 'too-small',
    }));
});

describe('a flag', () => {
  it('is an oddity that was kept, or what was done to a reading', () => {
    const fact = caseOf({ flags: ['due-before-start'], verified: true });
    expect(
      ['due-before-start', 'verified', 'unverified', 'corrected', 'constructor'].map((flag) => hasFlag(fact, flag)),
    ).toEqual([true, true, false, false, false]);
  });
});
