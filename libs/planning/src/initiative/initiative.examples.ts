import type { InitiativeEvent } from './initiative.events.js';

/** The clerk of `exampleMetadata` owns it; his day is 2026-01-05. */
export const owner = 'p-clerk';
export const otherOwner = 'p-other';
export const today = { today: '2026-01-05' };
const by = owner;

export const start = {
  planId: 'water',
  solutionId: 'second-crew',
  owner,
  budget: { amount: '1200000', unit: 'ZAR' },
  dueOn: '2027-12-31',
};
export const initiativeStarted: InitiativeEvent = {
  type: 'InitiativeStarted',
  data: {
    ...start,
    title: 'A second repair crew',
    startedOn: '2026-01-05',
    planEndsOn: '2029-03-31',
    by,
  },
};
export const hiring = { milestoneId: 'crew-hired', title: 'Six people are hired', dueOn: '2026-06-30' };
export const hiringPlanned: InitiativeEvent = { type: 'MilestonePlanned', data: { ...hiring, by } };
export const hiringRescheduled: InitiativeEvent = {
  type: 'MilestoneRescheduled',
  data: { milestoneId: 'crew-hired', was: '2026-06-30', dueOn: '2026-09-30', reason: 'No applicants.', by },
};
export const contracts = { title: 'Six contracts', sha256: 'c'.repeat(64) };
export const hiringReached: InitiativeEvent = {
  type: 'MilestoneReached',
  data: { milestoneId: 'crew-hired', on: '2026-01-05', evidence: [contracts], by },
};
export const hiringMissed: InitiativeEvent = {
  type: 'MilestoneMissed',
  data: { milestoneId: 'crew-hired', reason: 'No applicants.', by },
};
export const progress = {
  percent: 40,
  spend: '300000.50',
  confidence: 'medium' as const,
  narrative: 'Three people have begun.',
};
export const progressReported: InitiativeEvent = {
  type: 'ProgressReported',
  data: { on: '2026-01-05', ...progress, blockers: [], reporter: owner },
};
export const fullProgress: InitiativeEvent = {
  type: 'ProgressReported',
  data: { on: '2026-01-05', ...progress, percent: 100, blockers: [], reporter: owner },
};
export const noVan = { blockerId: 'no-van', description: 'There is no van.', severity: 'high' as const };
export const blockerRaised: InitiativeEvent = { type: 'BlockerRaised', data: { ...noVan, on: '2026-01-05', by } };
export const blockerCleared: InitiativeEvent = {
  type: 'BlockerCleared',
  data: { blockerId: 'no-van', how: 'One was rented.', on: '2026-01-05', by },
};
export const ownerChanged: InitiativeEvent = {
  type: 'InitiativeOwnerChanged',
  data: { was: owner, owner: otherOwner, reason: 'The first one left.', by },
};
export const completed: InitiativeEvent = { type: 'InitiativeCompleted', data: { on: '2026-01-05', by } };
export const cancelled: InitiativeEvent = {
  type: 'InitiativeCancelled',
  data: { on: '2026-01-05', reason: 'The council withdrew the money.', by },
};
