import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

// These names and fields are what is stored: add a version, never change one.
export const grantEvents = defineEvents({
  RoleGranted: {
    version: 1,
    schema: z.strictObject({ role: z.string(), basis: z.string(), by: z.string() }),
  },
  RoleRevoked: {
    version: 1,
    schema: z.strictObject({ role: z.string(), basis: z.string(), by: z.string() }),
  },
});
export type GrantEvent = EventOf<typeof grantEvents>;
