import { RuleViolation, type Command, type Decide } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import fc from 'fast-check';
import { ApprovePlanRevision, approvePlanRevision } from './approve-plan-revision/approve-plan-revision.js';
import { CarryGoalForward, carryGoalForward } from './carry-goal-forward/carry-goal-forward.js';
import { ChangeGoal, changeGoal } from './change-goal/change-goal.js';
import { ClosePlanCycle, closePlanCycle } from './close-plan-cycle/close-plan-cycle.js';
import { contentHash } from './content-hash.js';
import { EvaluatePlan, evaluatePlan } from './evaluate-plan/evaluate-plan.js';
import { FileProgressReport, fileProgressReport } from './file-progress-report/file-progress-report.js';
import { weakeningsOf } from './goal-weakening.js';
import { inForce, leaksGoal, report, strongerGoal, weakerGoal } from './plan.examples.js';
import type { Goal, PlanEvent } from './plan.events.js';
import { plan, type PlanState } from './plan.state.js';
import { ProposePlanRevision, proposePlanRevision } from './propose-plan-revision/propose-plan-revision.js';
import { PublishPlanRevision, publishPlanRevision } from './publish-plan-revision/publish-plan-revision.js';
import { RejectPlanRevision, rejectPlanRevision } from './reject-plan-revision/reject-plan-revision.js';
import { ReturnPlan, returnPlan } from './return-plan/return-plan.js';
import { ReturnProgressReport, returnProgressReport } from './return-progress-report/return-progress-report.js';
import { VerifyProgressReport, verifyProgressReport } from './verify-progress-report/verify-progress-report.js';

interface Step {
  /** Who sends it when all goes well. */
  readonly usual: string;
  readonly send: (state: PlanState, person: string) => readonly PlanEvent[];
}
type Made<C> = new (tenant: string, id: string, data: never, metadata: typeof exampleMetadata) => C;

const duringCycle = '2027-01-10T09:00:00Z';
const afterCycle = '2029-04-02T09:00:00Z';
const step = <C extends Command, Facts>(
  usual: string,
  role: string,
  command: Made<C>,
  decide: Decide<C, PlanState, PlanEvent, Facts>,
  data: C['data'],
  facts?: Facts,
  occurredAt = duringCycle,
): Step => ({
  usual,
  send: (state, person) => {
    const metadata = { ...exampleMetadata, actor: { ...exampleMetadata.actor, person, role }, occurredAt };
    return decide(new command('boston', 'boston', data as never, metadata), state, facts as Facts);
  },
});

const card = { direction: 'lower-is-better' as const, unit: 'working days', dimensions: ['district'] };
const cards = { cards: new Map([['leaks-in-three-days', card]]) };
const proposal = (revisionId: string, { goalId, target, dueDate, trajectory, equityFloor, weight }: Goal) => ({
  revisionId,
  reason: 'It rained.',
  changes: [{ goalId, target, dueDate, trajectory, equityFloor, weight }],
});
const [drought, quicker, later] = ['drought', 'quicker', 'later'].map((revisionId) => ({ revisionId }));
const publicReason = 'Two dry years.';
const { reportId } = report;
const findings = [{ finding: 'Look again.' }];
const scores = {
  process: { approach: 60, deployment: 45, learning: 30, integration: 40 },
  results: { levels: 55, trends: 50, comparisons: 20, integration: 40 },
  lessons: ['Name the owner first.'],
  judgements: [],
};
const figures = new Map([['leaks-in-three-days', { period: '2028-Q4', value: '3', readings: [], byValue: [] }]]);

const running: readonly Step[] = [
  step('p-owner', 'service-owner', FileProgressReport, fileProgressReport, report, { figures: new Map() }),
  step('p-verifier', 'verifier', VerifyProgressReport, verifyProgressReport, { reportId }),
  step('p-verifier', 'verifier', ReturnProgressReport, returnProgressReport, { reportId, findings }),
  ...[
    proposal('drought', weakerGoal),
    proposal('quicker', strongerGoal),
    proposal('later', { ...leaksGoal, dueDate: '2029-01-31' }),
  ].map((data) => step('p-owner', 'service-owner', ProposePlanRevision, proposePlanRevision, data, cards)),
  ...[drought!, quicker!, later!].flatMap((revision) => [
    step('p-council', 'oversight', ApprovePlanRevision, approvePlanRevision, { ...revision, publicReason }),
    step('p-mayor', 'executive', ApprovePlanRevision, approvePlanRevision, revision),
    step('p-mayor', 'executive', PublishPlanRevision, publishPlanRevision, revision),
  ]),
  step('p-mayor', 'executive', RejectPlanRevision, rejectPlanRevision, { ...drought!, reason: 'No.' }),
];
const ending: readonly Step[] = [
  step(
    'p-clerk',
    'service-owner',
    ClosePlanCycle,
    closePlanCycle,
    { reason: 'Over.' },
    { timeZone: 'UTC' },
    afterCycle,
  ),
  step('p-auditor', 'oversight', EvaluatePlan, evaluatePlan, scores, { figures }),
  step(
    'p-clerk',
    'service-owner',
    CarryGoalForward,
    carryGoalForward,
    { goalId: 'leaks-in-three-days', toPlan: 'next' },
    { predecessor: 'boston' },
  ),
];
/** What a plan in force hears from nobody. */
const astray: readonly Step[] = [
  step('p-clerk', 'service-owner', ChangeGoal, changeGoal, weakerGoal, { card, goalsBefore: [] }),
  step('p-head', 'head-of-department', ReturnPlan, returnPlan, { contentHash: 'f'.repeat(64), findings }),
];
const people = ['p-clerk', 'p-lead', 'p-head', 'p-mayor', 'p-owner', 'p-verifier', 'p-council', 'p-auditor'];

