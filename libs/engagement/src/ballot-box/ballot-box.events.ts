import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

export const votes = ['agree', 'disagree', 'pass'] as const;
export type Vote = (typeof votes)[number];

const ofParticipant = {
  /** Opaque: a digest or a random pseudonym. */
  participant: z.string(),
  /** The group that the participant declared, if any. */
  group: z.string().optional(),
};

// These names and fields are what is stored: add a version, never change one.
export const ballotBoxEvents = defineEvents({
  ParticipantRegistered: { version: 1, schema: z.strictObject(ofParticipant) },
  VoteCast: {
    version: 1,
    schema: z.strictObject({
      /** Given by whoever sends the vote; unique for the participant. */
      voteId: z.string(),
      ...ofParticipant,
      statement: z.string(),
      vote: z.enum(votes),
      /** Instant in UTC with milliseconds. */
      castAt: z.string(),
      /** False when the participant has cast a later vote on the statement, which was recorded before. */
      counts: z.boolean(),
      /** The vote that counted until now. */
      replaces: z.enum(votes).optional(),
    }),
  },
});
export type BallotBoxEvent = EventOf<typeof ballotBoxEvents>;
