import { Command, ensure, type Decide } from '@app/kernel';
import type { StatementEvent, Verdict } from '../statement.events.js';
import { statementRules } from '../statement.rules.js';
import type { Statements } from '../statement.state.js';

/** The id is the consultation. */
export class ModerateStatement extends Command<{
  readonly statement: string;
  readonly verdict: Verdict;
  readonly reason: string;
  /** Instant in UTC with milliseconds: from then on a rejected statement takes no votes. */
  readonly moderatedAt: string;
  /** When the service heard of it. */
  readonly receivedAt: string;
}> {}

export const moderateStatement: Decide<ModerateStatement, Statements, StatementEvent> = (
  { data: { statement, verdict, reason, moderatedAt, receivedAt } },
  statements,
) => {
  const standing = statements.get(statement);
  ensure(standing !== undefined, statementRules.aModeratedStatementIsThere);
  if (standing.verdict === verdict) return [];
  const isPast = Date.parse(moderatedAt) <= Date.parse(receivedAt);
  ensure(isPast, statementRules.aModerationIsNotInTheFuture, '/moderatedAt');
  return [{ type: 'StatementModerated', data: { statement, verdict, reason, moderatedAt } }];
};
