import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

export const legalGrounds = [
  'consent-withdrawn',
  'objection-upheld',
  'purpose-ended',
  'unlawfully-held',
  'legal-duty',
  'retention-ended',
] as const;
export type LegalGround = (typeof legalGrounds)[number];

// These names and fields are what is stored: add a version, never change one.
export const dataSubjectEvents = defineEvents({
  ErasureRequested: {
    version: 1,
    schema: z.strictObject({ legalGround: z.enum(legalGrounds), reason: z.string(), by: z.string() }),
  },
  ErasureDeclined: {
    version: 1,
    schema: z.strictObject({ reason: z.string(), by: z.string() }),
  },
  ErasureApproved: {
    version: 1,
    schema: z.strictObject({ authority: z.string(), by: z.string() }),
  },
  LegalHoldPlaced: {
    version: 1,
    schema: z.strictObject({ holdId: z.string(), reason: z.string(), by: z.string() }),
  },
  LegalHoldLifted: {
    version: 1,
    schema: z.strictObject({ holdId: z.string(), reason: z.string(), by: z.string() }),
  },
  KeyShredded: {
    version: 1,
    /** Copies of the key store that were made before end with this epoch. */
    schema: z.strictObject({ epoch: z.int() }),
  },
  ErasureVerified: {
    version: 1,
    /** What the key store answered when it was asked for the key again. */
    schema: z.strictObject({ answer: z.literal('shredded') }),
  },
});
export type DataSubjectEvent = EventOf<typeof dataSubjectEvents>;
