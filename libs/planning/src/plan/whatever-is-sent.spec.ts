import { Decimal, RuleViolation, type Command, type Decide } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import fc from 'fast-check';
import { AppointTeamMember, appointTeamMember } from './appoint-team-member/appoint-team-member.js';
import { ApprovePlan, approvePlan } from './approve-plan/approve-plan.js';
import { ApprovePlanRevision, approvePlanRevision } from './approve-plan-revision/approve-plan-revision.js';
import { ChangeGoal, changeGoal } from './change-goal/change-goal.js';
import { ClosePlanCycle, closePlanCycle } from './close-plan-cycle/close-plan-cycle.js';
import type { ConsultationFact } from './consultation-facts.js';
import { contentHash } from './content-hash.js';
import { EndDiagnosis, endDiagnosis } from './end-diagnosis/end-diagnosis.js';
import { EndGoalSetting, endGoalSetting } from './end-goal-setting/end-goal-setting.js';
import { EndorsePlan, endorsePlan } from './endorse-plan/endorse-plan.js';
import { EvaluatePlan, evaluatePlan } from './evaluate-plan/evaluate-plan.js';
import { FileProgressReport, fileProgressReport } from './file-progress-report/file-progress-report.js';
import { OpenPlanCycle, openPlanCycle } from './open-plan-cycle/open-plan-cycle.js';
import {
  cycle,
  leakStandard,
  leaksGoal,
  leaksProblem,
  report,
  secondCrew,
  strongerGoal,
  waterService,
  weakerGoal,
} from './plan.examples.js';
import type { Goal, PlanEvent } from './plan.events.js';
import { plan, type OpenedPlan, type PlanState } from './plan.state.js';
import { ProposePlanRevision, proposePlanRevision } from './propose-plan-revision/propose-plan-revision.js';
import { ProposeSolution, proposeSolution } from './propose-solution/propose-solution.js';
import { PublishPlan, publishPlan } from './publish-plan/publish-plan.js';
import { PublishPlanRevision, publishPlanRevision } from './publish-plan-revision/publish-plan-revision.js';
import { RankPriorities, rankPriorities } from './rank-priorities/rank-priorities.js';
import { RecordCurrentStandard, recordCurrentStandard } from './record-current-standard/record-current-standard.js';
import { RejectPlanRevision, rejectPlanRevision } from './reject-plan-revision/reject-plan-revision.js';
import { RemoveGoal, removeGoal } from './remove-goal/remove-goal.js';
import { RemoveTeamMember, removeTeamMember } from './remove-team-member/remove-team-member.js';
import { ReturnPlan, returnPlan } from './return-plan/return-plan.js';
import { ReturnProgressReport, returnProgressReport } from './return-progress-report/return-progress-report.js';
import { ScoreSolution, scoreSolution } from './score-solution/score-solution.js';
import { SelectKeyService, selectKeyService } from './select-key-service/select-key-service.js';
import { SelectSolution, selectSolution } from './select-solution/select-solution.js';
import { SetDesiredStandard, setDesiredStandard } from './set-desired-standard/set-desired-standard.js';
import { SetGoal, setGoal } from './set-goal/set-goal.js';
import { StateProblem, stateProblem } from './state-problem/state-problem.js';
import { SubmitPlan, submitPlan } from './submit-plan/submit-plan.js';
import { VerifyProgressReport, verifyProgressReport } from './verify-progress-report/verify-progress-report.js';

interface Sent {
  readonly person: string;
  readonly facts: unknown;
}
interface Step {
  /** Who sends it when all goes well, and in which role. */
  readonly usual: string;
  readonly role: string;
  readonly send: (state: PlanState, sent: Sent) => readonly PlanEvent[];
  /** What the store would know; left out: the same for every sending. */
  readonly anyFacts?: readonly unknown[];
  readonly isDecision?: boolean;
}
type Made<C> = new (tenant: string, id: string, data: never, metadata: typeof exampleMetadata) => C;

const step = <C extends Command, Facts = undefined>(
  usual: string,
  role: string,
  command: Made<C>,
  decide: Decide<C, PlanState, PlanEvent, Facts>,
  data: C['data'] | ((state: PlanState) => C['data']),
  anyFacts: readonly Facts[] = [undefined as Facts],
): Step => ({
  usual,
  role,
  anyFacts,
  send: (state, { person, facts }) => {
    const content = typeof data === 'function' ? data(state) : data;
    const metadata = {
      ...exampleMetadata,
      actor: { ...exampleMetadata.actor, person, role },
      occurredAt: command === (ClosePlanCycle as never) ? '2029-04-02T09:00:00Z' : '2027-01-10T09:00:00Z',
    };
    return decide(new command('boston', 'boston', content as never, metadata), state, facts as Facts);
  },
});

