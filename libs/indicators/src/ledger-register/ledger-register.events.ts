import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

// These names and fields are what is stored: add a version, never change one.
export const ledgerRegisterEvents = defineEvents({
  ReadingPeriodOpened: { version: 1, schema: z.strictObject({ period: z.string() }) },
});
export type LedgerRegisterEvent = EventOf<typeof ledgerRegisterEvents>;
