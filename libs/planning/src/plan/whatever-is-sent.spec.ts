import { Decimal, RuleViolation, type Command, type Decide } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import fc from 'fast-check';
import { AppointTeamMember, appointTeamMember } from './appoint-team-member/appoint-team-member.js';
import { ApprovePlan, approvePlan } from './approve-plan/approve-plan.js';
import { ChangeGoal, changeGoal } from './change-goal/change-goal.js';
import type { ConsultationFact } from './consultation-facts.js';
import { contentHash } from './content-hash.js';
import { EndDiagnosis, endDiagnosis } from './end-diagnosis/end-diagnosis.js';
import { EndGoalSetting, endGoalSetting } from './end-goal-setting/end-goal-setting.js';
import { EndorsePlan, endorsePlan } from './endorse-plan/endorse-plan.js';
import { IdentifyGap, identifyGap } from './identify-gap/identify-gap.js';
import { OpenPlanCycle, openPlanCycle } from './open-plan-cycle/open-plan-cycle.js';
import { cycle, leakStandard, leaksGoal, leaksProblem, measured, secondCrew, waterService } from './plan.examples.js';
import type { Goal, PlanEvent } from './plan.events.js';
import { plan, type PlanState, type Published } from './plan.state.js';
import { ProposeSolution, proposeSolution } from './propose-solution/propose-solution.js';
import { PublishPlan, publishPlan } from './publish-plan/publish-plan.js';
import { RankPriorities, rankPriorities } from './rank-priorities/rank-priorities.js';
import { RecordCurrentStandard, recordCurrentStandard } from './record-current-standard/record-current-standard.js';
import { RemoveGoal, removeGoal } from './remove-goal/remove-goal.js';
import { RemoveTeamMember, removeTeamMember } from './remove-team-member/remove-team-member.js';
import { ReturnPlan, returnPlan } from './return-plan/return-plan.js';
import { ScoreSolution, scoreSolution } from './score-solution/score-solution.js';
import { SelectKeyService, selectKeyService } from './select-key-service/select-key-service.js';
import { SelectSolution, selectSolution } from './select-solution/select-solution.js';
import { SetDesiredStandard, setDesiredStandard } from './set-desired-standard/set-desired-standard.js';
import { SetGoal, setGoal } from './set-goal/set-goal.js';
import type { GoalFacts } from './sound-goal.js';
import { StateProblem, stateProblem } from './state-problem/state-problem.js';
import { SubmitPlan, submitPlan } from './submit-plan/submit-plan.js';

type Send = (state: PlanState, person: string, role: string) => readonly PlanEvent[];
type Made<C> = new (tenant: string, id: string, data: never, metadata: typeof exampleMetadata) => C;

const sends =
  <C extends Command, Facts>(
    command: Made<C>,
    decide: Decide<C, PlanState, PlanEvent, Facts>,
    data: C['data'] | ((state: PlanState) => C['data']),
    facts?: Facts,
  ): Send =>
  (state, person, role) => {
    const content = typeof data === 'function' ? data(state) : data;
    const metadata = { ...exampleMetadata, actor: { ...exampleMetadata.actor, person, role } };
    return decide(new command('boston', 'water-2026', content as never, metadata), state, facts as Facts);
  };

const covered: ConsultationFact = {
  consultationId: 'water-2026',
  isAboutThePlan: true,
  isAdequate: true,
  unlinkedAccepted: [],
};
const uncovered: ConsultationFact = { ...covered, isAdequate: false };
const ofAnother: ConsultationFact = { ...covered, isAboutThePlan: false };
const leadingNowhere: ConsultationFact = { ...covered, unlinkedAccepted: ['input-1'] };

const { kind: _kind, period, ...measurement } = measured;
const card = { direction: 'lower-is-better' as const, unit: 'working days', dimensions: ['district'] };
const goalFacts: GoalFacts = { card, goalsBefore: [] };
const { baseline: _baseline, ...withoutBaseline } = leaksGoal;
const half: Goal = { ...leaksGoal, goalId: 'half', weight: '0.5' };
const hashOf = (state: PlanState): { readonly contentHash: string } => ({
  contentHash: 'contentHash' in state ? state.contentHash : '0'.repeat(64),
});
const seat = (person: string, of: 'supervisor' | 'team-lead' | 'community') =>
  sends(AppointTeamMember, appointTeamMember, { person, seat: of });
