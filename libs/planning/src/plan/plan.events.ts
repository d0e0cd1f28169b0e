import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

export const seats = ['supervisor', 'team-lead', 'community', 'verifier'] as const;
/** The eight Batho Pele principles: South Africa's plans state a standard per service and principle. */
export const standardDimensions = [
  'consultation',
  'service-standards',
  'access',
  'courtesy',
  'information',
  'openness-and-transparency',
  'redress',
  'value-for-money',
] as const;
export const goalDirections = ['higher-is-better', 'lower-is-better', 'within-band', 'milestone'] as const;
export const scoringMethods = ['weighted-score', 'rice', 'wsjf', 'moscow', 'impact-effort'] as const;
/** Rated by the team, or measured: how far the groups of a consultation agree, how much of the benefit the worse off have. */
export const criterionKinds = ['rated', 'cross-group-support', 'equity-benefit'] as const;
export const publishedStatuses = ['met', 'not-met', 'future', 'not-available'] as const;
export const goalVerdicts = ['met', 'not-met', 'not-determinable'] as const;

const decimal = z.string();
/** Digest of (issuer, subject). */
const person = z.string();
/** Calendar day of the agency. */
const day = z.string();
/** RFC 3339, from the metadata of the command. */
const moment = z.string();
/** Lower-case hex of SHA-256. */
const hash = z.string();
const period = z.string();
const by = person;

/** Values of the indicator's dimensions; none: all of the service. */
const scope = z.record(z.string(), z.string());

/** What was read: the readings of a ledger up to a revision, so that the figure can be computed again. */
const readingRef = z.strictObject({ ledger: z.string(), revision: z.string() });

/** How the service runs. A standard without an indicator is told in words; no data is said, with its reason. */
const currentStandard = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('measured'),
    value: decimal,
    unit: z.string(),
    direction: z.enum(['higher-is-better', 'lower-is-better']),
    period,
    indicatorVersion: z.int(),
    /** Readings that the figure counts. */
    sample: z.int(),
    readings: z.array(readingRef),
  }),
  z.strictObject({ kind: z.literal('described'), text: z.string() }),
  z.strictObject({ kind: z.literal('no-data'), reason: z.string() }),
]);
const desiredStandard = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('value'), value: decimal }),
  z.strictObject({ kind: z.literal('described'), text: z.string() }),
]);

const affectedGroup = z.strictObject({ groupId: z.string(), population: z.int() });

/** What showed the problem. */
const problemOrigin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('gap'), gapId: z.string() }),
  z.strictObject({ kind: z.literal('input'), consultationId: z.string(), inputId: z.string() }),
  z.strictObject({ kind: z.literal('breach'), breachId: z.string() }),
  z.strictObject({ kind: z.literal('complaint'), reference: z.string() }),
  z.strictObject({ kind: z.literal('audit'), reference: z.string() }),
]);
/** A cause that is a problem of the plan itself names it. */
const cause = z.strictObject({ statement: z.string(), problemId: z.string().optional() });

/** `max`: at least the value; `min`: at most the value; `target`: exactly it; `range`: from and to belong to it. */
const goalTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('max'), value: decimal }),
  z.strictObject({ kind: z.literal('min'), value: decimal }),
  z.strictObject({ kind: z.literal('target'), value: decimal }),
  z.strictObject({ kind: z.literal('range'), from: decimal, to: decimal }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
]);
const trajectoryPoint = z.strictObject({ period, expected: decimal });
/** Every value of the dimension has to reach the floor, not only all of them together. */
const equityFloor = z.strictObject({ dimension: z.string(), floor: decimal });

/** What may be missing is asked for at submission, not before. */
const goal = z.strictObject({
  goalId: z.string(),
  title: z.string(),
  problemIds: z.array(z.string()),
  indicatorId: z.string().optional(),
  baseline: z.strictObject({ value: decimal, period: period.optional() }).optional(),
  target: goalTarget.optional(),
  unit: z.string().optional(),
  direction: z.enum(goalDirections).optional(),
  dueDate: day.optional(),
  trajectory: z.array(trajectoryPoint),
  equityFloor: equityFloor.optional(),
  /** Share in the plan; all weights sum to 1. */
  weight: decimal.optional(),
  /** The goal of the cycle before that it goes on with. */
  carriedFrom: z.strictObject({ plan: z.string(), goalId: z.string() }).optional(),
  /** That it stands under in a plan as published, the widest first. */
  headings: z.array(z.string()).optional(),
});

