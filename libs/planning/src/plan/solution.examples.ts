import type { Goal, PlanEvent, SolutionTerms } from './plan.events.js';

/** The clerk of `exampleMetadata`, and another one of the team. */
export const rater = 'p-clerk';
export const otherRater = 'p-community';
export const solutionOwner = 'p-owner';

const by = rater;
const opened: PlanEvent = {
  type: 'PlanCycleOpened',
  data: {
    title: 'Water services',
    cycle: 1,
    from: '2026-04-01',
    to: '2029-03-31',
    strategicPlanRef: 'SP-2025',
    by: 'p-author',
  },
};
const teamOf = (person: string, seat: 'supervisor' | 'community' | 'verifier'): PlanEvent => ({
  type: 'TeamMemberAppointed',
  data: { person, seat, by },
});
const goal: Goal = {
  goalId: 'answer-calls',
  title: 'Calls are answered',
  problemIds: ['slow-calls'],
  baseline: { value: '60' },
  target: { kind: 'max', value: '90' },
  unit: 'percent',
  direction: 'higher-is-better',
  trajectory: [],
};

/** As far as solutions need a plan: a diagnosis that has ended, one problem, one goal. */
export const planWithGoal: readonly PlanEvent[] = [
  opened,
  teamOf(rater, 'supervisor'),
  teamOf(otherRater, 'community'),
  teamOf('p-verifier', 'verifier'),
  { type: 'KeyServiceSelected', data: { serviceId: 'water-supply', rationale: 'Most used', evidence: [], by } },
  { type: 'DiagnosisEnded', data: { by } },
  {
    type: 'ProblemStated',
    data: {
      problemId: 'slow-calls',
      serviceId: 'water-supply',
      statement: 'Calls wait for minutes.',
      origin: { kind: 'complaint', reference: 'C-7' },
      causes: [],
      by,
    },
  },
  { type: 'GoalSet', data: { ...goal, by: 'p-author' } },
];
export const opening = [opened] as const;
export const goalsSet: PlanEvent = { type: 'GoalSettingEnded', data: { by } };
export const planWithGoalsSet = [...planWithGoal, goalsSet] as const;
export const planSubmitted: PlanEvent = {
  type: 'PlanSubmitted',
  data: { version: 1, contentHash: '0'.repeat(64), consultations: ['water-2026'], author: 'p-author' },
};
export const planReturned: PlanEvent = {
  type: 'PlanReturned',
  data: { contentHash: '0'.repeat(64), findings: [{ finding: 'Score again.' }], by: 'p-head' },
};

export const callCentre: SolutionTerms = {
  solutionId: 'call-centre',
  title: 'Call centre',
  description: 'Six more people answer calls.',
  problemIds: ['slow-calls'],
  goalIds: ['answer-calls'],
  estimatedCost: { amount: '250000', unit: 'ZAR' },
  estimatedEffort: { amount: '40', unit: 'person-days' },
  estimatedEffects: [{ goalId: 'answer-calls', change: '15' }],
};
export const chatLine: SolutionTerms = {
  ...callCentre,
  solutionId: 'chat-line',
  title: 'Chat line',
  description: 'Answers in writing.',
  estimatedEffort: { amount: '60', unit: 'person-days' },
  estimatedEffects: [],
};
export const proposed = (terms: SolutionTerms): PlanEvent => ({
  type: 'SolutionProposed',
  data: { ...terms, proposedAt: '2026-01-05T09:00:00Z', by },
});
export const callCentreProposed: PlanEvent = {
  type: 'SolutionProposed',
  data: { ...callCentre, proposedAt: '2026-01-05T09:00:00Z', by },
};
export const chatLineProposed = proposed(chatLine);

export const scoreOf = (
  solutionId: string,
  values: Readonly<Record<string, string>>,
  person: string = rater,
  method: Extract<PlanEvent, { type: 'SolutionScored' }>['data']['method'] = 'weighted-score',
): PlanEvent => ({ type: 'SolutionScored', data: { solutionId, method, values: { ...values }, rater: person } });

export const callCentreScored = scoreOf('call-centre', { benefit: '8', ease: '5' });
export const chatLineScored = scoreOf('chat-line', { benefit: '5', ease: '6' });
export const criteria = [
  { criterionId: 'benefit', kind: 'rated' as const, weight: '0.6' },
  { criterionId: 'ease', kind: 'rated' as const, weight: '0.4' },
];
export const scored = [
  ...planWithGoalsSet,
  callCentreProposed,
  chatLineProposed,
  callCentreScored,
  chatLineScored,
] as const;

const alone = (score: string) => ({ median: score, lowest: score, highest: score, deviation: '0' });
export const rankedByWeights: PlanEvent = {
  type: 'PrioritiesRanked',
  data: {
    method: 'weighted-score',
    methodVersion: '1',
    criteria,
    measures: [],
    inputsHash: 'faef9dedbbfc6ceecd112a7155e28bc9bf849c0abe2d5987f62f06ce1e1c6126',
    ranking: [
      {
        rank: 1,
        solutionId: 'call-centre',
        score: '6.8',
        raters: 1,
        dispersion: alone('6.8'),
      },
      {
        rank: 2,
        solutionId: 'chat-line',
        score: '5.4',
        raters: 1,
        dispersion: alone('5.4'),
      },
    ],
    sensitivity: {
      firstPlace: { criterionId: 'benefit', change: '-0.35', newFirst: 'chat-line' },
      ranges: [
        { solutionId: 'call-centre', best: 1, worst: 1 },
        { solutionId: 'chat-line', best: 2, worst: 2 },
      ],
    },
    by,
  },
};
export const ranked = [...scored, rankedByWeights] as const;

export const callCentreSelected: PlanEvent = {
  type: 'SolutionSelected',
  data: { solutionId: 'call-centre', reason: 'Best score, and it can begin at once.', by },
};
export const chatLineRejected: PlanEvent = {
  type: 'SolutionRejected',
  data: { solutionId: 'chat-line', reason: 'Few people write.', by },
};
export const ownerNamed: PlanEvent = {
  type: 'SolutionOwnerNamed',
  data: { solutionId: 'call-centre', owner: solutionOwner, by },
};
