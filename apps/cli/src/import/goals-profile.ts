import { isOffsetDateTime, reportingCycles } from '@app/kernel';
import { z } from 'zod';
import { column, delimited, documented, slug, text, timeZone } from './profile-fields.js';

const day = z
  .string()
  .refine((date) => /^\d{4}-\d{2}-\d{2}$/.test(date) && isOffsetDateTime(`${date}T00:00:00Z`), 'a day: 2018-04-01');
const directions = ['higher-is-better', 'lower-is-better', 'within-band', 'milestone'] as const;
const statuses = ['met', 'not-met', 'future', 'not-available'] as const;

const plan = z.strictObject({
  id: slug.describe('Short name of the plan'),
  title: text,
  cycle: z.int().min(1).describe('Number of the cycle'),
  from: day.describe('First day'),
  to: day.describe('Last day'),
  predecessor: slug
    .optional()
    .describe('Plan of the cycle before: a goal that stands in both with one id is carried forward'),
  reportedTo: day.optional().describe('Last day that the results are about; left out where the file has none'),
});

/** One row is one goal of one published plan. */
export const goalsProfile = z.strictObject({
  kind: z.literal('goals'),
  ...documented,
  ...delimited,
  agencies: z
    .strictObject({ column, of: z.record(text, z.strictObject({ id: slug, name: text })), timeZone })
    .describe('Whose plans they are: registered when they do not exist. Another text of the column is rejected'),
  plans: z
    .strictObject({ column, of: z.record(text, plan) })
    .describe('The plans that each agency has in the file. Another text of the column is rejected'),
  columns: z.strictObject({
    id: column.describe('Stays the same from plan to plan'),
    title: column,
    headings: z.array(column).max(10).default([]).describe('That the goal stands under, the widest first'),
    publishedBy: column.describe('Who decided on the plan'),
    unit: column,
    from: column.describe('At least this'),
    to: column.describe('At most this; both the same: exactly this'),
    words: column.describe('Target in words'),
    seeking: column.optional().describe('Which way is better, where the bounds do not say'),
    dueYear: column,
    dueMonth: column.describe('Due on the last day of the month'),
    changeNote: column.optional().describe('What the publisher says of the change since the plan before'),
    actual: column.optional(),
    status: column.optional(),
  }),
  units: z.record(text, text).describe('Unit of each text; a goal with another text has none yet'),
  inWords: z.array(text).default([]).describe('Texts of the unit that say that the target is in words'),
  undetermined: z.array(text).default([]).describe('Words that say that there is no target yet'),
  directions: z.record(text, z.enum(directions)).default({}).describe('Direction of each text of seeking'),
  statuses: z.record(text, z.enum(statuses)).default({}).describe('What each text of the status says'),
  card: z
    .looseObject({ reportingCycle: z.enum(reportingCycles), fiscalYearStart: z.int().min(1).max(12).default(1) })
    .describe(
      'Card of the indicator of each goal that has a result in numbers, as POST /v1/agencies/{agency}/indicators takes it, without id, title, ' +
        'unit, direction and time zone. Results in numbers become its readings',
    ),
});
export type GoalsProfile = z.infer<typeof goalsProfile>;