const estimate = z.strictObject({ amount: decimal, unit: z.string() });
const solution = z.strictObject({
  solutionId: z.string(),
  title: z.string(),
  description: z.string(),
  problemIds: z.array(z.string()),
  goalIds: z.array(z.string()),
  /** `unit` is an ISO 4217 currency. */
  estimatedCost: estimate,
  estimatedEffort: estimate,
  /** By how much it moves the indicator of a goal, in the unit of the goal. */
  estimatedEffects: z.array(z.strictObject({ goalId: z.string(), change: decimal })),
});

/** Names of criteria with decimals, or of one bucket, as the method says. */
const scoreValues = z.record(z.string(), z.string());
const criterion = z.strictObject({
  criterionId: z.string(),
  kind: z.enum(criterionKinds),
  weight: decimal,
  /** Where a measured criterion was read; left out for a rated one. */
  source: z.string().optional(),
});
/** A share from 0 to 1. */
const measure = z.strictObject({ criterionId: z.string(), solutionId: z.string(), value: decimal });
/** How far raters are apart, half up at 12 places. */
const dispersion = z.strictObject({
  median: decimal,
  lowest: decimal,
  highest: decimal,
  /** Median of the distances from the median. */
  deviation: decimal,
});
const ranked = z.strictObject({
  /** From 1; no two are equal. */
  rank: z.int(),
  solutionId: z.string(),
  /** Of the medians of all raters, half up at 12 places. */
  score: decimal,
  /** Bucket of MoSCoW, quadrant of impact and effort. */
  group: z.string().optional(),
  raters: z.int(),
  /** Of the scores that the raters give when each is taken alone. */
  dispersion,
});
const sensitivity = z.strictObject({
  /** Smallest change of one weight, the others rescaled, beyond which another is first; left out: none is. */
  firstPlace: z.strictObject({ criterionId: z.string(), change: decimal, newFirst: z.string() }).optional(),
  /** Best and worst rank while one weight after the other is a tenth of itself lower and higher, the others rescaled. */
  ranges: z.array(z.strictObject({ solutionId: z.string(), best: z.int(), worst: z.int() })),
});

const finding = z.strictObject({ pointer: z.string().optional(), finding: z.string() });
const evidence = z.strictObject({ title: z.string(), sha256: hash });

const goalResult = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('value'), goalId: z.string(), value: decimal, readings: z.array(readingRef) }),
  z.strictObject({ kind: z.literal('text'), goalId: z.string(), text: z.string() }),
  z.strictObject({ kind: z.literal('no-data'), goalId: z.string(), reason: z.string() }),
]);

const goalChange = z.strictObject({ goalId: z.string(), was: goal, now: goal, weakening: z.boolean() });

const points = z.int().min(0).max(100);
const goalEvaluation = z.strictObject({
  goalId: z.string(),
  verdict: z.enum(goalVerdicts),
  value: decimal.optional(),
  /** That the figure is of: the one in which the goal was due. */
  period: period.optional(),
  readings: z.array(readingRef).optional(),
  reason: z.string().optional(),
});