const rice = { method: 'rice' as const, values: { reach: '12000', impact: '2', confidence: '0.8', effort: '3' } };

type Sent = readonly [send: Send, person: string, role: string];

/** The way into force as it should be. */
const way: readonly Sent[] = [
  [sends(OpenPlanCycle, openPlanCycle, cycle), 'p-clerk', 'service-owner'],
  [seat('p-supervisor', 'supervisor'), 'p-clerk', 'service-owner'],
  [seat('p-lead', 'team-lead'), 'p-clerk', 'service-owner'],
  [seat('p-resident', 'community'), 'p-clerk', 'service-owner'],
  [sends(SelectKeyService, selectKeyService, waterService, { isRegistered: true }), 'p-clerk', 'service-owner'],
  [
    sends(
      RecordCurrentStandard,
      recordCurrentStandard,
      { ...leakStandard, period },
      {
        dimensions: ['district'],
        measurement,
      },
    ),
    'p-lead',
    'team-member',
  ],
  [
    sends(SetDesiredStandard, setDesiredStandard, { standardId: 'leak-repair', year: 'FY2027-28', value: '3' }),
    'p-lead',
    'team-member',
  ],
  [
    sends(
      IdentifyGap,
      identifyGap,
      { gapId: 'leaks-in-langa', standardId: 'leak-repair', year: 'FY2027-28', groupIds: ['formal'] },
      { populations: new Map([['water-supply', new Map([['formal', 40_000]])]]) },
    ),
    'p-lead',
    'team-member',
  ],
  [sends(StateProblem, stateProblem, leaksProblem, { isOriginRecorded: true }), 'p-resident', 'team-member'],
  [sends(EndDiagnosis, endDiagnosis, {}), 'p-clerk', 'service-owner'],
  [sends(SetGoal, setGoal, leaksGoal, goalFacts), 'p-clerk', 'service-owner'],
  [sends(ChangeGoal, changeGoal, leaksGoal, goalFacts), 'p-clerk', 'service-owner'],
  [sends(RemoveGoal, removeGoal, { goalId: 'half', reason: 'Twice' }), 'p-clerk', 'service-owner'],
  [sends(ProposeSolution, proposeSolution, secondCrew), 'p-clerk', 'service-owner'],
  [sends(EndGoalSetting, endGoalSetting, {}), 'p-clerk', 'service-owner'],
  [sends(ScoreSolution, scoreSolution, { solutionId: 'second-crew', ...rice }), 'p-lead', 'team-member'],
  [sends(RankPriorities, rankPriorities, { method: 'rice', criteria: [], measures: [] }), 'p-lead', 'team-member'],
  [
    sends(SelectSolution, selectSolution, { solutionId: 'second-crew', reason: 'First.', owner: 'p-owner' }),
    'p-lead',
    'team-member',
  ],
  [sends(SubmitPlan, submitPlan, { consultations: ['water-2026'] }, [covered]), 'p-clerk', 'service-owner'],
  [sends(EndorsePlan, endorsePlan, hashOf), 'p-head', 'head-of-department'],
  [sends(ApprovePlan, approvePlan, hashOf), 'p-mayor', 'executive'],
  [sends(PublishPlan, publishPlan, hashOf, [covered]), 'p-mayor', 'executive'],
];

