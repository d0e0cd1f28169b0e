import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

export const verdicts = ['pending', 'accepted', 'rejected'] as const;
export type Verdict = (typeof verdicts)[number];

// These names and fields are what is stored: add a version, never change one.
// Moments are instants in UTC with milliseconds, as everything that votes are held against.
export const statementEvents = defineEvents({
  StatementProposed: {
    version: 1,
    schema: z.strictObject({
      statement: z.string(),
      /** A published wording: what a person writes is an input, which is sealed. */
      text: z.string(),
      /** Opaque id of a participant; absent when the team proposed it. */
      author: z.string().optional(),
      /** Groups that the consultation asks: support is counted over all of them, also over those without a vote. */
      groups: z.array(z.string()),
      proposedAt: z.string(),
    }),
  },
  StatementModerated: {
    version: 1,
    schema: z.strictObject({
      statement: z.string(),
      verdict: z.enum(verdicts),
      reason: z.string(),
      moderatedAt: z.string(),
    }),
  },
});
export type StatementEvent = EventOf<typeof statementEvents>;
