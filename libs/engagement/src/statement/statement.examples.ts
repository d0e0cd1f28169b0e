import type { StatementEvent } from './statement.events.js';
import type { ConsultationTerms } from './consultation-terms.js';

export const minimumWage: ConsultationTerms = {
  isKnown: true,
  groups: ['renters', 'owners'],
  openings: [
    { from: '2026-01-05T08:00:00Z', to: '2026-02-05T08:00:00Z' },
    { from: '2026-03-01T08:00:00Z', to: '2026-04-01T08:00:00Z' },
  ],
};
export const unplanned: ConsultationTerms = { isKnown: false, groups: [], openings: [] };

export const livingWage = { id: 'living-wage', text: 'It is called a living wage for a reason.' };
export const livingWageProposed: StatementEvent = {
  type: 'StatementProposed',
  data: {
    statement: 'living-wage',
    text: livingWage.text,
    groups: ['renters', 'owners'],
    proposedAt: '2026-01-05T09:00:00.000Z',
  },
};
export const livingWageRejected: StatementEvent = {
  type: 'StatementModerated',
  data: {
    statement: 'living-wage',
    verdict: 'rejected',
    reason: 'It says two things at once.',
    moderatedAt: '2026-01-06T09:00:00.000Z',
  },
};
