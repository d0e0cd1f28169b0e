import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

// These names and fields are what is stored: add a version, never change one.
export const agencyEvents = defineEvents({
  AgencyRegistered: {
    version: 1,
    schema: z.strictObject({ name: z.string(), timeZone: z.string() }),
  },
});
export type AgencyEvent = EventOf<typeof agencyEvents>;
