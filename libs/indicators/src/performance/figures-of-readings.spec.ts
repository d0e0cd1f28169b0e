import type { IndicatorCard } from '../indicator/indicator.events.js';
import type { ReadingLedgerEvent } from '../reading-ledger/reading-ledger.events.js';
import { Readings, figuresOfReadings } from './figures-of-readings.js';

const card: IndicatorCard = {
  title: 'Cases on time',
  definition: 'Closed by the target',
  kind: 'case',
  qualityDimension: 'Timeliness',
  unit: 'percent',
  direction: 'higher-is-better',
  aggregation: 'percent-within-target',
  denominatorPolicy: 'completed-and-overdue',
  ratioBound: 'at-most-one',
  calculationType: 'non-cumulative',
  periodAttribution: 'opening',
  reportingCycle: 'month',
  fiscalYearStart: 1,
  timeZone: 'America/New_York',
  durationClock: 'wall-clock',
  decimals: 4,
  rounding: 'half-up',
  minSample: 30,
  smallSampleRule: 'not-determinable',
  disaggregations: ['ward'],
  dataSource: '311',
  meansOfVerification: 'The case in the 311 system',
  responsibleRole: 'verifier',
};
const by = 'p-clerk';
const recorded = (entry: number, ward: string, stoppedAt?: string, month = '07'): ReadingLedgerEvent => ({
  type: 'CaseRecorded',
  data: {
    entry,
    readingId: `case-${entry}`,
    dimensions: { ward },
    flags: [],
    startedAt: `2011-${month}-05T08:00:00-04:00`,
    dueAt: `2011-${month}-08T08:00:00-04:00`,
    ...(stoppedAt === undefined ? {} : { stoppedAt }),
    by,
  },
});
const onTime = '2011-07-06T08:00:00-04:00';
const validAt = new Date('2011-08-05T00:00:00Z');

function readingsOf(...events: readonly ReadingLedgerEvent[]): Readings {
  const readings = new Readings();
  for (const event of events) readings.add('on-time/2011-07', event);
  return readings;
}
const wholeOf = (readings: Readings, terms = card, period = '2011-07') =>
  figuresOfReadings(readings.facts(), terms, period, validAt)[0]!;

describe('the figure of an indicator of cases', () => {
  it('is the unrounded percent, an overdue open case counted', () => {
    const whole = wholeOf(readingsOf(recorded(0, '1', onTime), recorded(1, '1', onTime), recorded(2, '2')));
    expect(whole).toMatchObject({ n: 3, minSample: 30, smallSamples: 'not-determinable' });
    expect(whole.value!.toString()).toMatch(/^66\.6{50,}7$/);
  });
  it('follows a closure, a correction and a void', () => {
    const closed: ReadingLedgerEvent = {
      type: 'CaseClosed',
      data: { entry: 0, readingId: 'case-0', stoppedAt: onTime, by },
    };
    expect(wholeOf(readingsOf(recorded(0, '1'), closed)).value!.toString()).toBe('100');
    const now = {
      kind: 'case' as const,
      startedAt: '2011-07-05T08:00:00-04:00',
      dueAt: '2011-07-05T09:00:00-04:00',
      stoppedAt: onTime,
      dimensions: { ward: '1' },
      flags: [],
    };
    const corrected: ReadingLedgerEvent = {
      type: 'ReadingCorrected',
      data: { entry: 0, readingId: 'case-0', was: now, now, reasonCode: 'late-evidence', reason: 'Seen later', by },
    };
    expect(wholeOf(readingsOf(recorded(0, '1', onTime), corrected)).value!.toString()).toBe('0');
    const voided: ReadingLedgerEvent = {
      type: 'ReadingVoided',
      data: { entry: 0, readingId: 'case-0', reason: 'Twice', by },
    };
    expect(wholeOf(readingsOf(recorded(0, '1', onTime), recorded(1, '1'), voided))).toMatchObject({ n: 1 });
  });
  it('is given for each value of a dimension', () =>
    expect(
      figuresOfReadings(
        readingsOf(recorded(0, '1', onTime), recorded(1, '2')).facts(),
        card,
        '2011-07',
        validAt,
        'ward',
      ).map(({ dimensionValue, n, value }) => [dimensionValue, n, value?.toString()]),
    ).toEqual([
      ['1', 1, '100'],
      ['2', 1, '0'],
    ]));
  it('leaves out cases of other periods, and spans the months of a quarter', () => {
    const readings = readingsOf(recorded(0, '1', onTime), recorded(1, '1', undefined, '06'));
    expect(wholeOf(readings)).toMatchObject({ n: 1 });
    expect(wholeOf(readings, card, '2011-Q2')).toMatchObject({ n: 1 });
  });
  it('is none, with n = 0, where there are no cases', () =>
    expect(figuresOfReadings(readingsOf().facts(), card, '2011-07', validAt)).toEqual([
      { n: 0, minSample: 30, smallSamples: 'not-determinable' },
    ]));
});

describe('the figure of an indicator of ratios', () => {
  const ratio: IndicatorCard = { ...card, kind: 'ratio', aggregation: 'ratio-of-sums' };
  const of = (entry: number, numerator: string, denominator: string, period = '2011-07'): ReadingLedgerEvent => ({
    type: 'RatioRecorded',
    data: { entry, readingId: `r-${entry}`, period, numerator, denominator, dimensions: {}, flags: [], by },
  });
  it('is the percent of the sums, not the mean of the percents', () => {
    const whole = wholeOf(readingsOf(of(0, '1', '1'), of(1, '0', '3')), ratio);
    expect([whole.n, whole.value!.toString()]).toEqual([4, '25']);
  });
  it('spans the months of a quarter', () =>
    expect(wholeOf(readingsOf(of(0, '1', '2'), of(1, '1', '2', '2011-06')), ratio, '2011-Q2')).toMatchObject({ n: 2 }));
});

describe('the figure of an indicator of values', () => {
  const of = (entry: number, value?: string): ReadingLedgerEvent => ({
    type: 'ValueRecorded',
    data: {
      entry,
      readingId: `v-${entry}`,
      period: '2011-07',
      ...(value === undefined ? {} : { value }),
      dimensions: {},
      flags: [],
      by,
    },
  });
  it.each([
    ['mean', '2.5'],
    ['median', '1.75'],
    ['sum', '10'],
    ['count', '4'],
  ] as const)('is the %s where the card says so, readings without a value apart', (aggregation, figure) => {
    const whole = wholeOf(readingsOf(of(0, '6'), of(1, '0.5'), of(2, '2.5'), of(3), of(4, '1')), {
      ...card,
      kind: 'value',
      aggregation,
    });
    expect([whole.n, whole.value!.toString()]).toEqual([4, figure]);
  });
});
