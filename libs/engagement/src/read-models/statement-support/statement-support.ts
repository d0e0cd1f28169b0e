import { defineProjection } from '@app/projections';
import type { BallotBoxEvent } from '../../ballot-box/ballot-box.events.js';
import { consultationOf } from '../../ballot-box/ballot-box.state.js';
import type { StatementEvent, Verdict } from '../../statement/statement.events.js';
import { crossGroupSupport, noVotes, rankOf, sizeOf, type Tally } from './cross-group-support.js';

/** What a group made of a statement: the last vote of each participant counts. */
export interface GroupTally extends Tally {
  readonly group: string;
}

export interface SupportedStatement {
  /** `seattle/minimum-wage/12`. */
  readonly _id: string;
  readonly agency: string;
  readonly consultation: string;
  readonly statement: string;
  readonly text: string;
  readonly author?: string;
  readonly verdict: Verdict;
  readonly proposedAt: string;
  /** Every vote event, also those that were replaced. */
  readonly events: Tally;
  /** Votes that count, of everybody. */
  readonly current: Tally;
  /** Votes that count, of each group that the consultation asks. */
  readonly groups: readonly GroupTally[];
  readonly numerator: string;
  readonly denominator: string;
  /** Orders by support and then by statement: no two of a consultation are the same. */
  readonly bySupport: string;
  /** Orders by votes and then by statement. */
  readonly byVotes: string;
}

type VotesAndStatements = StatementEvent | BallotBoxEvent;

/** With its sums. Without groups everybody is one. */
function counted(
  doc: Omit<SupportedStatement, 'numerator' | 'denominator' | 'bySupport' | 'byVotes'>,
): SupportedStatement {
  const support = crossGroupSupport(doc.groups.length === 0 ? [doc.current] : doc.groups);
  return {
    ...doc,
    numerator: support.numerator.toString(),
    denominator: support.denominator.toString(),
    bySupport: `${rankOf(support)} ${doc.statement}`,
    byVotes: `${String(sizeOf(doc.current)).padStart(10, '0')} ${doc.statement}`,
  };
}

type CastVoteData = Extract<BallotBoxEvent, { type: 'VoteCast' }>['data'];

const withEvent = (tally: Tally, { vote }: CastVoteData): Tally => ({ ...tally, [vote]: tally[vote] + 1 });

function withVote<Counted extends Tally>(tally: Counted, { vote, counts, replaces }: CastVoteData): Counted {
  if (!counts) return tally;
  const without = replaces === undefined ? tally : { ...tally, [replaces]: tally[replaces] - 1 };
  return { ...without, [vote]: without[vote] + 1 };
}

/** What a statement has behind it. A vote is recorded after its statement, so there is a document. */
export const statementSupport = defineProjection<SupportedStatement, VotesAndStatements>({
  name: 'statement-support',
  version: 1,
  indexes: [
    { key: { agency: 1, consultation: 1, _id: 1 } },
    { key: { agency: 1, consultation: 1, bySupport: -1 } },
    { key: { agency: 1, consultation: 1, byVotes: -1 } },
    { key: { agency: 1, consultation: 1, verdict: 1, _id: 1 } },
    { key: { agency: 1, consultation: 1, verdict: 1, bySupport: -1 } },
    { key: { agency: 1, consultation: 1, verdict: 1, byVotes: -1 } },
  ],
  documentId: ({ type, data, stream: { tenant, id } }) => {
    if (!('statement' in data)) return undefined;
    const consultation = type === 'VoteCast' ? consultationOf(id) : id;
    return `${tenant}/${consultation}/${data.statement}`;
  },
  on: {
    StatementProposed: (_doc, { data, stream: { tenant, id } }, _id) =>
      counted({
        _id,
        agency: tenant,
        consultation: id,
        statement: data.statement,
        text: data.text,
        ...(data.author === undefined ? {} : { author: data.author }),
        verdict: 'pending',
        proposedAt: data.proposedAt,
        events: noVotes,
        current: noVotes,
        groups: data.groups.map((group) => ({ group, ...noVotes })),
      }),
    StatementModerated: (doc, { data }) => doc && { ...doc, verdict: data.verdict },
    VoteCast: (doc, { data }) =>
      doc &&
      counted({
        ...doc,
        events: withEvent(doc.events, data),
        current: withVote(doc.current, data),
        groups: doc.groups.map((tally) => (tally.group === data.group ? withVote(tally, data) : tally)),
      }),
  },
});
