import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

// These names and fields are what is stored: add a version, never change one.
export const servicePromiseEvents = defineEvents({
  ServicePromised: {
    version: 1,
    schema: z.strictObject({
      agreementId: z.string(),
      /** Ids of the parties, in order. */
      providers: z.array(z.string()),
      consumers: z.array(z.string()),
    }),
  },
  ServiceReleased: { version: 1, schema: z.strictObject({ agreementId: z.string() }) },
});
export type ServicePromiseEvent = EventOf<typeof servicePromiseEvents>;
