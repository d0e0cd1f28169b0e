import { isTimeZone } from '@app/kernel';
import { z } from 'zod';

/** What profiles of every kind are made of. */
export const text = z.string().min(1);
export const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens, at most 64');
export const column = text.describe('Name of a column of the file, exactly as in its header');
export const timeZone = z.string().refine(isTimeZone, 'a time zone of the IANA database, such as America/New_York');

export const documented = {
  $schema: z.string().optional(),
  name: slug.describe('Name of the profile; the file is called <name>.json'),
  title: text.describe('What the file is, for people'),
  source: text.describe('Who published it, and where'),
  licence: text.describe('Under which licence'),
};

export const delimited = {
  delimiter: z.string().min(1).max(4).default(','),
  encoding: z
    .enum(['utf-8', 'windows-1252', 'iso-8859-15', 'utf-16le', 'utf-16be'])
    .default('utf-8')
    .describe('Bytes that this encoding does not have stop the import'),
  blank: z.array(z.string()).default(['']).describe('Texts that mean "nothing here"; a blank dimension becomes empty'),
};
