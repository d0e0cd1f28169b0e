import { z } from 'zod';
import { column, delimited, documented, slug, text, timeZone } from './profile-fields.js';

const file = text.describe('Name of a file in the folder of the conversation');
const texts = z.array(z.string()).min(1);

/** A folder of files: what was said, who took part, how they voted. */
export const conversationProfile = z.strictObject({
  kind: z.literal('conversation'),
  ...documented,
  agency: slug.describe('Agency that the consultation belongs to'),
  consultation: slug.optional().describe('Name of the consultation; left out: made of the name of the folder'),
  subject: z
    .strictObject({ kind: z.enum(['plan', 'agreement', 'amendment']), id: slug })
    .describe('What it was about; it need not be in the ledger'),
  level: z.enum(['inform', 'consult', 'involve', 'collaborate', 'empower']).default('consult'),
  question: text.describe('What people were asked, where the file about the conversation does not say it'),
  ...delimited,
  time: z
    .enum(['epoch-milliseconds', 'epoch-seconds'])
    .default('epoch-milliseconds')
    .describe('How the files write moments'),
  about: z
    .strictObject({
      file,
      title: text.optional(),
      question: text.optional(),
      address: text.optional(),
    })
    .optional()
    .describe('A file of names and values, and the names that title, question and address have in it'),
  statements: z.strictObject({
    file,
    columns: z.strictObject({
      id: column,
      text: column,
      author: column.optional(),
      time: column,
      verdict: column.optional(),
    }),
    verdicts: z
      .strictObject({ accepted: texts.optional(), rejected: texts.optional(), pending: texts.optional() })
      .default({})
      .describe('How the file writes what became of a statement'),
  }),
  participants: z.strictObject({
    file,
    columns: z.strictObject({ id: column, group: column.optional().describe('Blank in the file: no group') }),
  }),
  votes: z.strictObject({
    file,
    columns: z.strictObject({ participant: column, statement: column, vote: column, time: column }),
    votes: z.strictObject({ agree: texts, disagree: texts, pass: texts }).describe('How the file writes a vote'),
  }),
  setup: z
    .strictObject({
      agency: z.strictObject({ name: text, timeZone }).optional().describe('Registered when the agency does not exist'),
    })
    .prefault({})
    .describe('What the importer registers first'),
});
export type ConversationProfile = z.infer<typeof conversationProfile>;
