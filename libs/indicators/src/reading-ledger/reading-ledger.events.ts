import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

const common = {
  /** Line of the reading in its ledger, from 0: 500 lines are a page. */
  entry: z.int().min(0),
  readingId: z.string(),
  dimensions: z.record(z.string(), z.string()),
  /** Oddities that were kept: `due-before-start`, `blank-dimension:ward`. */
  flags: z.array(z.string()),
};

// These names and fields are what is stored: add a version, never change one.
export const readingLedgerEvents = defineEvents({
  CaseRecorded: {
    version: 1,
    schema: z.strictObject({
      ...common,
      startedAt: z.string(),
      stoppedAt: z.string().optional(),
      dueAt: z.string().optional(),
    }),
  },
  CaseClosed: {
    version: 1,
    schema: z.strictObject({ entry: z.int().min(0), readingId: z.string(), stoppedAt: z.string() }),
  },
});
export type ReadingLedgerEvent = EventOf<typeof readingLedgerEvents>;
