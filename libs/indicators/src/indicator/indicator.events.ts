import { defineEvents, reportingCycles, type EventOf } from '@app/kernel';
import { z } from 'zod';

export const indicatorCard = z.strictObject({
  title: z.string(),
  definition: z.string(),
  kind: z.enum(['case', 'ratio', 'value']),
  qualityDimension: z.enum(['Access', 'Accuracy', 'Timeliness', 'Quantity', 'Cost', 'Experience', 'Outcome']),
  unit: z.string(),
  direction: z.enum(['higher-is-better', 'lower-is-better']),
  /** How the readings of a period become one figure. */
  aggregation: z.enum(['percent-within-target', 'ratio-of-sums', 'mean', 'median', 'sum', 'count']),
  denominatorPolicy: z.enum(['completed-and-overdue', 'completed-only', 'all-with-target']),
  /** Unbounded: a numerator may be above its denominator, and is flagged. */
  ratioBound: z.enum(['at-most-one', 'unbounded']),
  /** Cumulative: the readings of a fiscal year add up from its start. */
  calculationType: z.enum(['cumulative', 'non-cumulative']),
  periodAttribution: z.enum(['opening', 'due', 'closing']),
  reportingCycle: z.enum(reportingCycles),
  /** Month 1 to 12 that the fiscal year begins with. */
  fiscalYearStart: z.int().min(1).max(12),
  timeZone: z.string(),
  durationClock: z.enum(['wall-clock', 'elapsed']),
  decimals: z.int().min(0).max(10),
  /** Of what is displayed; figures are compared unrounded. */
  rounding: z.enum(['half-up']),
  minSample: z.int().min(0),
  smallSampleRule: z.enum(['not-determinable', 'shown-with-warning']),
  disaggregations: z.array(z.string()),
  /** The disaggregation whose values are districts of the agency. */
  districtDimension: z.string().optional(),
  dataSource: z.string(),
  /** What shows that a reading is true: the record that a verifier looks at. */
  meansOfVerification: z.string(),
  responsibleRole: z.string(),
  /** A derived card: it reads the ledger of another indicator of the agency under its own attribution and policy. */
  readsFrom: z.string().optional(),
});
export type IndicatorCard = Readonly<z.infer<typeof indicatorCard>>;

// These names and fields are what is stored: add a version, never change one.
export const indicatorEvents = defineEvents({
  IndicatorDefined: { version: 1, schema: indicatorCard },
  IndicatorRevised: {
    version: 1,
    schema: z.strictObject({
      /** The definition is version 1. */
      version: z.int().min(2),
      card: indicatorCard,
      /** Fields of the card that differ from the version before. */
      changed: z.array(z.string()),
      reason: z.string(),
      /** Key of the first period that the card holds for. */
      effectiveFromPeriod: z.string(),
      /** Figures from then on do not compare with those before: baselines are established anew. */
      breaksSeries: z.boolean(),
    }),
  },
  IndicatorOwnerAssigned: {
    version: 1,
    /** `from` is a local date. */
    schema: z.strictObject({ person: z.string(), from: z.string() }),
  },
  IndicatorRetired: { version: 1, schema: z.strictObject({ reason: z.string() }) },
});
export type IndicatorEvent = EventOf<typeof indicatorEvents>;
