import { RuleViolation, isOffsetDateTime, onWallClock, periodOf } from '@app/kernel';
import { z } from 'zod';
import type { IndicatorCard } from '../indicator/indicator.events.js';
import { readingLedgerRules } from './reading-ledger.rules.js';
import type { GivenReading } from './record-reading/record-reading.js';

const time = z.string().refine(isOffsetDateTime, 'a time has a day, a time and an offset: 2011-07-01T01:32:33-04:00');
const number = z.string().max(62);
const common = {
  id: z.string().min(1).max(200),
  unit: z.string().max(64).optional(),
  dimensions: z.record(z.string().max(64), z.string().max(500)).default({}),
};
const figure = { ...common, period: z.string().max(9), target: number.optional() };

const line = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('case'),
    ...common,
    startedAt: time,
    stoppedAt: time.optional(),
    dueAt: time.optional(),
  }),
  z.strictObject({
    kind: z.literal('ratio'),
    ...figure,
    numerator: number.optional(),
    denominator: number.optional(),
  }),
  z.strictObject({ kind: z.literal('value'), ...figure, value: number.optional() }),
]);

const prefix = 'dimensions.';

/** A row of a CSV file has its dimensions in columns of their own: `dimensions.ward`. */
function unflattened(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || 'dimensions' in given) return given;
  const fields = Object.entries(given);
  if (!fields.some(([name]) => name.startsWith(prefix))) return given;
  const own = fields.filter(([name]) => !name.startsWith(prefix));
  const dimensions = fields
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]): [string, unknown] => [name.slice(prefix.length), value]);
  return { ...Object.fromEntries(own), dimensions: Object.fromEntries(dimensions) };
}

type Calendar = Pick<IndicatorCard, 'timeZone' | 'reportingCycle' | 'fiscalYearStart'>;

/**
 * What a line says, its times on the wall clock of the indicator; a case belongs to the period that it starts in.
 * @throws RuleViolation when it is no reading
 */
export function givenReading(given: unknown, { timeZone, reportingCycle, fiscalYearStart }: Calendar): GivenReading {
  const { success, data, error } = line.safeParse(unflattened(given));
  if (!success) {
    const { path, message } = error.issues[0]!;
    const pointer = path.map((part) => `/${String(part)}`).join('');
    throw new RuleViolation(readingLedgerRules.aLineIsAReading, pointer, message);
  }
  if (data.kind !== 'case') {
    const { id, unit, period, ...content } = data;
    return { id, unit, period, content };
  }
  const { id, unit, ...content } = data;
  const local = (text: string): string => onWallClock(text, timeZone);
  const startedAt = local(content.startedAt);
  const { stoppedAt, dueAt } = content;
  return {
    id,
    unit,
    period: periodOf(startedAt, reportingCycle, fiscalYearStart),
    content: {
      ...content,
      startedAt,
      ...(stoppedAt === undefined ? {} : { stoppedAt: local(stoppedAt) }),
      ...(dueAt === undefined ? {} : { dueAt: local(dueAt) }),
    },
  };
}
