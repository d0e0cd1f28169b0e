import type { Fact } from '@app/indicators/events';
import type { PlanEvent } from '../../plan/plan.events.js';
import { by, inForce } from '../../plan/plan.examples.js';
import { plan } from '../../plan/plan.state.js';
import { closed2018, recorded2018, requestsRecorded } from '../../plan/published-plan.examples.js';
import { goalRowsOf, targetInWords } from './goal-rows.js';
import type { IndicatorState } from './plan-book.js';
import type { Measured } from './measures.js';
import type { ShownPlan } from './plans-at.js';

const card = {
  title: 'Days until a leak is fixed',
  definition: 'Days',
  kind: 'value',
  qualityDimension: 'Timeliness',
  unit: 'working days',
  direction: 'lower-is-better',
  aggregation: 'mean',
  denominatorPolicy: 'completed-only',
  ratioBound: 'at-most-one',
  calculationType: 'non-cumulative',
  periodAttribution: 'opening',
  reportingCycle: 'quarter',
  fiscalYearStart: 1,
  timeZone: 'UTC',
  durationClock: 'wall-clock',
  decimals: 4,
  rounding: 'half-up',
  minSample: 0,
  smallSampleRule: 'shown-with-warning',
  disaggregations: ['district'],
  dataSource: 'register',
  meansOfVerification: 'register',
  responsibleRole: 'service-owner',
} as const;
const version = { version: 1, card };
const known = { status: 'defined', ...version, versions: [version] } as unknown as IndicatorState;

const measured = (id: string, changes: object, ...values: readonly (readonly [string, string])[]) =>
  new Map<string, Measured>([
    [
      id,
      {
        state: { ...(known as object), ...changes } as Measured['state'],
        facts: values.map(
          ([period, value], index) =>
            ({ id: `${index}`, kind: 'value', period, value, dimensions: {}, flags: [] }) as unknown as Fact,
        ),
      },
    ],
  ]);
const shown = (...events: readonly PlanEvent[]): ShownPlan =>
  ({
    agency: 'boston',
    plan: 'water-2026',
    targetChanges: [],
    state: events.reduce(plan.evolve, plan.initial),
  }) as unknown as ShownPlan;
const on = (day: string) => ({ day, moment: new Date(`${day}T23:59:59Z`) });

describe('a goal with where it stands', () => {
  it('has the figures of its readings, rounded for reading', () => {
    const leaks = measured('leak-days', {}, ['2026-Q2', '8'], ['2026-Q3', '7.5'], ['2026-Q4', '7']);
    expect(goalRowsOf(shown(...inForce), leaks, on('2027-01-15'))).toEqual([
      expect.objectContaining({
        goal: 'leaks-in-three-days',
        services: ['water-supply'],
        verdict: null,
        target: 'at most 3',
        unit: 'working days',
        baseline: '9',
        period: '2026-Q4',
        actual: '7',
        attainment: '0.3333',
        expected: '7',
        forecast: '3.0326',
        status: 'on-track',
      }),
    ]);
  });
  it('counts a period that is not over as of today', () => {
    const leaks = measured('leak-days', {}, ['2026-Q4', '9']);
    expect(goalRowsOf(shown(...inForce), leaks, on('2026-10-02'))[0]).toMatchObject({
      status: 'off-track',
      expected: expect.stringMatching(/^7\.6/),
    });
    expect(goalRowsOf(shown(...inForce), leaks, on('2026-09-30'))[0]).toMatchObject({ status: 'no-data' });
  });
  it('names the districts that are below the equity floor, which keeps it from being achieved', () => {
    const leaks = measured('leak-days', {}, ['2026-Q4', '1'], ['2026-Q4', '5']);
    const facts = leaks.get('leak-days')!.facts.map((fact, index) => ({
      ...fact,
      dimensions: { district: ['Center', 'Langa'][index]! },
    }));
    const district = new Map([['leak-days', { ...leaks.get('leak-days')!, facts }]]);
    expect(goalRowsOf(shown(...inForce), district, on('2027-01-15'))[0]).toMatchObject({
      actual: '3',
      status: 'at-risk',
      belowFloor: ['Langa'],
    });
  });
  it('has no data, not zero, without a reading', () =>
    expect(goalRowsOf(shown(...inForce), new Map(), on('2027-01-15'))[0]).toMatchObject({
      status: 'no-data',
      actual: null,
      attainment: null,
      forecast: null,
    }));
  it('says what was said in public of it, from the day on that it is true of', () => {
    const reason = 'There is neither a reading nor a report for 2026-Q3.';
    const noData = new Map([['leaks-in-three-days', { since: '2026-10-01', reason }]]);
    const rowOn = (day: string) => goalRowsOf(shown(...inForce), new Map(), on(day), noData)[0];
    expect(rowOn('2026-10-01')).toMatchObject({ noDataSince: '2026-10-01', noDataReason: reason });
    expect(rowOn('2026-09-30')).toMatchObject({ noDataSince: null, noDataReason: null });
  });
  it('of a published plan has what its publisher says, and what the ledger computes for the same report', () => {
    const result: PlanEvent = {
      type: 'PublishedResultRecorded',
      data: { goalId: 'dr-quant-329', reportedTo: '2019-03-31', actual: '98.2', status: 'future', by },
    };
    const carried: PlanEvent = { type: 'GoalCarriedForward', data: { goalId: 'dr-quant-329', toPlan: '2019-20', by } };
    const events = [recorded2018, requestsRecorded, result, closed2018, carried];
    expect(goalRowsOf(shown(...events), new Map(), on('2019-04-01'))[0]).toMatchObject({
      publishedResult: '98.2',
      publishedStatus: 'future',
      computedStatus: 'not-met',
      carriedTo: '2019-20',
      status: 'no-data',
    });
  });
});

describe('a target in words', () => {
  it.each([
    [{ kind: 'max', value: '80.00' }, 'at least 80'],
    [{ kind: 'min', value: '3' }, 'at most 3'],
    [{ kind: 'target', value: '1.40' }, 'exactly 1.4'],
    [{ kind: 'range', from: '90.00', to: '100.00' }, 'from 90 to 100'],
    [{ kind: 'text', text: 'Green' }, 'Green'],
  ] as const)('%j', (target, words) => expect(targetInWords(target)).toBe(words));
});