const card = { direction: 'lower-is-better' as const, unit: 'working days', dimensions: ['district'] };
const goalFacts = [{ card, goalsBefore: [] }];
const heard: ConsultationFact = {
  consultationId: 'water-2026',
  isAboutThePlan: true,
  isAdequate: true,
  unlinkedAccepted: [],
};
const consultations: readonly (readonly ConsultationFact[])[] = [
  [heard],
  [heard],
  [{ ...heard, isAdequate: false }],
  [{ ...heard, isAboutThePlan: false }],
  [{ ...heard, unlinkedAccepted: ['input-7'] }],
];
const { dueDate: _due, ...withoutDueDate } = leaksGoal;
const another: Goal = { ...leaksGoal, goalId: 'another', weight: '0.5' };
const terms = ({ goalId, target, dueDate, trajectory, equityFloor, weight }: Goal) => ({
  goalId,
  target,
  dueDate,
  trajectory,
  equityFloor,
  weight,
});
const cards = [{ cards: new Map([['leaks-in-three-days', card]]) }];
const read = (state: PlanState) => ({ contentHash: 'contentHash' in state ? state.contentHash : '0'.repeat(64) });
const [drought, secondYear] = [{ revisionId: 'drought' }, { revisionId: 'second-year' }];
const { reportId } = report;
const scores = {
  process: { approach: 60, deployment: 45, learning: 30, integration: 40 },
  results: { levels: 55, trends: 50, comparisons: 20, integration: 40 },
  lessons: ['Name the owner first.'],
};
const due = { period: '2028-Q4', value: '3', readings: [] };