// These names and fields are what is stored: add a version, never change one.
// `by` is the person of the metadata: who may endorse, approve or verify is decided from it.
export const planEvents = defineEvents({
  PlanCycleOpened: {
    version: 1,
    schema: z.strictObject({
      title: z.string(),
      cycle: z.int().min(1),
      /** First and last day. */
      from: day,
      to: day,
      predecessor: z.string().optional(),
      strategicPlanRef: z.string(),
      by,
    }),
  },
  TeamMemberAppointed: { version: 1, schema: z.strictObject({ person, seat: z.enum(seats), by }) },
  TeamMemberRemoved: { version: 1, schema: z.strictObject({ person, seat: z.enum(seats), reason: z.string(), by }) },
  KeyServiceSelected: {
    version: 1,
    schema: z.strictObject({
      serviceId: z.string(),
      rationale: z.string(),
      evidence: z.array(z.string()),
      by,
    }),
  },
  /** The first one of a standard states it; later ones replace its figure. */
  CurrentStandardRecorded: {
    version: 1,
    schema: z.strictObject({
      standardId: z.string(),
      serviceId: z.string(),
      dimension: z.enum(standardDimensions),
      title: z.string(),
      /** Left out for a standard that is told in words. */
      indicatorId: z.string().optional(),
      scope,
      current: currentStandard,
      by,
    }),
  },
  DesiredStandardSet: {
    version: 1,
    schema: z.strictObject({
      standardId: z.string(),
      /** `2027` or `FY2026-27`. */
      year: period,
      desired: desiredStandard,
      by,
    }),
  },
  GapIdentified: {
    version: 1,
    schema: z.strictObject({
      gapId: z.string(),
      standardId: z.string(),
      year: period,
      current: decimal,
      desired: decimal,
      unit: z.string(),
      /** In the direction of improvement: above zero. */
      size: decimal,
      /** Size by desired standard, half up at 20 places; left out where the desired standard is zero. */
      relative: decimal.optional(),
      affectedGroups: z.array(affectedGroup),
      peopleAffected: z.int(),
      by,
    }),
  },
  DiagnosisEnded: { version: 1, schema: z.strictObject({ by }) },
  ProblemStated: {
    version: 1,
    schema: z.strictObject({
      problemId: z.string(),
      serviceId: z.string(),
      statement: z.string(),
      origin: problemOrigin,
      causes: z.array(cause),
      by,
    }),
  },
  ProblemCausesStated: {
    version: 1,
    schema: z.strictObject({ problemId: z.string(), causes: z.array(cause), by }),
  },
  GoalSet: { version: 1, schema: z.strictObject({ ...goal.shape, by }) },
  GoalChanged: { version: 1, schema: z.strictObject({ ...goal.shape, by }) },
  GoalRemoved: { version: 1, schema: z.strictObject({ goalId: z.string(), reason: z.string(), by }) },
  GoalSettingEnded: { version: 1, schema: z.strictObject({ by }) },
  SolutionProposed: { version: 1, schema: z.strictObject({ ...solution.shape, proposedAt: moment, by }) },
  SolutionScored: {
    version: 1,
    schema: z.strictObject({
      solutionId: z.string(),
      method: z.enum(scoringMethods),
      values: scoreValues,
      rater: person,
    }),
  },
  PrioritiesRanked: {
    version: 1,
    schema: z.strictObject({
      method: z.enum(scoringMethods),
      methodVersion: z.string(),
      /** Of the weighted score; none for every other method. */
      criteria: z.array(criterion),
      measures: z.array(measure),
      inputsHash: hash,
      ranking: z.array(ranked),
      sensitivity: sensitivity.optional(),
      by,
    }),
  },
  SolutionSelected: {
    version: 1,
    schema: z.strictObject({ solutionId: z.string(), reason: z.string(), owner: person.optional(), by }),
  },
  SolutionRejected: { version: 1, schema: z.strictObject({ solutionId: z.string(), reason: z.string(), by }) },
  SolutionOwnerNamed: { version: 1, schema: z.strictObject({ solutionId: z.string(), owner: person, by }) },
  PlanSubmitted: {
    version: 1,
    schema: z.strictObject({
      version: z.int(),
      contentHash: hash,
      /** Adequately closed ones about this plan. */
      consultations: z.array(z.string()),
      author: person,
    }),
  },
  PlanReturned: {
    version: 1,
    schema: z.strictObject({ contentHash: hash, findings: z.array(finding), by }),
  },
  PlanEndorsedByHead: { version: 1, schema: z.strictObject({ contentHash: hash, endorser: person }) },
  PlanApprovedByExecutive: { version: 1, schema: z.strictObject({ contentHash: hash, approver: person }) },
  PlanPublished: { version: 1, schema: z.strictObject({ version: z.int(), contentHash: hash, by }) },
  /** A plan that somebody else decided on and published: our approvals take no part in it. Its goals follow as `GoalSet`. */
  PublishedPlanRecorded: {
    version: 1,
    schema: z.strictObject({
      title: z.string(),
      cycle: z.int().min(1),
      from: day,
      to: day,
      predecessor: z.string().optional(),
      publishedBy: z.string(),
      source: z.string(),
      /** Of the file that it was read from. */
      sourceHash: hash,
      by,
    }),
  },
  /** What the publisher of a recorded plan says that came of a goal. */
  PublishedResultRecorded: {
    version: 1,
    schema: z.strictObject({
      goalId: z.string(),
      /** Last day that the report is about. */
      reportedTo: day,
      /** As published: a number or words; left out where there is none. */
      actual: z.string().optional(),
      status: z.enum(publishedStatuses),
      by,
    }),
  },
  ProgressReportFiled: {
    version: 1,
    schema: z.strictObject({
      reportId: z.string(),
      period,
      results: z.array(goalResult),
      narrative: z.string(),
      evidence: z.array(evidence),
      reporter: person,
    }),
  },
  ProgressReportVerified: { version: 1, schema: z.strictObject({ reportId: z.string(), verifier: person }) },
  ProgressReportReturned: {
    version: 1,
    schema: z.strictObject({ reportId: z.string(), findings: z.array(finding), verifier: person }),
  },
  PlanRevisionProposed: {
    version: 1,
    schema: z.strictObject({
      revisionId: z.string(),
      changes: z.array(goalChange),
      weakening: z.boolean(),
      reason: z.string(),
      proposer: person,
    }),
  },
  PlanRevisionApproved: {
    version: 1,
    schema: z.strictObject({
      revisionId: z.string(),
      approver: person,
      /** Role that the approver acted in. */
      authority: z.string(),
      publicReason: z.string().optional(),
    }),
  },
  PlanRevisionRejected: {
    version: 1,
    schema: z.strictObject({ revisionId: z.string(), reason: z.string(), by }),
  },
  PlanRevisionPublished: {
    version: 1,
    schema: z.strictObject({ revisionId: z.string(), version: z.int(), contentHash: hash, by }),
  },
  /** One for each goal of a published revision. */
  GoalRevised: {
    version: 1,
    schema: z.strictObject({
      goalId: z.string(),
      was: goal,
      now: goal,
      /** Left out where the two targets cannot be compared, which happens in published plans only. */
      weakening: z.boolean().optional(),
      reason: z.string(),
      /** Role that approved it. */
      authority: z.string(),
    }),
  },
  PlanCycleClosed: { version: 1, schema: z.strictObject({ on: day, reason: z.string(), by }) },
  PlanEvaluated: {
    version: 1,
    schema: z.strictObject({
      goals: z.array(goalEvaluation),
      /** Baldrige criteria: how the agency works, and what came of it; 0 to 100 each. */
      process: z.strictObject({ approach: points, deployment: points, learning: points, integration: points }),
      results: z.strictObject({ levels: points, trends: points, comparisons: points, integration: points }),
      lessons: z.array(z.string()),
      by,
    }),
  },
  /** In the stream of the plan that is followed: before the next cycle is opened, so that there is one. */
  PlanCycleFollowed: { version: 1, schema: z.strictObject({ toPlan: z.string(), by }) },
  GoalCarriedForward: { version: 1, schema: z.strictObject({ goalId: z.string(), toPlan: z.string(), by }) },
});
export type PlanEvent = EventOf<typeof planEvents>;

