import { Command, ensure, type Decide } from '@app/kernel';
import { isOpenAt, type ConsultationTerms } from '../../statement/consultation-terms.js';
import type { StatementStanding } from '../../statement/statement.state.js';
import type { BallotBoxEvent, Vote } from '../ballot-box.events.js';
import { ballotBoxRules } from '../ballot-box.rules.js';
import { countedIn, participantIn, voteIn, type BallotBox } from '../ballot-box.state.js';

export interface GivenVote {
  /** Of the vote: unique for the participant. */
  readonly id: string;
  readonly participant: string;
  readonly statement: string;
  readonly vote: Vote;
  /** Instant in UTC with milliseconds; left out: now. */
  readonly castAt?: string | undefined;
}

export interface VoteFacts {
  readonly consultation: ConsultationTerms;
  /** Undefined where the consultation has no such statement. */
  readonly statement: StatementStanding | undefined;
}

/** The id is the box. */
export class CastVote extends Command<{
  readonly given: GivenVote;
  /** When the service heard of it. */
  readonly receivedAt: string;
  readonly facts: VoteFacts;
}> {}

/** The vote that was cast last counts, of two of the same moment the one that was recorded last. */
export const castVote: Decide<CastVote, BallotBox, BallotBoxEvent> = ({ data: { given, receivedAt, facts } }, box) => {
  const { id: voteId, participant, statement, vote } = given;
  const cast = voteIn(box, participant, voteId);
  if (cast !== undefined) {
    const isSameTime = given.castAt === undefined || Date.parse(given.castAt) === cast.castAt;
    const isSame = isSameTime && cast.statement === statement && cast.vote === vote;
    ensure(isSame, ballotBoxRules.aVoteStandsAsItWasCast, '/id');
    return [];
  }
  const voter = participantIn(box, participant);
  ensure(voter !== undefined, ballotBoxRules.aVoterIsAParticipant, '/participant');
  const at = Date.parse(given.castAt ?? receivedAt);
  const castAt = given.castAt ?? new Date(at).toISOString();
  ensureVotable(castAt, receivedAt, facts);
  const before = countedIn(box, participant, statement);
  const counts = before === undefined || before.castAt <= at;
  const data = {
    voteId,
    participant,
    ...(voter.group === undefined ? {} : { group: voter.group }),
    statement,
    vote,
    castAt,
    counts,
    ...(counts && before !== undefined ? { replaces: before.vote } : {}),
  };
  return [{ type: 'VoteCast', data }];
};

function ensureVotable(castAt: string, receivedAt: string, { consultation, statement }: VoteFacts): void {
  ensure(statement !== undefined, ballotBoxRules.aVoteIsOnAStatementOfTheConsultation, '/statement');
  const { verdict, moderatedAt } = statement;
  const at = Date.parse(castAt);
  ensure(
    verdict !== 'rejected' || moderatedAt === undefined || at < Date.parse(moderatedAt),
    ballotBoxRules.aVoteIsOnAStatementThatStands,
    '/statement',
    `It was rejected at ${moderatedAt}.`,
  );
  ensure(at <= Date.parse(receivedAt), ballotBoxRules.aVoteIsNotCastInTheFuture, '/castAt');
  ensure(isOpenAt(consultation, castAt), ballotBoxRules.aVoteIsCastWhileTheConsultationIsOpen, '/castAt');
}
