import { comparators, severities } from '@app/agreements/events';
import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

const verdicts = ['Met', 'NotMet', 'NotDeterminable'] as const;
const reasons = ['no-data', 'sample-too-small', 'no-value'] as const;

const indicatorPin = z.strictObject({
  indicatorId: z.string(),
  title: z.string(),
  version: z.int(),
  revision: z.string(),
});
/** One reading ledger as it stood: its events up to and with this revision count. */
const ledgerPin = z.strictObject({ indicatorId: z.string(), ledger: z.string(), revision: z.string() });
const previousPin = z.strictObject({ period: z.string(), resultHash: z.string() });

const result = z.strictObject({
  objectiveId: z.string(),
  title: z.string(),
  indicatorId: z.string(),
  /** `all`, or `dimension=value` for a floor per scope. */
  scope: z.string(),
  comparator: z.enum(comparators),
  /** The target of the objective, or the floor of the scope. */
  target: z.string(),
  n: z.int(),
  value: z.string().optional(),
  verdict: z.enum(verdicts),
  reason: z.enum(reasons).optional(),
  smallSample: z.boolean(),
  severity: z.enum(severities).optional(),
  belowMinimum: z.boolean(),
  /** How many final periods before this one missed the same objective and scope without a break. */
  repeatCount: z.int(),
});

// These names and fields are what is stored: add a version, never change one.
export const compliancePeriodEvents = defineEvents({
  CompliancePeriodOpened: {
    version: 1,
    schema: z.strictObject({
      agreementId: z.string(),
      agreementTitle: z.string(),
      agreementVersion: z.int(),
      agreementRevision: z.string(),
      contentHash: z.string(),
      disputeWindowDays: z.int(),
      period: z.string(),
      timeZone: z.string(),
      from: z.string(),
      to: z.string(),
    }),
  },
  CompliancePeriodCutOff: {
    version: 1,
    schema: z.strictObject({ at: z.string(), indicators: z.array(indicatorPin), readings: z.array(ledgerPin) }),
  },
  ComplianceEvaluated: {
    version: 1,
    schema: z.strictObject({
      evaluatedAt: z.string(),
      pins: z.strictObject({
        agreementVersion: z.int(),
        agreementRevision: z.string(),
        contentHash: z.string(),
        cutOffAt: z.string(),
        indicators: z.array(indicatorPin),
        readings: z.array(ledgerPin),
        previous: previousPin.optional(),
        engineVersion: z.string(),
      }),
      results: z.array(result),
      /** Weighted attainment in percent; absent while an objective is not determinable. */
      score: z.string().optional(),
      inputHash: z.string(),
      resultHash: z.string(),
    }),
  },
  ComplianceFinalised: {
    version: 1,
    schema: z.strictObject({ finalisedAt: z.string(), resultHash: z.string() }),
  },
});
export type CompliancePeriodEvent = EventOf<typeof compliancePeriodEvents>;

type DataOf<Type extends keyof typeof compliancePeriodEvents> = Readonly<
  z.infer<(typeof compliancePeriodEvents)[Type]['schema']>
>;
export type Opening = DataOf<'CompliancePeriodOpened'>;
export type CutOff = DataOf<'CompliancePeriodCutOff'>;
export type Evaluation = DataOf<'ComplianceEvaluated'>;
export type Pins = Evaluation['pins'];
export type Result = Readonly<z.infer<typeof result>>;
export type Reason = (typeof reasons)[number];
export type IndicatorPin = Readonly<z.infer<typeof indicatorPin>>;
export type LedgerPin = Readonly<z.infer<typeof ledgerPin>>;
export type PreviousPin = Readonly<z.infer<typeof previousPin>>;
