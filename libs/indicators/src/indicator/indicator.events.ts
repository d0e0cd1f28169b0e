import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

export const indicatorCard = z.strictObject({
  title: z.string(),
  definition: z.string(),
  kind: z.enum(['case', 'ratio', 'value']),
  unit: z.string(),
  direction: z.enum(['higher-is-better', 'lower-is-better']),
  denominatorPolicy: z.enum(['completed-and-overdue', 'completed-only', 'all-with-target']),
  periodAttribution: z.enum(['opening', 'due', 'closing']),
  reportingCycle: z.enum(['month', 'quarter', 'year']),
  timeZone: z.string(),
  durationClock: z.enum(['wall-clock', 'elapsed']),
  decimals: z.int().min(0).max(10),
  minSample: z.int().min(0),
  smallSampleRule: z.enum(['not-determinable', 'shown-with-warning']),
  disaggregations: z.array(z.string()),
  dataSource: z.string(),
  responsibleRole: z.string(),
  /** A derived card: it reads the ledger of another indicator of the agency under its own attribution and policy. */
  readsFrom: z.string().optional(),
});
export type IndicatorCard = Readonly<z.infer<typeof indicatorCard>>;

// These names and fields are what is stored: add a version, never change one.
export const indicatorEvents = defineEvents({
  IndicatorDefined: { version: 1, schema: indicatorCard },
});
export type IndicatorEvent = EventOf<typeof indicatorEvents>;
