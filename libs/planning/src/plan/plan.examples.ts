import { contentHash } from './content-hash.js';
import type { Goal, PlanEvent } from './plan.events.js';
import { plan } from './plan.state.js';

/** Opened by the clerk of `exampleMetadata`. */
export const by = 'p-clerk';

export const cycle = {
  title: 'Water that runs',
  cycle: 1,
  from: '2026-04-01',
  to: '2029-03-31',
  strategicPlanRef: 'Strategic plan 2025-2030, outcome 3',
};
export const waterService = {
  serviceId: 'water-supply',
  rationale: 'Most complaints of the year are about leaks.',
  evidence: ['Complaints register 2025'],
};
export const leakStandard = {
  standardId: 'leak-repair',
  serviceId: 'water-supply',
  dimension: 'service-standards' as const,
  title: 'Days until a leak is fixed',
  indicatorId: 'leak-days',
  scope: { district: 'Langa' },
};
export const measured = {
  kind: 'measured' as const,
  value: '9',
  unit: 'working days',
  direction: 'lower-is-better' as const,
  period: '2025-Q4',
  indicatorVersion: 1,
  sample: 41,
  readings: [{ ledger: 'leak-days/2025-Q4', revision: '40' }],
};
export const leaksProblem = {
  problemId: 'slow-repairs',
  serviceId: 'water-supply',
  statement: 'Leaks in Langa run for nine days, three times as long as elsewhere.',
  origin: { kind: 'gap' as const, gapId: 'leaks-in-langa' },
  causes: [{ statement: 'One repair crew serves the whole east.' }],
};
export const leaksGoal: Goal = {
  goalId: 'leaks-in-three-days',
  title: 'A leak is fixed within three working days',
  problemIds: ['slow-repairs'],
  indicatorId: 'leak-days',
  baseline: { value: '9', period: '2025-Q4' },
  target: { kind: 'min', value: '3' },
  unit: 'working days',
  direction: 'lower-is-better',
  dueDate: '2028-12-31',
  trajectory: [
    { period: '2026-Q4', expected: '7' },
    { period: '2027-Q4', expected: '5' },
  ],
  equityFloor: { dimension: 'district', floor: '4' },
  weight: '1',
};
export const secondCrew = {
  solutionId: 'second-crew',
  title: 'A second repair crew',
  description: 'Hire and equip a crew that is stationed in Langa.',
  problemIds: ['slow-repairs'],
  goalIds: ['leaks-in-three-days'],
  estimatedCost: { amount: '1200000', unit: 'ZAR' },
  estimatedEffort: { amount: '90', unit: 'person-days' },
  estimatedEffects: [{ goalId: 'leaks-in-three-days', change: '-5' }],
};

export const opened = { type: 'PlanCycleOpened', data: { ...cycle, by } } as const satisfies PlanEvent;
export const supervisorSeated: PlanEvent = {
  type: 'TeamMemberAppointed',
  data: { person: 'p-supervisor', seat: 'supervisor', by },
};
export const leadSeated: PlanEvent = { type: 'TeamMemberAppointed', data: { person: 'p-lead', seat: 'team-lead', by } };
export const communitySeated: PlanEvent = {
  type: 'TeamMemberAppointed',
  data: { person: 'p-resident', seat: 'community', by },
};
export const serviceSelected: PlanEvent = { type: 'KeyServiceSelected', data: { ...waterService, by } };
export const currentRecorded: PlanEvent = {
  type: 'CurrentStandardRecorded',
  data: { ...leakStandard, current: measured, by },
};
export const desiredSet: PlanEvent = {
  type: 'DesiredStandardSet',
  data: { standardId: 'leak-repair', year: 'FY2027-28', desired: { kind: 'value', value: '3' }, by },
};
export const gapIdentified = {
  type: 'GapIdentified',
  data: {
    gapId: 'leaks-in-langa',
    standardId: 'leak-repair',
    year: 'FY2027-28',
    current: '9',
    desired: '3',
    unit: 'working days',
    size: '6',
    relative: '2',
    affectedGroups: [{ groupId: 'informal-settlement', population: 12_000 }],
    peopleAffected: 12_000,
    by,
  },
} as const satisfies PlanEvent;
export const diagnosisEnded: PlanEvent = { type: 'DiagnosisEnded', data: { by } };
export const problemStated: PlanEvent = { type: 'ProblemStated', data: { ...leaksProblem, by } };
export const goalSet: PlanEvent = { type: 'GoalSet', data: { ...leaksGoal, by } };
export const goalSettingEnded: PlanEvent = { type: 'GoalSettingEnded', data: { by } };
export const solutionProposed: PlanEvent = {
  type: 'SolutionProposed',
  data: { ...secondCrew, proposedAt: '2026-01-05T09:00:00Z', by },
};
export const solutionSelected: PlanEvent = {
  type: 'SolutionSelected',
  data: { solutionId: 'second-crew', reason: 'First in both rankings.', owner: 'p-owner', by },
};

