import type { ConsultationEvent, GroupCoverage, RequiredGroup } from './consultation.events.js';
import type { Opportunity, YouSaidWeDid } from './consultation.state.js';

export const timeZone = 'Africa/Johannesburg';
/** Digests of the clerk of `exampleMetadata` and of somebody of the council. */
export const planner = 'p-clerk';
export const council = 'p-council';

export const formal: RequiredGroup = {
  groupId: 'formal',
  name: 'Formal households',
  serviceId: 'water',
  population: 40_000,
  asOf: '2025-06-30',
  source: 'Census 2022',
  threshold: '0.5',
};
export const informal: RequiredGroup = {
  groupId: 'informal',
  name: 'Informal settlement',
  population: 12_000,
  asOf: '2025-06-30',
  source: 'Survey of the settlement',
  threshold: '0.6',
};
export const plan = {
  title: 'How should water reach you?',
  subject: { kind: 'plan' as const, id: 'water-2026' },
  level: 'involve' as const,
  questions: ['What should change first?'],
  minOpenDays: 30,
};
export const materialsHash = 'a'.repeat(64);
export const evidenceHash = 'e'.repeat(64);

export const planned: ConsultationEvent = {
  type: 'ConsultationPlanned',
  data: { ...plan, requiredGroups: [formal, informal], planner },
};
/** At nine o'clock in UTC of `exampleMetadata`. */
export const opened: ConsultationEvent = {
  type: 'ConsultationOpened',
  data: { materialsHash, openedAt: '2026-01-05T11:00:00+02:00', closesAt: '2026-02-05T17:00:00+02:00' },
};
export const extended: ConsultationEvent = {
  type: 'ConsultationExtended',
  data: { closesAt: '2026-02-12T17:00:00+02:00', reason: 'Floods cut off two districts' },
};
export const website: Opportunity = {
  opportunityId: 'website',
  groupId: 'formal',
  channel: 'online',
  accessibleFormats: ['large-print'],
  reached: 25_000,
  from: '2026-01-05T11:00:00+02:00',
  to: '2026-02-05T17:00:00+02:00',
  evidenceHash,
};
export const hall: Opportunity = {
  opportunityId: 'hall',
  groupId: 'informal',
  channel: 'in-person',
  accessibleFormats: ['interpreter', 'step-free'],
  reached: 7_200,
  from: '2026-01-05T11:00:00+02:00',
  to: '2026-02-05T17:00:00+02:00',
  evidenceHash,
};
export const provided = (opportunity: Opportunity): ConsultationEvent => ({
  type: 'OpportunityProvided',
  data: { ...opportunity, accessibleFormats: [...opportunity.accessibleFormats] },
});
export const unreachable = { groupId: 'informal', reason: 'No road since the flood' };
export const declared: ConsultationEvent = { type: 'GroupUnreachableDeclared', data: unreachable };
export const waiver = { groupId: 'informal', reason: 'The settlement was evacuated' };
export const waived: ConsultationEvent = { type: 'CoverageWaiverGranted', data: { ...waiver, grantedBy: council } };
export const standpipes = { themeId: 'standpipes', title: 'Distance to the next standpipe' };
export const themeNamed: ConsultationEvent = { type: 'ThemeNamed', data: standpipes };

/** Moment at which the announced time is over. */
export const atClosing = '2026-02-05T15:00:00Z';
export const formalCovered: GroupCoverage = {
  groupId: 'formal',
  reached: 25_000,
  population: 40_000,
  coverage: '0.625',
  threshold: '0.5',
  openChannels: ['online'],
  standing: 'covered',
};
export const informalCovered: GroupCoverage = {
  groupId: 'informal',
  reached: 7_200,
  population: 12_000,
  coverage: '0.6',
  threshold: '0.6',
  openChannels: ['in-person'],
  standing: 'covered',
};
export const informalMissing: GroupCoverage = {
  ...informalCovered,
  reached: 0,
  coverage: '0',
  openChannels: [],
  standing: 'uncovered',
};
const closedAt = '2026-02-05T17:00:00+02:00';
export const closed = (adequate: boolean, ...coverage: GroupCoverage[]): ConsultationEvent => ({
  type: 'ConsultationClosed',
  data: { closedAt, adequate, coverage },
});

export const answer = {
  themeId: 'standpipes',
  disposition: 'accepted' as const,
  rationale: 'Nine of ten walk more than 200 metres',
  linkedTo: [{ kind: 'problem' as const, plan: 'water-2026', id: 'far-standpipes' }],
};
export const answered: ConsultationEvent = { type: 'InputAnswered', data: answer };
export const goalLink = { kind: 'goal' as const, plan: 'water-2026', id: 'standpipe-within-200m' };
export const told: YouSaidWeDid = {
  themeId: 'standpipes',
  youSaid: 'The next standpipe is too far away',
  weDid: 'The plan builds forty standpipes',
};
export const responded: ConsultationEvent = { type: 'ConsultationResponsePublished', data: { youSaidWeDid: [told] } };

export const reachingAll = [planned, opened, themeNamed, provided(website), provided(hall)] as const;
export const closedAdequate = [...reachingAll, closed(true, formalCovered, informalCovered)] as const;
export const closedInadequate = [
  planned,
  opened,
  provided(website),
  closed(false, formalCovered, informalMissing),
] as const;
