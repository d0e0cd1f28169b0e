import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

const common = {
  dimensions: z.record(z.string(), z.string()),
  /** Oddities that were kept: `due-before-start`, `blank-dimension:ward`, `no-volume`, `target-zero`, `numerator-above-denominator`. */
  flags: z.array(z.string()),
};
/** Times are RFC 3339 with the offset of the zone of the indicator. */
const caseContent = {
  startedAt: z.string(),
  stoppedAt: z.string().optional(),
  dueAt: z.string().optional(),
  ...common,
};
/** Exact decimals as text; numerator and denominator are both there or both missing: no volume. */
const ratioContent = {
  numerator: z.string().optional(),
  denominator: z.string().optional(),
  /** Percent that is promised. */
  target: z.string().optional(),
  ...common,
};
const valueContent = { value: z.string().optional(), target: z.string().optional(), ...common };

/** What a reading says. */
export const readingContent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('case'), ...caseContent }),
  z.strictObject({ kind: z.literal('ratio'), ...ratioContent }),
  z.strictObject({ kind: z.literal('value'), ...valueContent }),
]);
export type ReadingContent = Readonly<z.infer<typeof readingContent>>;

export const reasonCodes = ['data-entry-error', 'late-evidence', 'source-restated', 'duplicate', 'other'] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** ND: there should be a figure and there is none. NA: there is nothing to measure. */
export const volumes = ['ND', 'NA'] as const;
export type Volume = (typeof volumes)[number];

const person = z.string();
const ofReading = {
  /** Line of the reading in its ledger, from 0: 500 lines are a page. */
  entry: z.int().min(0),
  readingId: z.string(),
};

// These names and fields are what is stored: add a version, never change one.
// `by` is the person of the metadata: who may verify or correct is decided from it.
export const readingLedgerEvents = defineEvents({
  CaseRecorded: { version: 1, schema: z.strictObject({ ...ofReading, ...caseContent, by: person }) },
  CaseClosed: { version: 1, schema: z.strictObject({ ...ofReading, stoppedAt: z.string(), by: person }) },
  RatioRecorded: {
    version: 1,
    schema: z.strictObject({ ...ofReading, period: z.string(), ...ratioContent, by: person }),
  },
  ValueRecorded: {
    version: 1,
    schema: z.strictObject({ ...ofReading, period: z.string(), ...valueContent, by: person }),
  },
  ReadingVerified: { version: 1, schema: z.strictObject({ ...ofReading, by: person }) },
  ReadingCorrected: {
    version: 1,
    schema: z.strictObject({
      ...ofReading,
      was: readingContent,
      now: readingContent,
      reasonCode: z.enum(reasonCodes),
      reason: z.string(),
      by: person,
    }),
  },
  ReadingVoided: { version: 1, schema: z.strictObject({ ...ofReading, reason: z.string(), by: person }) },
  NoDataDeclared: {
    version: 1,
    schema: z.strictObject({
      /** Left out dimensions stand for all their values. */
      dimensions: common.dimensions,
      volume: z.enum(volumes),
      reason: z.string(),
      by: person,
    }),
  },
  ReadingPeriodCutOff: { version: 1, schema: z.strictObject({ at: z.string(), by: person }) },
});
export type ReadingLedgerEvent = EventOf<typeof readingLedgerEvents>;
