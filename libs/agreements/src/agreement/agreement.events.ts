import { defineEvents, reportingCycles, type EventOf } from '@app/kernel';
import { z } from 'zod';

export const agreementKinds = ['SLA', 'OLA', 'UnderpinningContract', 'CitizenCharter'] as const;
export const partyRoles = ['provider', 'consumer', 'auditor'] as const;
export const comparators = ['at-least', 'at-most'] as const;
export const severities = ['Minor', 'Serious', 'Severe'] as const;

const decimal = z.string();

const severityBand = z.strictObject({
  severity: z.enum(severities),
  /** Inclusive; absent: no lower end. */
  from: decimal.optional(),
  /** Exclusive; absent: no upper end. */
  to: decimal.optional(),
});

const objective = z.strictObject({
  objectiveId: z.string(),
  title: z.string(),
  indicatorId: z.string(),
  comparator: z.enum(comparators),
  target: decimal,
  minimumLevel: decimal,
  tolerance: decimal,
  /** Calendar-aligned. */
  window: z.enum(reportingCycles),
  /** Month 1 to 12 in which the fiscal years of the window start; absent for every other window. */
  fiscalYearStart: z.int().min(1).max(12).optional(),
  weight: decimal,
  perScopeFloor: z.strictObject({ dimension: z.string(), floor: decimal }).optional(),
  severityBands: z.array(severityBand),
});

const consequence = z.strictObject({
  objectiveId: z.string(),
  kind: z.literal('ServicePoints'),
  points: z.array(z.strictObject({ severity: z.enum(severities), points: decimal })),
  /** Points are multiplied by this when the same objective failed in the final figures of the period before. */
  repeatMultiplier: decimal,
  /** At most so many points for one breach. */
  cap: decimal.optional(),
});

// These names and fields are what is stored: add a version, never change one.
export const agreementEvents = defineEvents({
  AgreementDrafted: {
    version: 1,
    schema: z.strictObject({
      title: z.string(),
      kind: z.enum(agreementKinds),
      serviceIds: z.array(z.string()),
      disputeWindowDays: z.int(),
      author: z.string(),
    }),
  },
  PartyAdded: {
    version: 1,
    schema: z.strictObject({
      partyId: z.string(),
      name: z.string(),
      role: z.enum(partyRoles),
      representatives: z.array(z.string()),
    }),
  },
  ObjectiveAdded: { version: 1, schema: objective },
  ObjectiveChanged: { version: 1, schema: objective },
  ObjectiveRemoved: { version: 1, schema: z.strictObject({ objectiveId: z.string() }) },
  ConsequenceDefined: { version: 1, schema: consequence },
  ReviewScheduleSet: {
    version: 1,
    schema: z.strictObject({ everyMonths: z.int(), firstReviewOn: z.string() }),
  },
  DraftSubmittedForSignature: {
    version: 1,
    schema: z.strictObject({ version: z.int(), contentHash: z.string() }),
  },
  SignaturesVoided: {
    version: 1,
    schema: z.strictObject({ contentHash: z.string(), parties: z.array(z.string()) }),
  },
  AgreementSigned: {
    version: 1,
    schema: z.strictObject({ partyId: z.string(), signatory: z.string(), contentHash: z.string() }),
  },
  AgreementActivated: {
    version: 1,
    schema: z.strictObject({ version: z.int(), effectiveFrom: z.string(), contentHash: z.string() }),
  },
});
export type AgreementEvent = EventOf<typeof agreementEvents>;

export type AgreementKind = (typeof agreementKinds)[number];
export type PartyRole = (typeof partyRoles)[number];
export type Comparator = (typeof comparators)[number];
export type Severity = (typeof severities)[number];
export type SeverityBand = Readonly<z.infer<typeof severityBand>>;
export type Objective = Readonly<z.infer<typeof objective>>;
export type Consequence = Readonly<z.infer<typeof consequence>>;
