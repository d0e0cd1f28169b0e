import { defineEvents, type EventOf } from '@app/kernel';
import { sealed } from '@app/personal-data/events';
import { z } from 'zod';
import { consultationChannels } from '../consultation/consultation.events.js';

/** By a token; by a pseudonym that the same person may use again; by nothing. */
export const identifications = ['identified', 'pseudonymous', 'anonymous'] as const;
export const stances = ['for', 'against', 'mixed', 'neutral'] as const;
/** Shown: the text may be read by those who answer. Withheld: it may not, and the input counts all the same. */
export const moderations = ['shown', 'withheld'] as const;

// These names and fields are what is stored: add a version, never change one.
export const inputEvents = defineEvents({
  InputReceived: {
    version: 1,
    schema: z.strictObject({
      consultationId: z.string(),
      inputId: z.string(),
      /** Opaque; holder of the key that text and contact are sealed with. */
      person: z.string(),
      identification: z.enum(identifications),
      /** RFC 3339; when it was said, which for a paper form is before it was recorded. */
      receivedAt: z.string(),
      channel: z.enum(consultationChannels),
      groupId: z.string().optional(),
      districtId: z.string().optional(),
      themeIds: z.array(z.string()),
      stance: z.enum(stances).optional(),
      text: sealed,
      contact: sealed.optional(),
      /** HMAC of the receipt; absent where none was given. */
      receiptDigest: z.string().optional(),
    }),
  },
  InputModerated: {
    version: 1,
    schema: z.strictObject({ moderation: z.enum(moderations), reason: z.string() }),
  },
  /** All themes of the input from now on. */
  InputThemed: { version: 1, schema: z.strictObject({ themeIds: z.array(z.string()) }) },
  InputWithdrawn: { version: 1, schema: z.strictObject({}) },
});
export type InputEvent = EventOf<typeof inputEvents>;

export type Identification = (typeof identifications)[number];
export type Stance = (typeof stances)[number];
export type Moderation = (typeof moderations)[number];
export type ReceivedInput = Extract<InputEvent, { type: 'InputReceived' }>['data'];
