import { z } from 'zod';
import { votes } from './ballot-box.events.js';
import { ballotBoxRules } from './ballot-box.rules.js';
import type { GivenVote } from './cast-vote/cast-vote.js';
import { groupId, instant, participantId, readLine, statementId, voteId } from './line-fields.js';
import type { GivenParticipant } from './register-participant/register-participant.js';

const participantLine = z.strictObject({ id: participantId, group: groupId.optional() });
const voteLine = z.strictObject({
  id: voteId,
  participant: participantId,
  statement: statementId,
  vote: z.enum(votes),
  castAt: instant.optional(),
});

/** @throws RuleViolation when the line is no participant */
export const givenParticipant = (given: unknown): GivenParticipant =>
  readLine(participantLine, ballotBoxRules.aLineIsAParticipant, given);

/** @throws RuleViolation when the line is no vote */
export const givenVote = (given: unknown): GivenVote => readLine(voteLine, ballotBoxRules.aLineIsAVote, given);