export type Seat = (typeof seats)[number];
export type StandardDimension = (typeof standardDimensions)[number];
export type GoalDirection = (typeof goalDirections)[number];
export type ScoringMethod = (typeof scoringMethods)[number];
export type PublishedStatus = (typeof publishedStatuses)[number];
export type GoalVerdict = (typeof goalVerdicts)[number];
export type ReadingRef = Readonly<z.infer<typeof readingRef>>;
export type CurrentStandard = Readonly<z.infer<typeof currentStandard>>;
export type DesiredStandard = Readonly<z.infer<typeof desiredStandard>>;
export type AffectedGroup = Readonly<z.infer<typeof affectedGroup>>;
export type ProblemOrigin = Readonly<z.infer<typeof problemOrigin>>;
export type Cause = Readonly<z.infer<typeof cause>>;
export type GoalTarget = Readonly<z.infer<typeof goalTarget>>;
export type Goal = Readonly<z.infer<typeof goal>>;
export type Finding = Readonly<z.infer<typeof finding>>;
export type Evidence = Readonly<z.infer<typeof evidence>>;
export type GoalResult = Readonly<z.infer<typeof goalResult>>;
export type GoalChange = Readonly<z.infer<typeof goalChange>>;
export type GoalEvaluation = Readonly<z.infer<typeof goalEvaluation>>;
export type SolutionTerms = Readonly<z.infer<typeof solution>>;
export type CriterionKind = (typeof criterionKinds)[number];
export type Criterion = Readonly<z.infer<typeof criterion>>;
export type Measure = Readonly<z.infer<typeof measure>>;
export type Dispersion = Readonly<z.infer<typeof dispersion>>;
export type Ranked = Readonly<z.infer<typeof ranked>>;
export type Sensitivity = Readonly<z.infer<typeof sensitivity>>;
