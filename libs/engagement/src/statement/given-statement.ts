import { z } from 'zod';
import { instant, participantId, readLine, statementId } from '../ballot-box/line-fields.js';
import type { GivenStatement } from './propose-statement/propose-statement.js';
import { statementRules } from './statement.rules.js';

const line = z.strictObject({
  id: statementId,
  text: z
    .string()
    .min(1)
    .max(2_000)
    .refine((text) => text.trim() !== '', 'a statement says something'),
  author: participantId.optional(),
  proposedAt: instant.optional(),
});

/** @throws RuleViolation when the line is no statement */
export const givenStatement = (given: unknown): GivenStatement =>
  readLine(line, statementRules.aLineIsAStatement, given);
