import { Command, ensure, type Decide } from '@app/kernel';
import type { StatementEvent } from '../statement.events.js';
import { statementRules } from '../statement.rules.js';
import type { Statements } from '../statement.state.js';
import type { ConsultationTerms } from '../consultation-terms.js';

export interface GivenStatement {
  readonly id: string;
  readonly text: string;
  readonly author?: string | undefined;
  /** Instant in UTC with milliseconds; left out: now. */
  readonly proposedAt?: string | undefined;
}

/** The id is the consultation. */
export class ProposeStatement extends Command<{
  readonly given: GivenStatement;
  /** When the service heard of it. */
  readonly receivedAt: string;
}> {}

export interface ProposalFacts {
  readonly consultation: ConsultationTerms;
  /** True too where there is no author. */
  readonly isAuthorKnown: boolean;
}

export const proposeStatement: Decide<ProposeStatement, Statements, StatementEvent, ProposalFacts> = (
  { data: { given, receivedAt } },
  statements,
  { consultation, isAuthorKnown },
) => {
  const { id: statement, text, author } = given;
  const standing = statements.get(statement);
  if (standing !== undefined) {
    ensure(standing.text === text && standing.author === author, statementRules.aStatementIsProposedOnce, '/text');
    return [];
  }
  ensure(consultation.isKnown, statementRules.aStatementIsPutToAConsultation);
  const at = Date.parse(given.proposedAt ?? receivedAt);
  ensure(at <= Date.parse(receivedAt), statementRules.aStatementIsNotProposedInTheFuture, '/proposedAt');
  const { endedAt, groups } = consultation;
  ensure(
    endedAt === undefined || at < Date.parse(endedAt),
    statementRules.aStatementIsProposedBeforeTheConsultationEnds,
    '/proposedAt',
    `It ended at ${endedAt}.`,
  );
  ensure(isAuthorKnown, statementRules.anAuthorOfAStatementIsAParticipant, '/author');
  const by = author === undefined ? {} : { author };
  const proposedAt = new Date(at).toISOString();
  return [{ type: 'StatementProposed', data: { statement, text, ...by, groups: [...groups], proposedAt } }];
};
