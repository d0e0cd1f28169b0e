import { RuleViolation, isDecimalText, isOffsetDateTime } from '@app/kernel';
import { z } from 'zod';
import { Rational } from '../../goal-progress/rational.js';
import { goalDirections, publishedStatuses } from '../plan.events.js';
import { publishedPlanRules } from '../published-plan.rules.js';

const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens, at most 64');
const words = z
  .string()
  .min(1)
  .max(2000)
  .refine((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text), 'no control characters');
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a calendar day: 2018-03-31')
  .refine((text) => isOffsetDateTime(`${text}T00:00:00Z`), 'a day of the calendar');
const decimal = z.string().refine(isDecimalText, 'a plain decimal number as text');

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('max'), value: decimal }),
  z.strictObject({ kind: z.literal('min'), value: decimal }),
  z.strictObject({ kind: z.literal('target'), value: decimal }),
  z.strictObject({ kind: z.literal('range'), from: decimal, to: decimal }),
  z.strictObject({ kind: z.literal('text'), text: words }),
]);

const line = z.strictObject({
  goalId: slug,
  title: words,
  headings: z.array(words).max(10).default([]),
  indicatorId: slug.optional(),
  /** Left out while the publisher has not determined it. */
  target: target.optional(),
  unit: z.string().min(1).max(64).optional(),
  direction: z.enum(goalDirections).optional(),
  dueDate: day.optional(),
  /** Goes on with the goal of this id in the plan before. */
  carriedForward: z.boolean().default(false),
  /** Why its target is not that of the plan before, in the words of the publisher. */
  changeNote: words.optional(),
  result: z.strictObject({ reportedTo: day, actual: words.optional(), status: z.enum(publishedStatuses) }).optional(),
});
export type PublishedGoal = Readonly<z.infer<typeof line>>;

/** @throws RuleViolation when the line is no published goal */
export function publishedGoalIn(given: unknown): PublishedGoal {
  const { success, data, error } = line.safeParse(given);
  if (!success) {
    const { path, message } = error.issues[0]!;
    const pointer = path.map((part) => `/${String(part)}`).join('');
    throw new RuleViolation(publishedPlanRules.aLineIsAPublishedGoal, pointer, message);
  }
  if (data.target?.kind === 'range' && Rational.of(data.target.from).compare(data.target.to) > 0)
    throw new RuleViolation(publishedPlanRules.aPublishedRangeHasItsEndsInOrder, '/target/from', undefined);
  return data;
}
