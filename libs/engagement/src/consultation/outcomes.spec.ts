import { agreement, type AgreementState } from '@app/agreements/events';
import { plan, type PlanEvent, type PlanState } from '@app/planning/events';
import { outcomeInAgreement, outcomeInPlan } from './outcomes.js';
import { Answers } from './answers.js';
import { traceOf } from './trace.js';

const contentHash = 'a'.repeat(64);
const by = 'p-1';
const drafting: readonly PlanEvent[] = [
  {
    type: 'PlanCycleOpened',
    data: { title: 'Water', cycle: 1, from: '2026-04-01', to: '2029-03-31', strategicPlanRef: '3', by },
  },
  { type: 'KeyServiceSelected', data: { serviceId: 'water', rationale: 'x', evidence: [], by } },
  {
    type: 'ProblemStated',
    data: {
      problemId: 'far',
      serviceId: 'water',
      statement: 'Too far',
      origin: { kind: 'audit', reference: '7' },
      causes: [],
      by,
    },
  },
  ...['near', 'nearer'].map((goalId): PlanEvent => ({
    type: 'GoalSet',
    data: {
      goalId,
      title: `Goal ${goalId}`,
      problemIds: ['far'],
      unit: '%',
      dueDate: '2027-03-31',
      trajectory: [],
      by,
    },
  })),
  { type: 'DiagnosisEnded', data: { by } },
  { type: 'GoalSettingEnded', data: { by } },
  { type: 'PlanSubmitted', data: { version: 1, contentHash, consultations: [], author: by } },
  { type: 'PlanEndorsedByHead', data: { contentHash, endorser: 'p-2' } },
  { type: 'PlanApprovedByExecutive', data: { contentHash, approver: 'p-3' } },
];
const published: readonly PlanEvent[] = [...drafting, { type: 'PlanPublished', data: { version: 1, contentHash, by } }];
const report = (reportId: string, period: string, value: string, verified: boolean): readonly PlanEvent[] => [
  {
    type: 'ProgressReportFiled',
    data: {
      reportId,
      period,
      results: [{ kind: 'value', goalId: 'near', value, readings: [] }],
      narrative: 'x',
      evidence: [],
      reporter: by,
    },
  },
  ...(verified ? [{ type: 'ProgressReportVerified' as const, data: { reportId, verifier: 'p-4' } }] : []),
];
const after = (events: readonly PlanEvent[]): PlanState => events.reduce(plan.evolve, plan.initial);
const toProblem = { kind: 'problem' as const, plan: 'water', id: 'far' };

describe('what came of an answer', () => {
  it('is told by name only before the plan is published', () =>
    expect(outcomeInPlan(toProblem, after(drafting))).toEqual({ ...toProblem, status: 'approved' }));
  it('is the problem with the goals that solve it', () =>
    expect(outcomeInPlan(toProblem, after(published))).toMatchObject({
      status: 'published',
      title: 'Too far',
      goals: [{ goal: 'near', title: 'Goal near', unit: '%', dueDate: '2027-03-31' }, { goal: 'nearer' }],
    }));
  it('is the goal alone where the answer leads to a goal', () =>
    expect(outcomeInPlan({ ...toProblem, kind: 'goal', id: 'nearer' }, after(published))).toMatchObject({
      title: 'Goal nearer',
      goals: [{ goal: 'nearer' }],
    }));
  it('has the result of the last report that somebody else has verified', () => {
    const state = after([
      ...published,
      ...report('q1', '2026-Q1', '20', true),
      ...report('q2', '2026-Q2', '41.5', true),
      ...report('q3', '2026-Q3', '99', false),
    ]);
    expect(outcomeInPlan(toProblem, state).goals).toMatchObject([{ result: { period: '2026-Q2', value: '41.5' } }, {}]);
    expect(outcomeInPlan(toProblem, state).goals![1]).not.toHaveProperty('result');
  });
  it('says in public of which goal there are no data, and since when', () => {
    const notice = { since: '2026-07-01', reason: 'There is neither a reading nor a report for 2026-Q2.' };
    const noData = new Map([['nearer', notice]]);
    expect(outcomeInPlan(toProblem, after(published), noData).goals).toEqual([
      expect.not.objectContaining({ noData: expect.anything() }),
      expect.objectContaining({ goal: 'nearer', noData: notice }),
    ]);
    expect(outcomeInPlan(toProblem, after(drafting), noData)).not.toHaveProperty('goals');
  });
  it('is nothing but its name where the plan is gone', () =>
    expect(outcomeInPlan(toProblem, plan.initial)).toEqual({ ...toProblem, status: 'unopened' }));
  it('is a clause by its title once the agreement is in force', () => {
    const link = { kind: 'clause' as const, agreement: 'streets', id: 'on-time' };
    const active = {
      status: 'active',
      terms: { objectives: [{ objectiveId: 'on-time', title: 'Closed on time' }] },
    } as unknown as AgreementState;
    expect(outcomeInAgreement(link, active)).toEqual({ ...link, status: 'active', title: 'Closed on time' });
    expect(outcomeInAgreement(link, agreement.initial)).toEqual({ ...link, status: 'undrafted' });
  });
});

describe('the trace of an input', () => {
  const said = { rationale: 'So', linkedTo: [] };
  const replies = {
    themes: [
      { themeId: 'leaks', title: 'Leaks' },
      { themeId: 'far', title: 'Far' },
    ],
    answers: Answers.of([
      { themeId: 'leaks', disposition: 'rejected' as const, ...said },
      { themeId: 'far', disposition: 'accepted' as const, ...said },
      { inputId: 'far', disposition: 'out-of-scope' as const, ...said },
      { inputId: 'form-1', disposition: 'partly-accepted' as const, ...said },
    ]),
    youSaidWeDid: [{ themeId: 'leaks', youSaid: 'x', weDid: 'y' }],
  };

  it('has the answers to itself and to its themes, and no other', () =>
    expect(traceOf({ inputId: 'form-1', themeIds: ['far'] }, replies)).toEqual({
      themes: [{ themeId: 'far', title: 'Far' }],
      answers: [
        { to: 'theme', theme: 'far', disposition: 'accepted', ...said },
        { to: 'input', disposition: 'partly-accepted', ...said },
      ],
      youSaidWeDid: [],
    }));
});
