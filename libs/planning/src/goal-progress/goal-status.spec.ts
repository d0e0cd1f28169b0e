import { boundsOf } from '@app/kernel';
import fc from 'fast-check';
import { forecastOn } from './forecast.js';
import { progressOf, type GoalTerms } from './goal-status.js';
import { dayAfter, dayNumber, expectedOn, type DatedAmount } from './trajectory.js';

const goal: GoalTerms = {
  target: { kind: 'max', value: '90' },
  baseline: '70',
  from: '2026-01-01',
  dueDate: '2026-12-31',
  trajectory: [
    { period: '2026-Q1', expected: '75' },
    { period: '2026-Q2', expected: '80' },
  ],
};
const readings = (...amounts: readonly string[]): DatedAmount[] =>
  amounts.map((amount, index) => ({ on: ['2026-04-01', '2026-07-01', '2026-10-01', '2027-01-01'][index]!, amount }));
const text = (share: { decimal(): { toString(): string } } | undefined): string | undefined =>
  share?.decimal().toString();
const dayOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

describe('what is expected', () => {
  const points: DatedAmount[] = [
    { on: '2026-01-01', amount: '70' },
    { on: '2026-01-11', amount: '80' },
    { on: '2026-01-31', amount: '60' },
  ];
  it.each([
    ['2025-12-01', '70'],
    ['2026-01-01', '70'],
    ['2026-01-02', '71'],
    ['2026-01-11', '80'],
    ['2026-01-21', '70'],
    ['2026-01-31', '60'],
    ['2026-03-01', '60'],
  ])('on %s is %s', (on, amount) => expect(text(expectedOn(points, on))).toBe(amount));
  it('is nothing where nothing is stated', () => expect(expectedOn([], '2026-01-01')).toBeUndefined());
  it('lies on the straight line between two points, by whole numbers', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: -99, max: 99 }),
        fc.integer({ min: -99, max: 99 }),
        fc.nat(900),
        (days, first, last, after) => {
          fc.pre(after <= days);
          const line = [
            { on: dayOf(20_000), amount: `${first}` },
            { on: dayOf(20_000 + days), amount: `${last}` },
          ];
          const found = expectedOn(line, dayOf(20_000 + after))!;
          expect(found.times(days).compare(first * days + (last - first) * after)).toBe(0);
        },
      ),
    ));
});

describe('the day after a period', () => {
  it.each([
    ['2026-02', 1, '2026-03-01'],
    ['2026-12', 1, '2027-01-01'],
    ['2026-Q1', 1, '2026-04-01'],
    ['2026-Q4', 1, '2027-01-01'],
    ['2026', 1, '2027-01-01'],
    ['FY2017-18', 4, '2018-04-01'],
    ['FY2026-27', 1, '2027-01-01'],
  ])('%s, fiscal years from month %s: %s', (period, start, day) => expect(dayAfter(period, start)).toBe(day));
  it('is the end of its bounds', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2200 }), fc.integer({ min: 1, max: 12 }), (year, n) => {
        const next = String((year + 1) % 100).padStart(2, '0');
        for (const period of [
          `${year}-${String(n).padStart(2, '0')}`,
          `${year}-Q${((n - 1) % 4) + 1}`,
          `FY${year}-${next}`,
        ])
          expect(dayAfter(period, n)).toBe(boundsOf(period, 'UTC', n).to.toISOString().slice(0, 10));
      }),
      { numRuns: 30 },
    ));
});

describe('the forecast', () => {
  it('needs three readings', () => expect(forecastOn(readings('70', '75'), '2026-12-31')).toBeUndefined());
  it('needs readings of more than one day', () =>
    expect(
      forecastOn(
        ['1', '2', '3'].map((amount) => ({ on: '2026-04-01', amount })),
        '2026-12-31',
      ),
    ).toBeUndefined());
  it('goes on along readings that stand in a line', () => {
    const line = [20_000, 20_010, 20_030].map((day) => ({ on: dayOf(day), amount: `${day - 19_990}` }));
    expect(text(forecastOn(line, dayOf(20_100)))).toBe('110');
  });
  it('has the least squares of all lines, by trying the others', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ day: fc.nat(400), amount: fc.integer({ min: -50, max: 50 }) }), {
          minLength: 3,
          maxLength: 8,
          selector: ({ day }) => day,
        }),
        (points) => {
          const line = points.map(({ day, amount }) => ({ on: dayOf(day), amount: `${amount}` }));
          const at = (day: number): number => forecastOn(line, dayOf(day))!.decimal().toNumber();
          const squares = (intercept: number, slope: number): number =>
            points.reduce((sum, { day, amount }) => sum + (intercept + slope * day - amount) ** 2, 0);
          const [intercept, slope] = [at(0), (at(400) - at(0)) / 400];
          const best = squares(intercept, slope);
          for (const [i, s] of [
            [0.1, 0],
            [-0.1, 0],
            [0, 0.001],
            [0, -0.001],
            [0.1, -0.0005],
          ] as const)
            expect(squares(intercept + i, slope + s)).toBeGreaterThanOrEqual(best - 1e-6);
        },
      ),
    ));
});

