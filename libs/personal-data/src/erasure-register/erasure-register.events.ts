import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

// These names and fields are what is stored: add a version, never change one.
export const erasureRegisterEvents = defineEvents({
  ErasureListed: { version: 1, schema: z.strictObject({ agency: z.string(), person: z.string() }) },
  ErasureConcluded: { version: 1, schema: z.strictObject({ agency: z.string(), person: z.string() }) },
});
export type ErasureRegisterEvent = EventOf<typeof erasureRegisterEvents>;
