import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

export const confidences = ['high', 'medium', 'low'] as const;
export const blockerSeverities = ['low', 'medium', 'high'] as const;

const decimal = z.string();
/** Digest of (issuer, subject). */
const person = z.string();
/** Calendar day of the agency. */
const day = z.string();
const by = person;

const evidence = z.strictObject({
  title: z.string(),
  /** Lower-case hex of SHA-256. */
  sha256: z.string(),
});

// These names and fields are what is stored: add a version, never change one.
// `by` and `reporter` are the person of the metadata: who may report is decided from it.
export const initiativeEvents = defineEvents({
  InitiativeStarted: {
    version: 1,
    schema: z.strictObject({
      planId: z.string(),
      /** Names the initiative, too: a solution is carried out once. */
      solutionId: z.string(),
      title: z.string(),
      owner: person,
      /** `unit` is an ISO 4217 currency. */
      budget: z.strictObject({ amount: decimal, unit: z.string() }),
      startedOn: day,
      dueOn: day,
      /** Last day of the plan: no milestone is due later. */
      planEndsOn: day,
      by,
    }),
  },
  MilestonePlanned: {
    version: 1,
    schema: z.strictObject({ milestoneId: z.string(), title: z.string(), dueOn: day, by }),
  },
  MilestoneRescheduled: {
    version: 1,
    schema: z.strictObject({ milestoneId: z.string(), was: day, dueOn: day, reason: z.string(), by }),
  },
  MilestoneReached: {
    version: 1,
    schema: z.strictObject({ milestoneId: z.string(), on: day, evidence: z.array(evidence), by }),
  },
  MilestoneMissed: {
    version: 1,
    schema: z.strictObject({ milestoneId: z.string(), reason: z.string(), by }),
  },
  ProgressReported: {
    version: 1,
    schema: z.strictObject({
      on: day,
      percent: z.int().min(0).max(100),
      /** Since the start, in the currency of the budget. */
      spend: decimal,
      /** That the initiative will be complete on its due date. */
      confidence: z.enum(confidences),
      /** That stood open on the day. */
      blockers: z.array(z.string()),
      narrative: z.string(),
      reporter: person,
    }),
  },
  BlockerRaised: {
    version: 1,
    schema: z.strictObject({
      blockerId: z.string(),
      description: z.string(),
      severity: z.enum(blockerSeverities),
      on: day,
      by,
    }),
  },
  BlockerCleared: {
    version: 1,
    schema: z.strictObject({ blockerId: z.string(), how: z.string(), on: day, by }),
  },
  InitiativeOwnerChanged: {
    version: 1,
    schema: z.strictObject({ was: person, owner: person, reason: z.string(), by }),
  },
  InitiativeCompleted: { version: 1, schema: z.strictObject({ on: day, by }) },
  InitiativeCancelled: { version: 1, schema: z.strictObject({ on: day, reason: z.string(), by }) },
});
export type InitiativeEvent = EventOf<typeof initiativeEvents>;

export type Confidence = (typeof confidences)[number];
export type BlockerSeverity = (typeof blockerSeverities)[number];
export type MilestoneEvidence = Readonly<z.infer<typeof evidence>>;
