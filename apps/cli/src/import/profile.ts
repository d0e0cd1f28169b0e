import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isTimeZone, reportingCycles } from '@app/kernel';
import { z } from 'zod';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import { conversationProfile } from './conversation-profile.js';
import { goalsProfile } from './goals-profile.js';
import { column, delimited, documented, slug, text, timeZone } from './profile-fields.js';
import { timeFormat } from './time-format.js';

const idColumns = z
  .union([column, z.array(column).min(1)])
  .describe("Column that identifies a row; several columns are joined with '/'");
const format = z
  .string()
  .refine((pattern) => {
    try {
      timeFormat(pattern);
      return true;
    } catch {
      return false;
    }
  }, 'a time format has yyyy, MM and dd, and perhaps HH, mm, ss, SSS, hh, a, XXX; other letters stand in single quotes')
  .describe("For example yyyy-MM-dd HH:mm:ss, MM/dd/yyyy hh:mm:ss a, yyyy-MM-dd'T'HH:mm:ssXXX");

const record = z.record(z.string(), z.unknown());
const district = z.strictObject({ id: slug, name: text, alsoKnownAs: z.array(text).optional() });
const setup = z
  .strictObject({
    agency: z
      .strictObject({ name: text, timeZone: z.string().refine(isTimeZone, 'a time zone of the IANA database') })
      .optional()
      .describe('Registered when the agency does not exist'),
    districts: z
      .array(district)
      .default([])
      .describe(
        'Districts of the agency, which the district dimension of a card may name; added when they do not exist',
      ),
    indicators: z
      .array(record)
      .default([])
      .describe('Indicator cards, as POST /v1/agencies/{agency}/indicators takes them; defined when they do not exist'),
  })
  .prefault({})
  .describe('What the importer registers before the first reading');

const shared = {
  ...documented,
  agency: slug.describe('Agency that the readings belong to'),
  indicator: slug.describe('Indicator that the readings belong to'),
  objective: z
    .strictObject({ agreement: text, objective: text })
    .optional()
    .describe('The objective that the readings are for; it must be in the agreement and measure the indicator'),
  ...delimited,
  only: z
    .record(column, z.array(z.string()).min(1))
    .default({})
    .describe('Column and the texts that it may have: rows with another text are left out, and counted'),
  dimensions: z
    .record(
      z.string().regex(/^[a-z][A-Za-z0-9-]*$/, 'a dimension begins with a small letter, then letters, digits, hyphens'),
      column,
    )
    .default({})
    .describe('Dimension of the indicator and the column that it comes from'),
  setup,
};
const target = column.optional().describe('What is promised for the row; blank in the file: no target');
const periodic = {
  period: z
    .strictObject({
      cycle: z.enum(reportingCycles),
      format: format.optional(),
      fiscalYearStart: z.int().min(1).max(12).default(1).describe('Month that the fiscal year begins with'),
    })
    .describe(
      'With a format the column is a date that falls in the period, else it is a period: 2011-07, 2011-Q3, 2011, FY2018-19',
    ),
  decimalMark: z.enum(['.', ',']).default('.'),
};

export const profileSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('case'),
    ...shared,
    columns: z.strictObject({
      id: idColumns,
      start: column,
      stop: column.optional().describe('Blank in the file: still open'),
      deadline: column.optional().describe('Blank in the file: no deadline'),
    }),
    timeZone,
    timeFormat: format,
  }),
  z.strictObject({
    kind: z.literal('ratio'),
    ...shared,
    ...periodic,
    columns: z.strictObject({
      id: idColumns,
      period: column,
      numerator: column.describe('Blank in the file: no volume'),
      denominator: column.describe('Blank in the file: no volume'),
      target,
    }),
    targetUnit: z
      .enum(['percent', 'share'])
      .default('percent')
      .describe('How the file writes targets: 95 or 0.95; the ledger has percents'),
  }),
  z.strictObject({
    kind: z.literal('value'),
    ...shared,
    ...periodic,
    columns: z.strictObject({
      id: idColumns,
      period: column,
      value: column.describe('Blank in the file: no value'),
      target,
    }),
  }),
  goalsProfile,
  conversationProfile,
]);
export type Profile = z.infer<typeof profileSchema>;
/** A row is a reading. */
export type ReadingsProfile = Exclude<Profile, { readonly kind: 'goals' | 'conversation' }>;

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('') || '/';

/** Every mistake, each with the pointer of the field. */
function mistakesOf(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${pointerOf([...issue.path, key])}: no such field in a profile`)
      : [`${pointerOf(issue.path)}: ${issue.message}`],
  );
}

export function parseProfile(json: unknown, where: string): Profile {
  const parsed = profileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const mistakes = mistakesOf(parsed.error).map((mistake) => `\n  ${mistake}`);
  throw new CommandFailure(`${where} is not a valid profile:${mistakes.join('')}`, exitCodes.usage);
}

/** A name of the folder `profiles`, or the path of a file. */
export function loadProfile(nameOrPath: string, folder: string): Profile {
  const isPath = /[\\/]|\.json$/.test(nameOrPath);
  const file = isPath ? nameOrPath : join(folder, `${nameOrPath}.json`);
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (cause) {
    const known = isPath ? '' : ` Shipped profiles: ${namesIn(folder).join(', ')}.`;
    throw new CommandFailure(`There is no profile ${nameOrPath} (${file}).${known}`, exitCodes.usage, { cause });
  }
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (cause) {
    throw new CommandFailure(`${file} is not JSON: ${(cause as Error).message}`, exitCodes.usage, { cause });
  }
  return parseProfile(json, file);
}

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'))
      .map((name) => basename(name, '.json'));
  } catch {
    return [];
  }
};
