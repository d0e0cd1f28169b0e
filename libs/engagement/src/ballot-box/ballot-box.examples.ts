import type { BallotBoxEvent } from './ballot-box.events.js';

export const renter = { id: 'k-1', group: 'renters' };
export const renterRegistered: BallotBoxEvent = {
  type: 'ParticipantRegistered',
  data: { participant: 'k-1', group: 'renters' },
};

/** Cast an hour after the opening. */
export const agreement = { id: 'first', participant: 'k-1', statement: 'living-wage', vote: 'agree' } as const;
export const agreed: BallotBoxEvent = {
  type: 'VoteCast',
  data: {
    voteId: 'first',
    participant: 'k-1',
    group: 'renters',
    statement: 'living-wage',
    vote: 'agree',
    castAt: '2026-01-05T09:00:00.000Z',
    counts: true,
  },
};
