import { unhandled, type Aggregate } from '@app/kernel';
import type {
  Standard,
  Solution,
  Score,
  ProgressReport,
  Ranking,
  Revision,
  Plan,
  Submission,
  Endorsement,
  Approval,
  Authority,
  PublishedResult,
  RecordedAuthority,
  Evaluation,
  CarriedGoal,
} from './plan-content.js';
import { planEvents, type Finding, type Goal, type PlanEvent } from './plan.events.js';

export * from './plan-content.js';

interface InForce {
  readonly authority: Authority;
  /** Of the plan as published, revisions included. */
  readonly contentHash: string;
}
interface Ended extends InForce {
  readonly closedOn: string;
  readonly carried: readonly CarriedGoal[];
  /** The plan of the next cycle, once somebody has begun to open it. */
  readonly successor?: string;
}

export type CycleOpen = Plan & { readonly status: 'cycle-open' };
export type Diagnosing = Plan & { readonly status: 'diagnosing' };
/** `findings`: why it was returned; empty before a first submission. */
export type GoalSetting = Plan & { readonly status: 'goal-setting'; readonly findings: readonly Finding[] };
export type Prioritising = Plan & { readonly status: 'prioritising' };
export type Submitted = Plan & Submission & { readonly status: 'submitted' };
export type Endorsed = Plan & Endorsement & { readonly status: 'endorsed' };
export type Approved = Plan & Approval & { readonly status: 'approved' };
export type Published = Plan & InForce & { readonly status: 'published' };
/** The newest of the revisions is open. */
export type UnderRevision = Plan & InForce & { readonly status: 'under-revision' };
export type CycleClosed = Plan & Ended & { readonly status: 'cycle-closed' };
export type Evaluated = Plan & Ended & { readonly status: 'evaluated'; readonly evaluation: Evaluation };

/** Before submission: everything may still change. */
export type Draft = CycleOpen | Diagnosing | GoalSetting | Prioritising;
export type AwaitingDecision = Submitted | Endorsed | Approved;
export type PlanInForce = Published | UnderRevision;
export type OpenedPlan = Draft | AwaitingDecision | PlanInForce | CycleClosed | Evaluated;
/** Decided on and published by somebody else: no approval of ours is in it. */
export type RecordedPlan = (PlanInForce | CycleClosed | Evaluated) & { readonly authority: RecordedAuthority };
export type PlanState = { readonly status: 'unopened' } | OpenedPlan;
export type PlanStatus = PlanState['status'];

export const plan: Aggregate<PlanState, PlanEvent> = {
  category: 'plan',
  events: planEvents,
  initial: { status: 'unopened' },
  evolve: (state, event) => {
    if (event.type === 'PlanCycleOpened') {
      const { by, ...cycle } = event.data;
      return { ...blank, ...cycle, authors: [by], status: 'cycle-open' };
    }
    if (event.type === 'PublishedPlanRecorded') return recorded(event.data);
    return state.status === 'unopened' ? state : evolveOpened(state, event);
  },
  // A plan has hundreds of goals, and an event for each of them.
  snapshot: { version: 1, every: 100, encode: (state) => state, decode: (stored) => stored as PlanState },
};

const blank = {
  authors: [],
  team: [],
  formerMembers: [],
  keyServices: [],
  standards: [],
  gaps: [],
  problems: [],
  goals: [],
  removedGoals: [],
  solutions: [],
  scores: [],
  rankings: [],
  version: 0,
  reports: [],
  revisions: [],
} as const;

type Recorded = Extract<PlanEvent, { type: 'PublishedPlanRecorded' }>['data'];

function recorded({ by, publishedBy, source, sourceHash, ...cycle }: Recorded): Published {
  const authority = { kind: 'recorded', publishedBy, source, sourceHash, results: [] } as const;
  const inForce = { status: 'published', version: 1, authority, contentHash: sourceHash } as const;
  return { ...blank, ...cycle, authors: [by], ...inForce };
}

type LaterEvent = Exclude<PlanEvent, { type: 'PlanCycleOpened' | 'PublishedPlanRecorded' }>;
type DiagnosisEvent = Extract<
  LaterEvent,
  {
    type:
      | 'TeamMemberAppointed'
      | 'TeamMemberRemoved'
      | 'KeyServiceSelected'
      | 'CurrentStandardRecorded'
      | 'DesiredStandardSet'
      | 'GapIdentified'
      | 'DiagnosisEnded'
      | 'ProblemStated'
      | 'ProblemCausesStated';
  }