describe('the status of a goal', () => {
  it.each([
    ['achieved as soon as the target is met', readings('90'), '2026-04-02', 'achieved'],
    ['on track where it is expected to be', readings('75'), '2026-04-02', 'on-track'],
    ['on track at the tolerance: 1 of 20 behind', readings('74'), '2026-04-02', 'on-track'],
    ['at risk just beyond the tolerance', readings('73.9999999999'), '2026-04-02', 'at-risk'],
    ['at risk at twice the tolerance', readings('73'), '2026-04-02', 'at-risk'],
    ['off track beyond it', readings('72.9999999999'), '2026-04-02', 'off-track'],
    ['off track when the line of the readings falls short', readings('71', '74', '77'), '2026-10-02', 'off-track'],
    [
      'at risk when the line of the readings still comes to the target',
      readings('65', '73', '82.9'),
      '2026-10-02',
      'at-risk',
    ],
    ['no data without a reading', [], '2026-04-02', 'no-data'],
    ['no data without a reading after the due date', [], '2027-04-02', 'no-data'],
    ['on its last day not yet overdue', readings('75', '80', '85', '89'), '2026-12-31', 'on-track'],
    ['overdue after its last day', readings('75', '80', '85', '89'), '2027-01-01', 'overdue'],
    ['achieved after its last day', readings('75', '80', '85', '90'), '2027-01-01', 'achieved'],
  ])('%s', (_what, given, on, status) => expect(progressOf(goal, given, on).status).toBe(status));

  it('comes with its figures, unrounded', () => {
    const found = progressOf(goal, readings('71', '74', '77'), '2026-10-02');
    expect(text(found.actual)).toBe('77');
    expect(text(found.attainment)).toBe('0.35');
    expect(text(found.expected)).toMatch(/^85\.027/);
    expect(text(found.forecast)).toMatch(/^79\.98/);
  });
  it('is not told by a target in words, nor without one', () => {
    const { target: _target, ...open } = goal;
    expect(progressOf({ ...goal, target: { kind: 'text', text: 'Green' } }, readings('3'), '2026-05-01').status).toBe(
      'no-data',
    );
    expect(progressOf(open, readings('3'), '2026-05-01')).toMatchObject({ status: 'no-data' });
  });
  it('without a baseline and a trajectory holds the level from the first day on', () => {
    const level: GoalTerms = {
      target: { kind: 'max', value: '80' },
      from: '2026-01-01',
      dueDate: '2026-12-31',
      trajectory: [],
    };
    const statuses = ['80', '76', '72', '71.9'].map(
      (amount) => progressOf(level, readings(amount), '2026-05-01').status,
    );
    expect(statuses).toEqual(['achieved', 'on-track', 'at-risk', 'off-track']);
  });
  it('goes straight from baseline to target where no trajectory is stated', () => {
    const straight = { ...goal, trajectory: [], from: '2026-01-01', dueDate: '2026-12-31' };
    const half = progressOf(straight, [{ on: dayOf(dayNumber('2026-01-01') + 182), amount: '80' }], '2026-07-03');
    expect(half).toMatchObject({ status: 'on-track' });
    expect(text(half.expected)).toBe('80');
  });
  it('is not achieved while somebody is below the equity floor', () => {
    const statuses = ['90', '75', '60'].map((amount) => progressOf(goal, readings(amount), '2026-04-02', false).status);
    expect(statuses).toEqual(['at-risk', 'on-track', 'off-track']);
    expect(progressOf(goal, readings('75', '80', '85', '90'), '2027-01-01', false).status).toBe('overdue');
  });
  it('less is better: on the way down', () => {
    const down: GoalTerms = { ...goal, target: { kind: 'min', value: '3' }, baseline: '9', trajectory: [] };
    expect(progressOf(down, readings('7.6'), '2026-04-02').status).toBe('on-track');
    expect(progressOf(down, readings('9'), '2026-04-02').status).toBe('off-track');
  });
});
