import type { IndicatorCard, ReadingLedgerEvent } from '@app/indicators/events';
import { Cases, figuresOfCases } from './figure-of-cases.js';
import { ledgersFor } from './periods.js';

const card: IndicatorCard = {
  title: 'Cases on time',
  definition: 'Closed by the target',
  kind: 'case',
  unit: 'percent',
  direction: 'higher-is-better',
  denominatorPolicy: 'completed-and-overdue',
  periodAttribution: 'opening',
  reportingCycle: 'month',
  timeZone: 'America/New_York',
  durationClock: 'wall-clock',
  decimals: 4,
  minSample: 30,
  smallSampleRule: 'not-determinable',
  disaggregations: ['ward'],
  dataSource: '311',
  responsibleRole: 'verifier',
};
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
  },
});
const onTime = '2011-07-06T08:00:00-04:00';
const validAt = new Date('2011-08-05T00:00:00Z');

function casesOf(...events: readonly ReadingLedgerEvent[]): Cases {
  const cases = new Cases();
  for (const event of events) cases.add('on-time/2011-07', event);
  return cases;
}

describe('the figure of an indicator', () => {
  it('is the unrounded percent, an overdue open case counted', () => {
    const [whole] = figuresOfCases(
      casesOf(recorded(0, '1', onTime), recorded(1, '1', onTime), recorded(2, '2')),
      card,
      '2011-07',
      validAt,
    );
    expect(whole).toMatchObject({ n: 3, minSample: 30, smallSamples: 'not-determinable' });
    expect(whole!.value!.toString()).toMatch(/^66\.6{50,}7$/);
  });
  it('follows a closure', () => {
    const closed: ReadingLedgerEvent = {
      type: 'CaseClosed',
      data: { entry: 0, readingId: 'case-0', stoppedAt: onTime },
    };
    expect(figuresOfCases(casesOf(recorded(0, '1'), closed), card, '2011-07', validAt)[0]!.value!.toString()).toBe(
      '100',
    );
  });
  it('is given for each value of a dimension', () =>
    expect(
      figuresOfCases(casesOf(recorded(0, '1', onTime), recorded(1, '2')), card, '2011-07', validAt, 'ward').map(
        ({ dimensionValue, n, value }) => [dimensionValue, n, value?.toString()],
      ),
    ).toEqual([
      ['1', 1, '100'],
      ['2', 1, '0'],
    ]));
  it('leaves out cases of other periods, and spans the months of a quarter', () => {
    const cases = casesOf(recorded(0, '1', onTime), recorded(1, '1', undefined, '06'));
    expect(figuresOfCases(cases, card, '2011-07', validAt)[0]).toMatchObject({ n: 1 });
    expect(figuresOfCases(cases, card, '2011-Q2', validAt)[0]).toMatchObject({ n: 1 });
  });
  it('is none, with n = 0, where there are no cases', () =>
    expect(figuresOfCases(casesOf(), card, '2011-07', validAt)).toEqual([
      { n: 0, minSample: 30, smallSamples: 'not-determinable' },
    ]));
});

describe('the ledgers of a period', () => {
  it('are those of its months by opening', () => {
    expect(ledgersFor('2011-07', 'month', 'opening')).toEqual(['2011-07']);
    expect(ledgersFor('2011-Q3', 'month', 'opening')).toEqual(['2011-07', '2011-08', '2011-09']);
    expect(ledgersFor('2011-Q3', 'quarter', 'opening')).toEqual(['2011-Q3']);
  });
  it('go five years back by closing', () => {
    const keys = ledgersFor('2011-07', 'month', 'closing');
    expect([keys[0], keys.at(-1), keys.length]).toEqual(['2006-07', '2011-07', 61]);
  });
});
