import { isDeepStrictEqual } from 'node:util';
import type { EventDefinitions } from '@app/kernel';
import { z } from 'zod';

export interface Sample {
  /** `agency-registered.v1.json`. */
  readonly file: string;
  readonly text: string;
}

const shape = z.strictObject({
  type: z.string(),
  schemaVersion: z.int(),
  data: z.record(z.string(), z.unknown()),
});

const kebab = (name: string): string => name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

/** What is wrong with the frozen samples of one context: today's code reads each of them, and none is missing. */
export function problemsOf(definitions: EventDefinitions, samples: readonly Sample[]): readonly string[] {
  const given = new Set(samples.map(({ file }) => file));
  const wanted = Object.entries(definitions).flatMap(([type, { version }]) =>
    Array.from({ length: version }, (_, index) => `${kebab(type)}.v${index + 1}.json`),
  );
  return [
    ...wanted.filter((file) => !given.has(file)).map((file) => `${file} is missing`),
    ...samples.flatMap((sample) => {
      const problem = problemOf(definitions, sample);
      return problem === undefined ? [] : [`${sample.file} ${problem}`];
    }),
  ];
}

function problemOf(definitions: EventDefinitions, { file, text }: Sample): string | undefined {
  const { type, schemaVersion, data } = shape.parse(JSON.parse(text));
  const definition = definitions[type];
  if (definition === undefined) return `holds ${type}, which is no event of the context`;
  if (schemaVersion < 1 || schemaVersion > definition.version) return `has version ${schemaVersion}, which is unknown`;
  if (file !== `${kebab(type)}.v${schemaVersion}.json`) return `holds ${type} of version ${schemaVersion}`;
  let upcast = data;
  for (let version = schemaVersion; version < definition.version; version++) {
    const upcaster = definition.upcasters?.[version];
    if (upcaster === undefined) return `has no upcaster from version ${version}`;
    upcast = upcaster(upcast);
  }
  const read = definition.schema.safeParse(upcast);
  if (!read.success) return `is not read: ${z.prettifyError(read.error).replace(/\s+/g, ' ')}`;
  return isDeepStrictEqual(read.data, upcast) ? undefined : 'loses fields when it is read';
}