const writing: readonly Step[] = [
  step('p-clerk', 'service-owner', OpenPlanCycle, openPlanCycle, cycle),
  ...(
    [
      ['p-supervisor', 'supervisor'],
      ['p-lead', 'team-lead'],
      ['p-resident', 'community'],
    ] as const
  ).map(([person, seat]) => step('p-clerk', 'service-owner', AppointTeamMember, appointTeamMember, { person, seat })),
  step('p-clerk', 'service-owner', SelectKeyService, selectKeyService, waterService, [{ isRegistered: true }]),
  step(
    'p-clerk',
    'service-owner',
    RecordCurrentStandard,
    recordCurrentStandard,
    { ...leakStandard, indicatorId: undefined, scope: {}, text: 'Nine days in Langa.' },
    [{}],
  ),
  step('p-clerk', 'service-owner', SetDesiredStandard, setDesiredStandard, {
    standardId: 'leak-repair',
    year: 'FY2027-28',
    text: 'Three days everywhere.',
  }),
  step(
    'p-lead',
    'team-member',
    StateProblem,
    stateProblem,
    { ...leaksProblem, origin: { kind: 'audit', reference: 'A-1' } },
    [{ isOriginRecorded: true }],
  ),
  step('p-lead', 'team-member', EndDiagnosis, endDiagnosis, {}),
  step('p-lead', 'team-member', SetGoal, setGoal, leaksGoal, goalFacts),
  step('p-lead', 'team-member', EndGoalSetting, endGoalSetting, {}),
  step('p-lead', 'team-member', ProposeSolution, proposeSolution, secondCrew),
  step('p-lead', 'team-member', ScoreSolution, scoreSolution, {
    solutionId: 'second-crew',
    method: 'rice',
    values: { reach: '12000', impact: '2', confidence: '0.8', effort: '3' },
  }),
  step('p-lead', 'team-member', RankPriorities, rankPriorities, { method: 'rice', criteria: [], measures: [] }),
  step('p-lead', 'team-member', SelectSolution, selectSolution, {
    solutionId: 'second-crew',
    reason: 'First.',
    owner: 'p-owner',
  }),
];
const editing: readonly Step[] = [
  step('p-lead', 'team-member', ChangeGoal, changeGoal, { ...leaksGoal, title: 'Three days' }, goalFacts),
  step('p-lead', 'team-member', ChangeGoal, changeGoal, { ...withoutDueDate }, goalFacts),
  step('p-lead', 'team-member', ChangeGoal, changeGoal, leaksGoal, goalFacts),
  step('p-lead', 'team-member', SetGoal, setGoal, another, goalFacts),
  step('p-lead', 'team-member', RemoveGoal, removeGoal, { goalId: 'another', reason: 'Two in one.' }),
  step('p-clerk', 'service-owner', RemoveTeamMember, removeTeamMember, { person: 'p-resident', reason: 'Moved.' }),
  step(
    'p-lead',
    'team-member',
    StateProblem,
    stateProblem,
    {
      ...leaksProblem,
      problemId: 'no-water',
      origin: { kind: 'audit', reference: 'A-2' },
    },
    [{ isOriginRecorded: true }],
  ),
];
const deciding: readonly Step[] = [
  step('p-clerk', 'service-owner', SubmitPlan, submitPlan, { consultations: ['water-2026'] }, consultations),
  step('p-head', 'head-of-department', EndorsePlan, endorsePlan, read),
  step('p-mayor', 'executive', ApprovePlan, approvePlan, read),
  step('p-mayor', 'executive', PublishPlan, publishPlan, read, consultations),
];
const returning: readonly Step[] = [
  step('p-head', 'head-of-department', ReturnPlan, returnPlan, (state) => ({
    ...read(state),
    findings: [{ finding: 'Look again.' }],
  })),
];
const inForce: readonly Step[] = [
  step('p-owner', 'service-owner', FileProgressReport, fileProgressReport, report, [{ figures: new Map() }]),
  step('p-verifier', 'verifier', VerifyProgressReport, verifyProgressReport, { reportId }),
  step('p-verifier', 'verifier', ReturnProgressReport, returnProgressReport, {
    reportId,
    findings: [{ finding: 'No.' }],
  }),
  step(
    'p-owner',
    'service-owner',
    ProposePlanRevision,
    proposePlanRevision,
    {
      ...drought,
      reason: 'The drought.',
      changes: [terms(weakerGoal)],
    },
    cards,
  ),
  step(
    'p-lead',
    'team-member',
    ProposePlanRevision,
    proposePlanRevision,
    {
      ...secondYear,
      reason: 'Quicker.',
      changes: [terms(strongerGoal)],
    },
    cards,
  ),
  step('p-council', 'oversight', ApprovePlanRevision, approvePlanRevision, {
    ...drought,
    publicReason: 'Two dry years.',
  }),
  step('p-mayor', 'executive', ApprovePlanRevision, approvePlanRevision, drought),
  step('p-mayor', 'executive', ApprovePlanRevision, approvePlanRevision, secondYear),
  step('p-mayor', 'executive', RejectPlanRevision, rejectPlanRevision, { ...drought, reason: 'No.' }),
  step('p-mayor', 'executive', PublishPlanRevision, publishPlanRevision, drought),
  step('p-mayor', 'executive', PublishPlanRevision, publishPlanRevision, secondYear),
];
const ending: readonly Step[] = [
  step('p-clerk', 'service-owner', ClosePlanCycle, closePlanCycle, { reason: 'Over.' }, [
    { timeZone: 'Africa/Johannesburg' },
  ]),
  step('p-auditor', 'oversight', EvaluatePlan, evaluatePlan, { ...scores, judgements: [] }, [
    { figures: new Map([['leaks-in-three-days', due]]) },
  ]),
];
const steps = [...writing, ...editing, ...deciding, ...returning, ...inForce, ...ending];
const people = ['p-clerk', 'p-lead', 'p-head', 'p-mayor', 'p-owner', 'p-verifier', 'p-council', 'p-auditor'];

/** What was true when it happened: later events say nothing of it any more. */
interface Seen {
  readonly submittedOn?: readonly ConsultationFact[];
  readonly publishedOn?: readonly ConsultationFact[];
}

function run(sent: readonly { readonly step: Step; readonly person: string; readonly facts: unknown }[]) {
  let state: PlanState = plan.initial;
  let seen: Seen = {};
  for (const { step: one, person, facts } of sent)
    try {
      const events = one.send(state, { person, facts });
      state = events.reduce(plan.evolve, state);
      const known = facts as readonly ConsultationFact[];
      if (events.some(({ type }) => type === 'PlanSubmitted')) seen = { ...seen, submittedOn: known };
      if (events.some(({ type }) => type === 'PlanPublished')) seen = { ...seen, publishedOn: known };
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
    }
  return { state, seen };
}

const needed = ['indicatorId', 'baseline', 'target', 'unit', 'direction', 'dueDate', 'weight'] as const;

