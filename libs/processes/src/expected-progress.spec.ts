import type { InitiativeEvent, PlanEvent } from '@app/planning/events';
import { readerOf } from '../spec-support/reader.js';
import { expectedOfInitiative, expectedOfPlan } from './expected-progress.js';

const by = 'p-clerk';
const contentHash = 'a'.repeat(64);
const goal = (goalId: string, changed: object = {}): PlanEvent => ({
  type: 'GoalSet',
  data: { goalId, title: goalId, problemIds: [], trajectory: [], dueDate: '2026-12-31', ...changed, by },
});
const byQuarter = {
  trajectory: [
    { period: '2026-Q2', expected: '7' },
    { period: '2026-Q4', expected: '5' },
  ],
};
const drafted = (...goals: readonly PlanEvent[]): readonly PlanEvent[] => [
  {
    type: 'PlanCycleOpened',
    data: { title: 'Water', cycle: 1, from: '2026-04-01', to: '2029-03-31', strategicPlanRef: 'S', by },
  },
  ...goals,
];
const published: readonly PlanEvent[] = [
  { type: 'PlanSubmitted', data: { version: 1, contentHash, consultations: [], author: by } },
  { type: 'PlanEndorsedByHead', data: { contentHash, endorser: 'p-head' } },
  { type: 'PlanApprovedByExecutive', data: { contentHash, approver: 'p-mayor' } },
  { type: 'PlanPublished', data: { version: 1, contentHash, by: 'p-mayor' } },
];
const filed = (goalId: string, period: string): PlanEvent => ({
  type: 'ProgressReportFiled',
  data: {
    reportId: 'r-1',
    period,
    results: [{ kind: 'no-data', goalId, reason: 'The meter was stolen.' }],
    narrative: 'n',
    evidence: [],
    reporter: 'p-owner',
  },
});
const returned: PlanEvent = {
  type: 'ProgressReportReturned',
  data: { reportId: 'r-1', findings: [{ finding: 'f' }], verifier: 'p-verifier' },
};
const indicatorDefined = { type: 'IndicatorDefined', data: { fiscalYearStart: 4 } };
const periodOpened = (period: string) => ({ type: 'ReadingPeriodOpened', data: { period } });

const ofPlan = (plan: readonly PlanEvent[], others: Parameters<typeof readerOf>[0] = {}) =>
  expectedOfPlan(readerOf({ 'plan-boston/water': plan, ...others }), 'boston', 'water');
const there = async (...given: Parameters<typeof ofPlan>) =>
  (await ofPlan(...given)).map(({ points }) => points.map(({ label, isThere }) => [label, isThere]));

describe('what should be heard of a goal', () => {
  it('is asked for each period of its trajectory, up to the last day of it', async () =>
    expect(await ofPlan([...drafted(goal('leaks', byQuarter)), ...published])).toEqual([
      {
        subject: { kind: 'goal', stream: 'plan-boston/water', id: 'leaks' },
        owner: undefined,
        points: [
          { label: '2026-Q2', endsOn: '2026-06-30', isThere: false },
          { label: '2026-Q4', endsOn: '2026-12-31', isThere: false },
        ],
      },
    ]));
  it('is asked for its due date where no period reaches it', async () => {
    const due = goal('leaks', { ...byQuarter, dueDate: '2028-12-31' });
    expect(await there([...drafted(due, goal('calls')), ...published])).toEqual([
      [
        ['2026-Q2', false],
        ['2026-Q4', false],
        ['2028-12-31', false],
      ],
      [['2026-12-31', false]],
    ]);
  });
  it('has come with a reading of its indicator in the period', async () => {
    const measured = goal('leaks', { ...byQuarter, indicatorId: 'leak-days' });
    const readings = {
      'indicator-boston/leak-days': [indicatorDefined],
      'ledgers-boston/leak-days': [periodOpened('2026-03'), periodOpened('2026-05')],
    };
    expect(await there([...drafted(measured), ...published], readings)).toEqual([
      [
        ['2026-Q2', true],
        ['2026-Q4', false],
      ],
    ]);
  });
  it('reads fiscal years as its indicator does', async () => {
    const yearly = goal('leaks', {
      trajectory: [{ period: 'FY2026-27', expected: '7' }],
      indicatorId: 'leak-days',
      dueDate: '2027-03-31',
    });
    const readings = {
      'indicator-boston/leak-days': [indicatorDefined],
      'ledgers-boston/leak-days': [periodOpened('2027-03')],
    };
    expect(await there([...drafted(yearly), ...published], readings)).toEqual([[['FY2026-27', true]]]);
  });
  it('has come with a report that names it, no data included, unless that is returned', async () => {
    const inForce = [...drafted(goal('leaks', byQuarter)), ...published, filed('leaks', '2026-06')];
    expect((await there(inForce))[0]![0]).toEqual(['2026-Q2', true]);
    expect((await there([...inForce, returned]))[0]![0]).toEqual(['2026-Q2', false]);
    expect(
      (await there([...drafted(goal('leaks', byQuarter)), ...published, filed('calls', '2026-06')]))[0]![0],
    ).toEqual(['2026-Q2', false]);
  });
  it('is asked of nobody before the plan is in force, and never of one that others decided on', async () => {
    expect(await ofPlan(drafted(goal('leaks', byQuarter)))).toEqual([]);
    const recorded: PlanEvent = {
      type: 'PublishedPlanRecorded',
      data: {
        title: 'Water',
        cycle: 1,
        from: '2026-04-01',
        to: '2029-03-31',
        publishedBy: 'Ministry',
        source: 's',
        sourceHash: contentHash,
        by,
      },
    };
    expect(await ofPlan([recorded, goal('leaks', byQuarter)])).toEqual([]);
  });
});