/** What should not happen on the way, or sets it back. */
const astray: readonly Send[] = [
  ...way.map(([send]) => send),
  seat('p-head', 'supervisor'),
  sends(RemoveTeamMember, removeTeamMember, { person: 'p-resident', reason: 'Moved' }),
  sends(StateProblem, stateProblem, { ...leaksProblem, problemId: 'second' }, { isOriginRecorded: true }),
  sends(SetGoal, setGoal, half, goalFacts),
  sends(ChangeGoal, changeGoal, withoutBaseline, goalFacts),
  sends(ChangeGoal, changeGoal, { ...leaksGoal, target: { kind: 'min', value: '9' } }, goalFacts),
  ...[[], [uncovered], [ofAnother], [covered, uncovered]].map((facts) =>
    sends(SubmitPlan, submitPlan, { consultations: ['water-2026'] }, facts),
  ),
  sends(PublishPlan, publishPlan, hashOf, [leadingNowhere]),
  sends(ReturnPlan, returnPlan, (state) => ({ ...hashOf(state), findings: [{ finding: 'Look again.' }] })),
];
const people = ['p-clerk', 'p-lead', 'p-resident', 'p-owner', 'p-head', 'p-mayor'] as const;
const roles = ['service-owner', 'team-member', 'head-of-department', 'executive'] as const;

/** `undefined`: the next step of the way. */
const anyStep = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...astray), fc.constantFrom(...people), fc.constantFrom(...roles)),
  },
);

describe('a plan, whatever is sent to it', () => {
  it('comes into force only complete, heard by everybody, and decided on by three persons', () => {
    let reached = 0;
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 30, maxLength: 70 }), (steps) => {
        let state: PlanState = plan.initial;
        let next = 0;
        for (const step of steps) {
          const [send, person, role] = step ?? way[next++ % way.length]!;
          try {
            for (const event of send(state, person, role)) {
              state = plan.evolve(state, event);
              if (event.type === 'PlanPublished') expectPublished(state);
            }
          } catch (error) {
            if (!(error instanceof RuleViolation)) throw error;
          }
          ensureSeated(state);
        }
        if (state.status === 'published') reached += 1;
      }),
      { numRuns: 120 },
    );
    expect(reached).toBeGreaterThan(12);
  });
});

function ensureSeated(state: PlanState): void {
  if (state.status === 'unopened') return;
  const persons = state.team.map(({ person }) => person);
  expect(new Set(persons).size).toBe(persons.length);
  if (state.status === 'cycle-open' || state.status === 'diagnosing') return;
  const seats = state.team.map((member) => member.seat);
  expect(seats).toEqual(expect.arrayContaining(['supervisor', 'team-lead', 'community']));
}

function expectPublished(state: PlanState): void {
  if (state.status !== 'published') throw new Error('It is in force.');
  expectDecidedByThree(state);
  expectComplete(state);
}

/** Everybody was heard when the content was submitted, and nothing that was accepted leads nowhere. */
function expectDecidedByThree({ authority, authors, contentHash: hash, version, ...content }: Published): void {
  if (authority.kind !== 'approved') throw new Error('Nobody else published it.');
  const { author, endorser, approver, consultations } = authority;
  expect(new Set([author, endorser, approver]).size).toBe(3);
  expect(authors).toContain(author);
  expect(authors).not.toContain(endorser);
  expect(authors).not.toContain(approver);
  expect(consultations).toEqual(['water-2026']);
  expect(hash).toBe(contentHash('boston', 'water-2026', version, { ...content, authors, version }, consultations));
}

function expectComplete({ keyServices, standards, problems, goals, solutions }: Published): void {
  for (const { serviceId } of keyServices)
    expect(standards.some((one) => one.serviceId === serviceId && one.desired.length > 0)).toBe(true);
  expect(problems.length).toBeGreaterThan(0);
  for (const { problemId } of problems.filter(({ late }) => !late)) {
    expect(goals.some(({ problemIds }) => problemIds.includes(problemId))).toBe(true);
    expect(solutions.some((one) => one.status !== 'rejected' && one.problemIds.includes(problemId))).toBe(true);
  }
  for (const { indicatorId, baseline, target, unit, direction, dueDate } of goals) {
    expect([indicatorId, unit, direction, dueDate]).not.toContain(undefined);
    if (baseline === undefined || target?.kind !== 'min') throw new Error('A goal without baseline or target.');
    expect(new Decimal(target.value).lessThan(baseline.value)).toBe(true);
  }
  const weights = goals.map(({ weight }) => weight ?? '0');
  expect(Decimal.sum(...weights).toString()).toBe('1');
  for (const { status, owner } of solutions) expect(status === 'selected' && owner === undefined).toBe(false);
}