function expectComplete({ goals, problems, solutions, team, keyServices, standards }: OpenedPlan): void {
  for (const goal of goals) expect(needed.filter((part) => goal[part] === undefined)).toEqual([]);
  const sum = goals.reduce((total, { weight = '0' }) => total.plus(weight), new Decimal(0));
  expect(sum.toString()).toBe('1');
  const selected = solutions.filter(({ status }) => status === 'selected');
  for (const { problemId, late } of problems.filter((one) => !one.late)) {
    expect([problemId, late, goals.some(({ problemIds }) => problemIds.includes(problemId))]).toEqual([
      problemId,
      false,
      true,
    ]);
    expect(selected.some(({ problemIds }) => problemIds.includes(problemId))).toBe(true);
  }
  expect(selected.every(({ owner }) => owner !== undefined)).toBe(true);
  expect(new Set(team.map(({ seat }) => seat))).toEqual(new Set(['supervisor', 'team-lead', 'community']));
  for (const { serviceId } of keyServices)
    expect(standards.some((one) => one.serviceId === serviceId && one.desired.length > 0)).toBe(true);
}

/** Nobody holds two of the duties that exclude each other. */
function expectSeparated(state: OpenedPlan): void {
  if (!('authority' in state) || state.authority.kind !== 'approved')
    throw new Error('It is in force without approval.');
  const { endorser, approver } = state.authority;
  const owners = state.solutions.flatMap(({ status, owner }) => (status === 'selected' ? (owner ?? []) : []));
  const writes = new Set([...state.authors, ...owners]);
  expect([writes.has(endorser), writes.has(approver), endorser === approver]).toEqual([false, false, false]);
  expect(state.team.some(({ person }) => person === approver)).toBe(false);
  for (const { status, reporter, verifier } of state.reports) {
    expect(owners).toContain(reporter);
    if (status !== 'filed') expect([verifier === reporter, writes.has(verifier!)]).toEqual([false, false]);
  }
  for (const { status, weakening, proposer, approvals } of state.revisions) {
    const by = (role: string) => approvals.find(({ authority }) => authority === role);
    const persons = [proposer, ...approvals.map((one) => one.approver)];
    expect(new Set(persons).size).toBe(persons.length);
    if (status !== 'published') continue;
    expect(by('executive')).toBeDefined();
    if (weakening) expect(by('oversight')?.publicReason).toBeTruthy();
  }
}

describe('a plan, whatever is sent to it', () => {
  it('comes into force only complete, heard by all, over its very content, and with nobody in two duties', () => {
    const reached = { inForce: 0, revised: 0, weakened: 0, evaluated: 0 };
    const anySending = (given: readonly Step[]) =>
      fc.constantFrom(...given).chain((one) =>
        fc.record({
          step: fc.constant(one),
          person: fc.oneof(
            { weight: 4, arbitrary: fc.constant(one.usual) },
            { weight: 1, arbitrary: fc.constantFrom(...people) },
          ),
          facts: fc.constantFrom(...(one.anyFacts ?? [undefined])),
        }),
      );
    const anything = fc.oneof(
      { weight: 2, arbitrary: anySending(steps) },
      { weight: 2, arbitrary: anySending(deciding) },
      { weight: 7, arbitrary: anySending(inForce) },
      { weight: 1, arbitrary: anySending(ending) },
    );
    const usually = (given: readonly Step[]) =>
      given.map((one) => ({ step: one, person: one.usual, facts: one.anyFacts?.[0] }));
    const opening = fc.constantFrom(
      [],
      usually(writing),
      usually(writing),
      usually([...writing, ...deciding]),
      usually([...writing, ...deciding, ...inForce.slice(0, 2)]),
      usually([...writing, ...deciding, ...inForce.slice(3, 4), ...inForce.slice(5, 7)]),
      usually([...writing, ...deciding, ...inForce.slice(0, 2), ...ending.slice(0, 1)]),
    );
    fc.assert(
      fc.property(opening, fc.array(anything, { minLength: 10, maxLength: 60 }), (first, later) => {
        const { state, seen } = run([...first, ...later]);
        if (!('authority' in state)) return;
        reached.inForce += 1;
        if (state.version > 1) reached.revised += 1;
        if (state.goals.some(({ target }) => target?.kind === 'min' && target.value === '4')) reached.weakened += 1;
        if (state.status === 'evaluated') reached.evaluated += 1;
        expectComplete(state);
        expectSeparated(state);
        expect(seen.submittedOn).toEqual([expect.objectContaining({ isAboutThePlan: true, isAdequate: true })]);
        expect(seen.publishedOn).toEqual([expect.objectContaining({ unlinkedAccepted: [] })]);
        expect(state.contentHash).toBe(contentHash('boston', 'boston', state.version, state, ['water-2026']));
      }),
      { numRuns: 300 },
    );
    expect(Object.entries(reached).filter(([, count]) => count <= 3)).toEqual([]);
  });
});
