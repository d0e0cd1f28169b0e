import { RuleViolation, type Rule } from '@app/kernel';
import { z } from 'zod';

/** Ids of other systems: letters, digits and a few signs, no spaces. */
const id = (what: string, most: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9._:~/-]{1,${most}}$`), `${what} is 1 to ${most} letters, digits or ._:~/-`);

export const participantId = id('a participant', 64);
export const voteId = id('a vote id', 128);
/** Part of addresses. */
export const statementId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a statement is named with small letters, digits and single hyphens, at most 64');
export const groupId = z.string().min(1).max(64);

/** An instant with offset, to the millisecond at most, as UTC text. */
export const instant = z.iso
  .datetime({ offset: true, message: 'a time has a day, a time and an offset: 2014-06-18T01:16:54.174Z' })
  .max(35)
  .transform((text) => new Date(text).toISOString());

/** @throws RuleViolation when the line is something else */
export function readLine<Line>(schema: z.ZodType<Line>, rule: Rule, given: unknown): Line {
  const { success, data, error } = schema.safeParse(given);
  if (success) return data;
  const { path, message } = error.issues[0]!;
  throw new RuleViolation(rule, path.map((part) => `/${String(part)}`).join(''), message);
}