>;
type GoalEvent = Extract<LaterEvent, { type: 'GoalSet' | 'GoalChanged' | 'GoalRemoved' | 'GoalSettingEnded' }>;
type SolutionEvent = Extract<
  LaterEvent,
  {
    type:
      | 'SolutionProposed'
      | 'SolutionScored'
      | 'PrioritiesRanked'
      | 'SolutionSelected'
      | 'SolutionRejected'
      | 'SolutionOwnerNamed';
  }
>;
type DecisionEvent = Extract<
  LaterEvent,
  { type: 'PlanSubmitted' | 'PlanReturned' | 'PlanEndorsedByHead' | 'PlanApprovedByExecutive' | 'PlanPublished' }
>;
type ForceEvent = Exclude<LaterEvent, DiagnosisEvent | GoalEvent | SolutionEvent | DecisionEvent>;

function evolveOpened(state: OpenedPlan, event: LaterEvent): PlanState {
  switch (event.type) {
    case 'TeamMemberAppointed':
    case 'TeamMemberRemoved':
    case 'KeyServiceSelected':
    case 'CurrentStandardRecorded':
    case 'DesiredStandardSet':
    case 'GapIdentified':
    case 'DiagnosisEnded':
    case 'ProblemStated':
    case 'ProblemCausesStated':
      return evolveDiagnosis(state, event);
    case 'GoalSet':
    case 'GoalChanged':
    case 'GoalRemoved':
    case 'GoalSettingEnded':
      return evolveGoals(state, event);
    case 'SolutionProposed':
    case 'SolutionScored':
    case 'PrioritiesRanked':
    case 'SolutionSelected':
    case 'SolutionRejected':
    case 'SolutionOwnerNamed':
      return evolveSolutions(state, event);
    case 'PlanSubmitted':
    case 'PlanReturned':
    case 'PlanEndorsedByHead':
    case 'PlanApprovedByExecutive':
    case 'PlanPublished':
      return evolveDecisions(state, event);
    case 'PublishedResultRecorded':
    case 'ProgressReportFiled':
    case 'ProgressReportVerified':
    case 'ProgressReportReturned':
    case 'PlanRevisionProposed':
    case 'PlanRevisionApproved':
    case 'PlanRevisionRejected':
    case 'PlanRevisionPublished':
    case 'GoalRevised':
    case 'PlanCycleClosed':
    case 'PlanEvaluated':
    case 'PlanCycleFollowed':
    case 'GoalCarriedForward':
      return evolveInForce(state, event);
    default:
      return unhandled(event);
  }
}

function evolveDiagnosis(state: OpenedPlan, event: DiagnosisEvent): PlanState {
  switch (event.type) {
    case 'TeamMemberAppointed': {
      const { person, seat } = event.data;
      const formerMembers = state.formerMembers.filter((one) => one !== person);
      return { ...state, team: [...state.team, { person, seat }], formerMembers };
    }
    case 'TeamMemberRemoved': {
      const team = state.team.filter(({ person }) => person !== event.data.person);
      return { ...state, team, formerMembers: withPerson(state.formerMembers, event.data.person) };
    }
    case 'KeyServiceSelected': {
      const { serviceId, rationale, evidence } = event.data;
      const keyServices = [...state.keyServices, { serviceId, rationale, evidence }];
      return state.status === 'cycle-open'
        ? { ...state, keyServices, status: 'diagnosing' }
        : { ...state, keyServices };
    }
    case 'CurrentStandardRecorded': {
      const { by: _by, ...recorded } = event.data;
      const before = state.standards.find(({ standardId }) => standardId === recorded.standardId);
      const standard = { ...recorded, desired: before?.desired ?? [] };
      const isIt = ({ standardId }: Standard): boolean => standardId === recorded.standardId;
      return { ...state, standards: put(state.standards, isIt, standard) };
    }
    case 'DesiredStandardSet': {
      const { standardId, year, desired } = event.data;
      const others = (standard: Standard) => standard.desired.filter((one) => one.year !== year);
      const set = (standard: Standard): Standard => ({
        ...standard,
        desired: [...others(standard), { year, desired }].sort((left, right) => (left.year < right.year ? -1 : 1)),
      });
      const standards = state.standards.map((one) => (one.standardId === standardId ? set(one) : one));
      return { ...state, standards };
    }
    case 'GapIdentified': {
      const { by: _by, ...gap } = event.data;
      return { ...state, gaps: put(state.gaps, ({ gapId }) => gapId === gap.gapId, gap) };
    }
    case 'DiagnosisEnded':
      return state.status === 'diagnosing' ? { ...state, status: 'goal-setting', findings: [] } : state;
    case 'ProblemStated': {
      const { by: _by, ...problem } = event.data;
      return { ...state, problems: [...state.problems, { ...problem, late: !isDraft(state) }] };
    }
    case 'ProblemCausesStated': {
      const { problemId, causes } = event.data;
      const problems = state.problems.map((one) => (one.problemId === problemId ? { ...one, causes } : one));
      return { ...state, problems };
    }
    default:
      return unhandled(event);
  }
}

