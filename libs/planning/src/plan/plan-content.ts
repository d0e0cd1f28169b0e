import type {
  AffectedGroup,
  Cause,
  Criterion,
  CurrentStandard,
  DesiredStandard,
  Evidence,
  Finding,
  Goal,
  GoalChange,
  GoalEvaluation,
  GoalResult,
  Measure,
  ProblemOrigin,
  PublishedStatus,
  Ranked,
  ScoringMethod,
  Seat,
  Sensitivity,
  SolutionTerms,
  StandardDimension,
} from './plan.events.js';

export interface TeamMember {
  readonly person: string;
  readonly seat: Seat;
}

export interface KeyService {
  readonly serviceId: string;
  readonly rationale: string;
  readonly evidence: readonly string[];
}

/** How a key service runs in one dimension, and how it should. */
export interface Standard {
  readonly standardId: string;
  readonly serviceId: string;
  readonly dimension: StandardDimension;
  readonly title: string;
  readonly indicatorId?: string;
  /** Values of the indicator's dimensions; empty: all of the service. */
  readonly scope: Readonly<Record<string, string>>;
  readonly current: CurrentStandard;
  /** In order of years. */
  readonly desired: readonly { readonly year: string; readonly desired: DesiredStandard }[];
}

export interface Gap {
  readonly gapId: string;
  readonly standardId: string;
  readonly year: string;
  readonly current: string;
  readonly desired: string;
  readonly unit: string;
  readonly size: string;
  readonly relative?: string;
  readonly affectedGroups: readonly AffectedGroup[];
  readonly peopleAffected: number;
}

export interface Problem {
  readonly problemId: string;
  readonly serviceId: string;
  readonly statement: string;
  readonly origin: ProblemOrigin;
  readonly causes: readonly Cause[];
  /** Stated after submission: not part of what was decided on, and an open matter for a revision or the next cycle. */
  readonly late: boolean;
}

export type SolutionStatus = 'proposed' | 'selected' | 'rejected';

export interface Solution extends SolutionTerms {
  readonly status: SolutionStatus;
  readonly proposedAt: string;
  readonly proposedBy: string;
  /** Why it was selected or rejected, and by whom. */
  readonly decision?: { readonly reason: string; readonly by: string };
  readonly owner?: string;
}

export interface Score {
  readonly solutionId: string;
  readonly method: ScoringMethod;
  readonly rater: string;
  readonly values: Readonly<Record<string, string>>;
}

export interface Ranking {
  readonly method: ScoringMethod;
  readonly methodVersion: string;
  readonly criteria: readonly Criterion[];
  readonly measures: readonly Measure[];
  readonly inputsHash: string;
  readonly ranking: readonly Ranked[];
  readonly sensitivity?: Sensitivity;
  /** False once the plan was returned: scores may be replaced until priorities are ranked anew. */
  readonly standing: boolean;
  /** Scores of its method were replaced since: it is ranked anew before the plan is submitted. */
  readonly outdated?: true;
}

export interface ProgressReport {
  readonly reportId: string;
  readonly period: string;
  readonly results: readonly GoalResult[];
  readonly narrative: string;
  readonly evidence: readonly Evidence[];
  readonly reporter: string;
  readonly status: 'filed' | 'verified' | 'returned';
  readonly verifier?: string;
  /** Why it was returned. */
  readonly findings: readonly Finding[];
}

/** Oversight approves what weakens the plan, and the executive every revision. */
export interface RevisionApproval {
  readonly approver: string;
  /** Role that the approver acted in. */
  readonly authority: string;
  readonly publicReason?: string;
}

export interface Revision {
  readonly revisionId: string;
  readonly changes: readonly GoalChange[];
  readonly weakening: boolean;
  readonly reason: string;
  readonly proposer: string;
  readonly status: 'proposed' | 'rejected' | 'published';
  readonly approvals: readonly RevisionApproval[];
}

export interface Plan {
  readonly title: string;
  readonly cycle: number;
  readonly from: string;
  readonly to: string;
  readonly predecessor?: string;
  readonly strategicPlanRef?: string;
  /** Persons who opened the cycle, wrote its goals or submitted it: who wrote it does not endorse or approve it. */
  readonly authors: readonly string[];
  readonly team: readonly TeamMember[];
  /** Persons who were removed from the team and have no seat now. */
  readonly formerMembers: readonly string[];
  readonly keyServices: readonly KeyService[];
  readonly standards: readonly Standard[];
  readonly gaps: readonly Gap[];
  readonly problems: readonly Problem[];
  readonly goals: readonly Goal[];
  /** An id that was removed is not given again: submissions of the past refer to it. */
  readonly removedGoals: readonly string[];
  readonly solutions: readonly Solution[];
  readonly scores: readonly Score[];
  /** The newest of each method. */
  readonly rankings: readonly Ranking[];
  /** Submissions so far, and published revisions after them. */
  readonly version: number;
  readonly reports: readonly ProgressReport[];
  /** Proposals to change the plan in force, the newest last. */
  readonly revisions: readonly Revision[];
}

/** What was submitted, and who decided on it so far. */
export interface Submission {
  readonly contentHash: string;
  readonly consultations: readonly string[];
  readonly author: string;
}
export interface Endorsement extends Submission {
  readonly endorser: string;
}
export interface Approval extends Endorsement {
  readonly approver: string;
}
/** How the plan came into force: through our approvals, or as the published plan of somebody else. */
export type Authority = (Approval & { readonly kind: 'approved' }) | RecordedAuthority;
export interface RecordedAuthority {
  readonly kind: 'recorded';
  readonly publishedBy: string;
  readonly source: string;
  readonly sourceHash: string;
  /** What the publisher says that came of the goals, one for each goal and report. */
  readonly results: readonly PublishedResult[];
}
export interface PublishedResult {
  readonly goalId: string;
  /** Last day that the report is about. */
  readonly reportedTo: string;
  readonly actual?: string;
  readonly status: PublishedStatus;
}

export interface Evaluation {
  readonly goals: readonly GoalEvaluation[];
  readonly process: Readonly<Record<'approach' | 'deployment' | 'learning' | 'integration', number>>;
  readonly results: Readonly<Record<'levels' | 'trends' | 'comparisons' | 'integration', number>>;
  readonly lessons: readonly string[];
}

/** A carried goal and the plan that goes on with it. */
export interface CarriedGoal {
  readonly goalId: string;
  readonly toPlan: string;
}
