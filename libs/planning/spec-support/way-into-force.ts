import type { Command, Decide } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import { AppointTeamMember, appointTeamMember } from '../src/plan/appoint-team-member/appoint-team-member.js';
import { ApprovePlan, approvePlan } from '../src/plan/approve-plan/approve-plan.js';
import { ChangeGoal, changeGoal } from '../src/plan/change-goal/change-goal.js';
import type { ConsultationFact } from '../src/plan/consultation-facts.js';
import { EndDiagnosis, endDiagnosis } from '../src/plan/end-diagnosis/end-diagnosis.js';
import { EndGoalSetting, endGoalSetting } from '../src/plan/end-goal-setting/end-goal-setting.js';
import { EndorsePlan, endorsePlan } from '../src/plan/endorse-plan/endorse-plan.js';
import { IdentifyGap, identifyGap } from '../src/plan/identify-gap/identify-gap.js';
import { OpenPlanCycle, openPlanCycle } from '../src/plan/open-plan-cycle/open-plan-cycle.js';
import {
  cycle,
  leakStandard,
  leaksGoal,
  leaksProblem,
  measured,
  secondCrew,
  waterService,
} from '../src/plan/plan.examples.js';
import type { Goal, PlanEvent } from '../src/plan/plan.events.js';
import type { PlanState } from '../src/plan/plan.state.js';
import { ProposeSolution, proposeSolution } from '../src/plan/propose-solution/propose-solution.js';
import { PublishPlan, publishPlan } from '../src/plan/publish-plan/publish-plan.js';
import { RankPriorities, rankPriorities } from '../src/plan/rank-priorities/rank-priorities.js';
import {
  RecordCurrentStandard,
  recordCurrentStandard,
} from '../src/plan/record-current-standard/record-current-standard.js';
import { RemoveGoal, removeGoal } from '../src/plan/remove-goal/remove-goal.js';
import { RemoveTeamMember, removeTeamMember } from '../src/plan/remove-team-member/remove-team-member.js';
import { ReturnPlan, returnPlan } from '../src/plan/return-plan/return-plan.js';
import { ScoreSolution, scoreSolution } from '../src/plan/score-solution/score-solution.js';
import { SelectKeyService, selectKeyService } from '../src/plan/select-key-service/select-key-service.js';
import { SelectSolution, selectSolution } from '../src/plan/select-solution/select-solution.js';
import { SetDesiredStandard, setDesiredStandard } from '../src/plan/set-desired-standard/set-desired-standard.js';
import { SetGoal, setGoal } from '../src/plan/set-goal/set-goal.js';
import type { GoalFacts } from '../src/plan/sound-goal.js';
import { StateProblem, stateProblem } from '../src/plan/state-problem/state-problem.js';
import { SubmitPlan, submitPlan } from '../src/plan/submit-plan/submit-plan.js';

export type Send = (state: PlanState, person: string, role: string) => readonly PlanEvent[];
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

/** From the opening to the plan that may be submitted; the first five seat the team and select a service. */
export const written: readonly Sent[] = [
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
];
export const decided: readonly Sent[] = [
  [sends(EndorsePlan, endorsePlan, hashOf), 'p-head', 'head-of-department'],
  [sends(ApprovePlan, approvePlan, hashOf), 'p-mayor', 'executive'],
];
/** The way into force as it should be. */
export const way: readonly Sent[] = [
  ...written,
  [sends(SubmitPlan, submitPlan, { consultations: ['water-2026'] }, [covered]), 'p-clerk', 'service-owner'],
  ...decided,
  [sends(PublishPlan, publishPlan, hashOf, [covered]), 'p-mayor', 'executive'],
];

/** What should not happen to the plan on the way, or sets it back. */
export const setbacks: readonly Send[] = [
  ...[...written, ...decided].map(([send]) => send),
  seat('p-head', 'supervisor'),
  sends(RemoveTeamMember, removeTeamMember, { person: 'p-resident', reason: 'Moved' }),
  sends(StateProblem, stateProblem, { ...leaksProblem, problemId: 'second' }, { isOriginRecorded: true }),
  sends(SetGoal, setGoal, half, goalFacts),
  sends(ChangeGoal, changeGoal, withoutBaseline, goalFacts),
  sends(ChangeGoal, changeGoal, { ...leaksGoal, target: { kind: 'min', value: '9' } }, goalFacts),
  sends(ReturnPlan, returnPlan, (state) => ({ ...hashOf(state), findings: [{ finding: 'Look again.' }] })),
];
/** The same, with what is heard of the consultation. */
export const astray: readonly Send[] = [
  ...setbacks,
  ...[[covered], [], [uncovered], [ofAnother], [covered, uncovered]].map((facts) =>
    sends(SubmitPlan, submitPlan, { consultations: ['water-2026'] }, facts),
  ),
  ...[[covered], [leadingNowhere]].map((facts) => sends(PublishPlan, publishPlan, hashOf, facts)),
];
export const people = ['p-clerk', 'p-lead', 'p-resident', 'p-owner', 'p-head', 'p-mayor'] as const;
export const roles = ['service-owner', 'team-member', 'head-of-department', 'executive'] as const;