function evolveGoals(state: OpenedPlan, event: GoalEvent): PlanState {
  switch (event.type) {
    case 'GoalSet':
    case 'GoalChanged': {
      const { by, ...goal } = event.data;
      return { ...state, goals: put(state.goals, isGoal(goal.goalId), goal), authors: withPerson(state.authors, by) };
    }
    case 'GoalRemoved': {
      const { goalId, by } = event.data;
      return {
        ...state,
        goals: state.goals.filter((one) => one.goalId !== goalId),
        removedGoals: [...state.removedGoals, goalId],
        authors: withPerson(state.authors, by),
      };
    }
    case 'GoalSettingEnded': {
      if (state.status !== 'goal-setting') return state;
      const { findings: _findings, ...rest } = state;
      return { ...rest, status: 'prioritising' };
    }
    default:
      return unhandled(event);
  }
}

function evolveSolutions(state: OpenedPlan, event: SolutionEvent): PlanState {
  const changed = (solutionId: string, change: Partial<Solution>): PlanState => ({
    ...state,
    solutions: state.solutions.map((one) => (one.solutionId === solutionId ? { ...one, ...change } : one)),
  });
  switch (event.type) {
    case 'SolutionProposed': {
      const { by, ...terms } = event.data;
      return { ...state, solutions: [...state.solutions, { ...terms, status: 'proposed', proposedBy: by }] };
    }
    case 'SolutionScored': {
      const { solutionId, method, rater } = event.data;
      const isIt = (one: Score): boolean =>
        one.solutionId === solutionId && one.method === method && one.rater === rater;
      const rankings = state.rankings.map((ranking): Ranking =>
        ranking.method === method && !ranking.standing ? { ...ranking, outdated: true } : ranking,
      );
      return { ...state, scores: put(state.scores, isIt, event.data), rankings };
    }
    case 'PrioritiesRanked': {
      const { by: _by, ...data } = event.data;
      const ranking = { ...data, standing: true };
      return { ...state, rankings: put(state.rankings, ({ method }) => method === ranking.method, ranking) };
    }
    case 'SolutionSelected': {
      const { solutionId, reason, owner, by } = event.data;
      const named = owner === undefined ? {} : { owner };
      return changed(solutionId, { status: 'selected', decision: { reason, by }, ...named });
    }
    case 'SolutionRejected': {
      const { solutionId, reason, by } = event.data;
      return changed(solutionId, { status: 'rejected', decision: { reason, by } });
    }
    case 'SolutionOwnerNamed':
      return changed(event.data.solutionId, { owner: event.data.owner });
    default:
      return unhandled(event);
  }
}

function evolveDecisions(state: OpenedPlan, event: DecisionEvent): PlanState {
  switch (event.type) {
    case 'PlanSubmitted': {
      const { version, contentHash, consultations, author } = event.data;
      const authors = withPerson(state.authors, author);
      return { ...contentOf(state), authors, version, contentHash, consultations, author, status: 'submitted' };
    }
    case 'PlanReturned': {
      // What came up while the plan was decided on belongs to what is written next.
      const problems = state.problems.map((problem) => ({ ...problem, late: false }));
      const rankings = state.rankings.map((ranking) => ({ ...ranking, standing: false }));
      return { ...contentOf(state), problems, rankings, status: 'goal-setting', findings: event.data.findings };
    }
    case 'PlanEndorsedByHead':
      return state.status === 'submitted' ? { ...state, status: 'endorsed', endorser: event.data.endorser } : state;
    case 'PlanApprovedByExecutive':
      return state.status === 'endorsed' ? { ...state, status: 'approved', approver: event.data.approver } : state;
    case 'PlanPublished': {
      if (state.status !== 'approved') return state;
      const { contentHash, consultations, author, endorser, approver } = state;
      const authority = { kind: 'approved', contentHash, consultations, author, endorser, approver } as const;
      return { ...contentOf(state), status: 'published', contentHash, authority };
    }
    default:
      return unhandled(event);
  }
}

