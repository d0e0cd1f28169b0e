import { defineProjection } from '@app/projections';
import type { BallotBoxEvent } from '../../ballot-box/ballot-box.events.js';
import { consultationOf } from '../../ballot-box/ballot-box.state.js';

export interface VotingDay {
  /** `seattle/minimum-wage/2014-06-18`. */
  readonly _id: string;
  readonly agency: string;
  readonly consultation: string;
  /** Of UTC, by when the votes were cast. */
  readonly day: string;
  readonly votes: number;
  readonly agree: number;
  readonly disagree: number;
  readonly pass: number;
}

const dayOf = (castAt: string): string => castAt.slice(0, 10);

/** Every vote event counts, also one that is replaced later. */
export const votingDays = defineProjection<VotingDay, BallotBoxEvent>({
  name: 'voting-days',
  version: 1,
  indexes: [{ key: { agency: 1, consultation: 1, _id: 1 } }],
  documentId: ({ data, stream: { tenant, id } }) =>
    'castAt' in data ? `${tenant}/${consultationOf(id)}/${dayOf(data.castAt)}` : undefined,
  on: {
    VoteCast: (doc, { data, stream: { tenant, id } }, _id) => ({
      _id,
      agency: tenant,
      consultation: consultationOf(id),
      day: dayOf(data.castAt),
      votes: (doc?.votes ?? 0) + 1,
      agree: (doc?.agree ?? 0) + (data.vote === 'agree' ? 1 : 0),
      disagree: (doc?.disagree ?? 0) + (data.vote === 'disagree' ? 1 : 0),
      pass: (doc?.pass ?? 0) + (data.vote === 'pass' ? 1 : 0),
    }),
  },
});