describe('what should be heard of an initiative', () => {
  const started: InitiativeEvent = {
    type: 'InitiativeStarted',
    data: {
      planId: 'water',
      solutionId: 'crew',
      title: 'A second crew',
      owner: 'p-owner',
      budget: { amount: '1', unit: 'ZAR' },
      startedOn: '2026-05-01',
      dueOn: '2026-12-31',
      planEndsOn: '2029-03-31',
      by,
    },
  };
  const planned = (milestoneId: string, dueOn: string): InitiativeEvent => ({
    type: 'MilestonePlanned',
    data: { milestoneId, title: milestoneId, dueOn, by },
  });
  const reported = (on: string): InitiativeEvent => ({
    type: 'ProgressReported',
    data: { on, percent: 10, spend: '0', confidence: 'high', blockers: [], narrative: 'n', reporter: 'p-owner' },
  });
  const points = async (...events: readonly InitiativeEvent[]) =>
    (await expectedOfInitiative(readerOf({ 'initiative-boston/water.crew': events }), 'boston', 'water.crew')).flatMap(
      (one) => one.points.map(({ label, isThere }) => [label, isThere]),
    );

  it('is asked for each milestone and for the end, of its owner', async () => {
    const events = [started, planned('equip', '2026-09-30'), planned('hire', '2026-07-31')];
    const reader = readerOf({ 'initiative-boston/water.crew': events });
    expect(await expectedOfInitiative(reader, 'boston', 'water.crew')).toEqual([
      {
        subject: { kind: 'initiative', stream: 'initiative-boston/water.crew' },
        owner: 'p-owner',
        points: [
          { label: 'hire', endsOn: '2026-07-31', isThere: false },
          { label: 'equip', endsOn: '2026-09-30', isThere: false },
          { label: '2026-12-31', endsOn: '2026-12-31', isThere: false },
        ],
      },
    ]);
  });
  it('has come with a decision on the milestone, or a report on its day or later', async () => {
    const hire = planned('hire', '2026-07-31');
    const missed: InitiativeEvent = { type: 'MilestoneMissed', data: { milestoneId: 'hire', reason: 'r', by } };
    expect((await points(started, hire, missed))[0]).toEqual(['hire', true]);
    expect((await points(started, hire, reported('2026-07-30')))[0]).toEqual(['hire', false]);
    expect((await points(started, hire, reported('2026-07-31')))[0]).toEqual(['hire', true]);
  });
  it('is asked of nobody when it has ended', async () => {
    expect(await points(started, { type: 'InitiativeCompleted', data: { on: '2026-12-01', by } })).toEqual([]);
    expect(await points()).toEqual([]);
  });
});