function evolveInForce(state: OpenedPlan, event: ForceEvent): PlanState {
  const reported = (reportId: string, change: Partial<ProgressReport>): PlanState => ({
    ...state,
    reports: state.reports.map((one) => (one.reportId === reportId ? { ...one, ...change } : one)),
  });
  switch (event.type) {
    case 'PublishedResultRecorded': {
      if (!('authority' in state) || state.authority.kind !== 'recorded') return state;
      const { by: _by, ...result } = event.data;
      const isIt = ({ goalId, reportedTo }: PublishedResult): boolean =>
        goalId === result.goalId && reportedTo === result.reportedTo;
      return { ...state, authority: { ...state.authority, results: put(state.authority.results, isIt, result) } };
    }
    case 'ProgressReportFiled': {
      const report: ProgressReport = { ...event.data, status: 'filed', findings: [] };
      return { ...state, reports: put(state.reports, ({ reportId }) => reportId === report.reportId, report) };
    }
    case 'ProgressReportVerified':
      return reported(event.data.reportId, { status: 'verified', verifier: event.data.verifier });
    case 'ProgressReportReturned': {
      const { reportId, findings, verifier } = event.data;
      return reported(reportId, { status: 'returned', findings, verifier });
    }
    case 'PlanRevisionProposed': {
      if (state.status !== 'published') return state;
      const revision: Revision = { ...event.data, status: 'proposed', approvals: [] };
      return { ...state, revisions: [...state.revisions, revision], status: 'under-revision' };
    }
    case 'PlanRevisionApproved': {
      const { revisionId, ...approval } = event.data;
      const approved = (one: Revision): Revision =>
        one.revisionId === revisionId ? { ...one, approvals: [...one.approvals, approval] } : one;
      return { ...state, revisions: state.revisions.map(approved) };
    }
    case 'PlanRevisionRejected': {
      const revisions = decided(state.revisions, event.data.revisionId, { status: 'rejected' });
      return state.status === 'under-revision' ? { ...state, revisions, status: 'published' } : state;
    }
    case 'PlanRevisionPublished': {
      if (state.status !== 'under-revision') return state;
      const { revisionId, version, contentHash } = event.data;
      const revisions = decided(state.revisions, revisionId, { status: 'published' });
      return { ...state, revisions, version, contentHash, status: 'published' };
    }
    case 'GoalRevised':
      return { ...state, goals: put(state.goals, isGoal(event.data.goalId), event.data.now) };
    case 'PlanCycleClosed': {
      if (state.status !== 'published') return state;
      return { ...state, status: 'cycle-closed', closedOn: event.data.on, carried: [] };
    }
    case 'PlanEvaluated': {
      if (state.status !== 'cycle-closed') return state;
      const { by: _by, ...evaluation } = event.data;
      return { ...state, status: 'evaluated', evaluation };
    }
    case 'PlanCycleFollowed':
      return 'carried' in state ? { ...state, successor: event.data.toPlan } : state;
    case 'GoalCarriedForward': {
      if (!('carried' in state)) return state;
      const { goalId, toPlan } = event.data;
      return { ...state, carried: [...state.carried, { goalId, toPlan }] };
    }
    default:
      return unhandled(event);
  }
}

export const isDraft = (state: PlanState): state is Draft =>
  state.status === 'cycle-open' ||
  state.status === 'diagnosing' ||
  state.status === 'goal-setting' ||
  state.status === 'prioritising';

export const isAwaitingDecision = (state: PlanState): state is AwaitingDecision =>
  state.status === 'submitted' || state.status === 'endorsed' || state.status === 'approved';

export const isInForce = (state: PlanState): state is PlanInForce =>
  state.status === 'published' || state.status === 'under-revision';

export const isRecorded = (state: PlanState): state is RecordedPlan =>
  'authority' in state && state.authority.kind === 'recorded';

const isGoal =
  (id: string) =>
  ({ goalId }: Goal): boolean =>
    goalId === id;

const withPerson = (persons: readonly string[], person: string): readonly string[] =>
  persons.includes(person) ? persons : [...persons, person];

/** In the place of the one it replaces, or at the end. */
function put<T>(all: readonly T[], isIt: (one: T) => boolean, next: T): readonly T[] {
  const index = all.findIndex(isIt);
  return index < 0 ? [...all, next] : all.with(index, next);
}

const decided = (all: readonly Revision[], revisionId: string, change: Partial<Revision>): readonly Revision[] =>
  all.map((one) => (one.revisionId === revisionId ? { ...one, ...change } : one));

/** What stays when the status changes. */
function contentOf(state: OpenedPlan): Plan {
  const {
    title,
    cycle,
    from,
    to,
    predecessor,
    strategicPlanRef,
    authors,
    team,
    formerMembers,
    keyServices,
    standards,
  } = state;
  const { gaps, problems, goals, removedGoals, solutions, scores, rankings, version, reports, revisions } = state;
  return {
    ...{ title, cycle, from, to, authors, team, formerMembers, keyServices, standards },
    ...(predecessor === undefined ? {} : { predecessor }),
    ...(strategicPlanRef === undefined ? {} : { strategicPlanRef }),
    ...{ gaps, problems, goals, removedGoals, solutions, scores, rankings, version, reports, revisions },
  };
}