describe('a plan in force, whatever is sent to it', () => {
  it('changes only by revisions that everybody who has to has approved, and its reports are verified by others', () => {
    const reached = { revised: 0, weakened: 0, verified: 0, evaluated: 0 };
    const sentBySomebody = ({ usual, send }: Step) =>
      fc
        .oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...people) })
        .map((person) => ({ person, send }));
    const anySending = fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...running).chain(sentBySomebody) },
      { weight: 1, arbitrary: fc.constantFrom(...ending, ...astray).chain(sentBySomebody) },
    );
    fc.assert(
      fc.property(fc.array(anySending, { minLength: 20, maxLength: 60 }), (sendings) => {
        const events: PlanEvent[] = [...inForce];
        let state = events.reduce(plan.evolve, plan.initial);
        for (const { send, person } of sendings)
          try {
            const decided = send(state, person);
            expectNothingAfterClosing(state, decided);
            events.push(...decided);
            state = decided.reduce(plan.evolve, state);
          } catch (error) {
            if (!(error instanceof RuleViolation)) throw error;
          }
        if (!('authority' in state)) throw new Error('It is no longer in force.');
        expect(state.contentHash).toBe(contentHash('boston', 'boston', state.version, state, ['water-2026']));
        reached.weakened += expectSeparated(events);
        if (state.version > 1) reached.revised += 1;
        if (state.reports.some(({ status }) => status === 'verified')) reached.verified += 1;
        if (state.status === 'evaluated') reached.evaluated += 1;
      }),
      { numRuns: 200, seed: 38 },
    );
    expect(Object.entries(reached).filter(([, count]) => count === 0)).toEqual([]);
  });
});

const afterClosing: readonly string[] = ['PlanEvaluated', 'GoalCarriedForward'];

function expectNothingAfterClosing({ status }: PlanState, decided: readonly PlanEvent[]): void {
  if (status !== 'cycle-closed' && status !== 'evaluated') return;
  expect(decided.filter(({ type }) => !afterClosing.includes(type))).toEqual([]);
}

type Data<Type extends PlanEvent['type']> = Extract<PlanEvent, { readonly type: Type }>['data'];

const ofType = <Type extends PlanEvent['type']>(events: readonly PlanEvent[], type: Type): readonly Data<Type>[] =>
  events.filter((event) => event.type === type).map(({ data }) => data as Data<Type>);

/** Read off the events alone: who did what, and what became of the goal. Answers how many goals were weakened. */
function expectSeparated(events: readonly PlanEvent[]): number {
  const reporters = ofType(events, 'ProgressReportFiled').map(({ reporter }) => reporter);
  const verifiers = [...ofType(events, 'ProgressReportVerified'), ...ofType(events, 'ProgressReportReturned')];
  for (const { verifier } of verifiers) expect(['p-owner', 'p-clerk', ...reporters]).not.toContain(verifier);
  for (const { by } of ofType(events, 'PlanEvaluated'))
    expect(['p-clerk', 'p-head', 'p-mayor', 'p-owner', ...reporters]).not.toContain(by);
  let weakened = 0;
  for (const { revisionId } of ofType(events, 'PlanRevisionPublished')) {
    const [proposed] = ofType(events, 'PlanRevisionProposed').filter((one) => one.revisionId === revisionId);
    const approvals = ofType(events, 'PlanRevisionApproved').filter((one) => one.revisionId === revisionId);
    const persons = [proposed!.proposer, ...approvals.map(({ approver }) => approver)];
    expect(new Set(persons).size).toBe(persons.length);
    const asksLess = proposed!.changes.some(({ was, now }) => weakeningsOf(was, now).length > 0);
    expect(proposed!.weakening).toBe(asksLess);
    expect(approvals.map(({ authority }) => authority)).toEqual(asksLess ? ['oversight', 'executive'] : ['executive']);
    expect(approvals[0]!.publicReason !== undefined).toBe(asksLess);
    weakened += Number(asksLess);
  }
  return weakened;
}
