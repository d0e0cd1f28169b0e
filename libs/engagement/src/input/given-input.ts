import { ledgerNamespace, uuidV5 } from '@app/kernel';
import { z } from 'zod';
import { instant, readLine } from '../ballot-box/line-fields.js';
import { consultationChannels } from '../consultation/consultation.events.js';
import type { SpokenInput } from './input-desk.js';
import { stances } from './input.events.js';
import { inputRules } from './input.rules.js';

export const mostText = 8_000;
export const mostContact = 500;

const name = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a name is small letters, digits and single hyphens, at most 64');
const themes = z.union([
  z.array(name).max(20),
  z
    .string()
    .max(1_500)
    .transform((text) => text.split(' ')),
]);

const line = z.strictObject({
  id: name,
  text: z.string().min(1).max(mostText),
  /** As the agency tells its respondents apart, without saying who they are. */
  person: z.string().min(1).max(200).optional(),
  group: name.optional(),
  district: name.optional(),
  themes: themes.optional(),
  stance: z.enum(stances).optional(),
  channel: z.enum(consultationChannels).default('other'),
  contact: z.string().min(1).max(mostContact).optional(),
  receivedAt: instant.optional(),
});

/** Ids of people whom the ledger does not know: nothing leads back from them. */
export const pseudonymOf = (tenant: string, consultationId: string, source: string): string =>
  `c-${uuidV5(ledgerNamespace, `respondent ${tenant}/${consultationId} ${source}`)}`;

/**
 * What a line of an upload says. In CSV, themes are one cell with spaces between them.
 * @throws RuleViolation when it is no input
 */
export function givenInput(given: unknown, tenant: string, consultationId: string, now: string): SpokenInput {
  const {
    id,
    person,
    group,
    district,
    themes: themeIds = [],
    receivedAt = now,
    stance,
    contact,
    ...said
  } = readLine(line, inputRules.aLineIsAnInput, given);
  return {
    ...said,
    consultationId,
    inputId: id,
    person: pseudonymOf(tenant, consultationId, person === undefined ? `input ${id}` : `person ${person}`),
    identification: person === undefined ? 'anonymous' : 'pseudonymous',
    receivedAt,
    themeIds,
    ...(group === undefined ? {} : { groupId: group }),
    ...(district === undefined ? {} : { districtId: district }),
    ...(stance === undefined ? {} : { stance }),
    ...(contact === undefined ? {} : { contact }),
  };
}
