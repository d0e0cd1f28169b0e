import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

// These names and fields are what is stored: add a version, never change one.
export const readingIdsEvents = defineEvents({
  ReadingIdsClaimed: {
    version: 1,
    schema: z.strictObject({
      period: z.string(),
      ids: z.array(z.string()).min(1),
      /** When the claim was made, RFC 3339: its readings follow within a minute, or never. */
      at: z.string(),
    }),
  },
});
export type ReadingIdsEvent = EventOf<typeof readingIdsEvents>;
