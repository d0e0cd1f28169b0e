import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

/** What a process may ask of people. */
export const actionKinds = [
  'link-accepted-input',
  'report-progress',
  'see-to-missing-progress',
  'open-plan-cycle',
  'take-up-carried-goal',
  'state-problem',
] as const;
export const publicNotices = ['no-data'] as const;
export const subjectKinds = ['plan', 'goal', 'initiative', 'input', 'theme', 'breach'] as const;

/** What it is about: a record of the ledger, or a part of one. */
const subject = z.strictObject({
  kind: z.enum(subjectKinds),
  /** Name of the stream of the record. */
  stream: z.string(),
  /** Of the part; absent for the record itself. */
  id: z.string().optional(),
});
/** What woke the process: event and correlation, for what follows later. */
const cause = z.strictObject({ eventId: z.string(), correlationId: z.string() });

// These names and fields are what is stored: add a version, never change one.
export const processEvents = defineEvents({
  /** A timer of the same name is replaced. */
  TimerSet: {
    version: 1,
    schema: z.strictObject({
      timer: z.string(),
      /** RFC 3339. */
      dueAt: z.string(),
      cause: cause.optional(),
    }),
  },
  TimerElapsed: { version: 1, schema: z.strictObject({ timer: z.string() }) },
  TimerCancelled: { version: 1, schema: z.strictObject({ timer: z.string() }) },
  ActionRequested: {
    version: 1,
    schema: z.strictObject({
      /** Unique in the process instance. */
      action: z.string(),
      kind: z.enum(actionKinds),
      /** Whoever holds this role of the agency may do it. */
      role: z.string(),
      /** Digest of the one person who should. */
      person: z.string().optional(),
      subject,
      /** Calendar day of the agency; until the end of it there is time. */
      dueOn: z.string().optional(),
      reason: z.string(),
    }),
  },
  ActionSettled: {
    version: 1,
    schema: z.strictObject({ action: z.string(), outcome: z.enum(['done', 'withdrawn', 'superseded']) }),
  },
  CommandIssued: {
    version: 1,
    schema: z.strictObject({
      /** Unique in the process instance: the id of the command is derived from it. */
      name: z.string(),
      command: z.string(),
      /** Id of the aggregate that it is meant for. */
      target: z.string(),
      data: z.record(z.string(), z.json()),
      cause: cause.optional(),
    }),
  },
  CommandAccepted: {
    version: 1,
    schema: z.strictObject({
      name: z.string(),
      /** Of the target's stream after the command. */
      revision: z.string(),
      eventIds: z.array(z.string()),
    }),
  },
  CommandRefused: {
    version: 1,
    schema: z.strictObject({ name: z.string(), rule: z.string(), sentence: z.string() }),
  },
  PublicNoticeGiven: {
    version: 1,
    schema: z.strictObject({
      notice: z.string(),
      kind: z.enum(publicNotices),
      subject,
      /** First calendar day that it is true of. */
      since: z.string(),
      reason: z.string(),
    }),
  },
  PublicNoticeWithdrawn: { version: 1, schema: z.strictObject({ notice: z.string(), reason: z.string() }) },
  /** Something heard that a later step needs; the last one of a name stands. */
  Remembered: { version: 1, schema: z.strictObject({ name: z.string(), value: z.string() }) },
  Forgotten: { version: 1, schema: z.strictObject({ name: z.string() }) },
});
export type ProcessEvent = EventOf<typeof processEvents>;
type DataOf<Type extends keyof typeof processEvents> = Readonly<z.infer<(typeof processEvents)[Type]['schema']>>;

export type Subject = Readonly<z.infer<typeof subject>>;
export type Cause = Readonly<z.infer<typeof cause>>;
export type ActionKind = (typeof actionKinds)[number];
export type RequestedAction = DataOf<'ActionRequested'>;
export type IssuedCommand = DataOf<'CommandIssued'>;
export type PublicNotice = DataOf<'PublicNoticeGiven'>;