export const seated = [opened, supervisorSeated, leadSeated, communitySeated] as const;
export const diagnosing = [...seated, serviceSelected] as const;
export const diagnosed = [...diagnosing, currentRecorded, desiredSet, gapIdentified, problemStated] as const;
export const settingGoals = [...diagnosed, diagnosisEnded] as const;
export const prioritising = [...settingGoals, goalSet, goalSettingEnded] as const;
export const complete = [...prioritising, solutionProposed, solutionSelected] as const;

const written = complete.reduce(plan.evolve, plan.initial);
export const hash = written.status === 'unopened' ? '' : contentHash('boston', 'boston', 1, written, ['water-2026']);
export const submitted: PlanEvent = {
  type: 'PlanSubmitted',
  data: { version: 1, contentHash: hash, consultations: ['water-2026'], author: by },
};
export const returned: PlanEvent = {
  type: 'PlanReturned',
  data: {
    contentHash: hash,
    findings: [{ pointer: '/goals/0', finding: 'The target of the second year is missing.' }],
    by: 'p-head',
  },
};
export const endorsed: PlanEvent = {
  type: 'PlanEndorsedByHead',
  data: { contentHash: hash, endorser: 'p-head' },
};
export const approved: PlanEvent = {
  type: 'PlanApprovedByExecutive',
  data: { contentHash: hash, approver: 'p-mayor' },
};
export const published: PlanEvent = { type: 'PlanPublished', data: { version: 1, contentHash: hash, by: 'p-mayor' } };
export const awaiting = [...complete, submitted] as const;
export const inForce = [...awaiting, endorsed, approved, published] as const;

/** Filed by the owner of the selected solution, verified by somebody without another duty. */
export const report = {
  reportId: 'report-2026-q4',
  period: '2026-Q4',
  results: [{ kind: 'value' as const, goalId: 'leaks-in-three-days', value: '6.5', readings: [] }],
  narrative: 'The crew works since October.',
  evidence: [{ title: 'Repair log', sha256: 'b'.repeat(64) }],
};
export const reportFiled = {
  type: 'ProgressReportFiled' as const,
  data: { ...report, reporter: 'p-owner' },
} satisfies PlanEvent;
export const reportVerified: PlanEvent = {
  type: 'ProgressReportVerified',
  data: { reportId: 'report-2026-q4', verifier: 'p-verifier' },
};
export const reportReturned: PlanEvent = {
  type: 'ProgressReportReturned',
  data: {
    reportId: 'report-2026-q4',
    findings: [{ finding: 'The log is of another quarter.' }],
    verifier: 'p-verifier',
  },
};

export const weakerGoal: Goal = { ...leaksGoal, target: { kind: 'min', value: '4' } };
export const strongerGoal: Goal = { ...leaksGoal, target: { kind: 'min', value: '2' } };
export const weakeningProposed = {
  type: 'PlanRevisionProposed' as const,
  data: {
    revisionId: 'drought',
    changes: [{ goalId: 'leaks-in-three-days', was: leaksGoal, now: weakerGoal, weakening: true }],
    weakening: true,
    reason: 'The drought left the pipes dry.',
    proposer: 'p-owner',
  },
} satisfies PlanEvent;
export const strengtheningProposed = {
  type: 'PlanRevisionProposed' as const,
  data: {
    revisionId: 'second-year',
    changes: [{ goalId: 'leaks-in-three-days', was: leaksGoal, now: strongerGoal, weakening: false }],
    weakening: false,
    reason: 'The crew is quicker than was thought.',
    proposer: 'p-owner',
  },
} satisfies PlanEvent;
export const oversightApproved: PlanEvent = {
  type: 'PlanRevisionApproved',
  data: { revisionId: 'drought', approver: 'p-council', authority: 'oversight', publicReason: 'Two dry seasons.' },
};
export const weakeningApproved = {
  type: 'PlanRevisionApproved' as const,
  data: { revisionId: 'drought', approver: 'p-mayor', authority: 'executive' },
} satisfies PlanEvent;
export const strengtheningApproved: PlanEvent = {
  type: 'PlanRevisionApproved',
  data: { revisionId: 'second-year', approver: 'p-mayor', authority: 'executive' },
};
export const cycleClosed: PlanEvent = {
  type: 'PlanCycleClosed',
  data: { on: '2029-04-02', reason: 'The last day has passed.', by: 'p-clerk' },
};
export const closed = [...inForce, reportFiled, reportVerified, cycleClosed] as const;
