import { severities } from '@app/agreements/events';
import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

const figure = {
  severity: z.enum(severities),
  value: z.string(),
  target: z.string(),
  belowMinimum: z.boolean(),
  repeatCount: z.int(),
  /** The evaluation that says so. */
  resultHash: z.string(),
};

// These names and fields are what is stored: add a version, never change one.
export const breachEvents = defineEvents({
  BreachDetected: {
    version: 1,
    schema: z.strictObject({
      agreementId: z.string(),
      agreementVersion: z.int(),
      objectiveId: z.string(),
      scope: z.string(),
      period: z.string(),
      ...figure,
    }),
  },
  BreachReassessed: { version: 1, schema: z.strictObject(figure) },
  BreachWithdrawn: { version: 1, schema: z.strictObject({ resultHash: z.string() }) },
  BreachConfirmed: { version: 1, schema: z.strictObject({ resultHash: z.string() }) },
  ConsequenceApplied: {
    version: 1,
    schema: z.strictObject({
      kind: z.literal('ServicePoints'),
      points: z.string(),
      calculation: z.strictObject({
        severity: z.enum(severities),
        severityPoints: z.string(),
        multiplier: z.string(),
        cap: z.string().optional(),
      }),
    }),
  },
});
export type BreachEvent = EventOf<typeof breachEvents>;
type DataOf<Type extends keyof typeof breachEvents> = Readonly<z.infer<(typeof breachEvents)[Type]['schema']>>;
export type Detection = DataOf<'BreachDetected'>;
export type Figure = DataOf<'BreachReassessed'>;
export type AppliedConsequence = DataOf<'ConsequenceApplied'>;
