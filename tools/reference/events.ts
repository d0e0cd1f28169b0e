import type { EventDefinition } from '@app/kernel';
import { z } from 'zod';
import { code, linkTo, page, table, type Page } from './page.js';
import { byContext, load } from './sources.js';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

const isDefinition = (value: unknown): value is EventDefinition =>
  typeof value === 'object' && value !== null && 'version' in value && 'schema' in value;

/** Every stored event type with its version and fields. */
export async function eventsPage(): Promise<Page> {
  const files = await load((path) => /\/([\w-]+)\/\1\.events\.ts$/.test(path));
  return page(
    'events.md',
    'Stored events',
    'What is in the log. Names and fields are frozen: a change is a new version with an upcaster and a sample in\n`libs/<context>/stored-events/`.',
    byContext(files).map(([context, ofContext]) =>
      [
        `## ${context}`,
        ...ofContext.flatMap(({ path, exported }) =>
          Object.values(exported)
            .flatMap((definitions) => Object.entries(definitions ?? {}))
            .filter((entry): entry is [string, EventDefinition] => isDefinition(entry[1]))
            .map(([type, definition]) => describe(type, definition, path)),
        ),
      ].join('\n\n'),
    ),
  );
}

function describe(type: string, { version, schema }: EventDefinition, path: string): string {
  const json = z.toJSONSchema(schema, { unrepresentable: 'any' }) as Schema;
  const rows = fieldsOf(json, '');
  const fields = rows.length === 0 ? 'No fields.' : table(['field', 'type', ''], rows);
  return `### ${type}\n\nVersion ${version}, ${linkTo(path)}\n\n${fields}`;
}

/** One row for each field, those of parts after the field that holds them. */
function fieldsOf(schema: Schema, prefix: string): readonly (readonly string[])[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).flatMap(([name, field]) => [
    [code(`${prefix}${name}`), typeOf(field), required.includes(name) ? '' : 'may be absent'],
    ...fieldsOf(partsOf(field), `${prefix}${name}${field.type === 'array' ? '[]' : ''}.`),
  ]);
}

/** What the fields inside of a field are. */
const partsOf = (field: Schema): Schema => (field.type === 'array' && field.items !== undefined ? field.items : field);

function typeOf(schema: Schema): string {
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return either.map(typeOf).join(' or ');
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((value) => code(JSON.stringify(value))).join(', ');
  if (schema.type === 'array') return schema.items === undefined ? 'list' : `list of ${typeOf(schema.items)}`;
  if (typeof schema.additionalProperties === 'object') return `${typeOf(schema.additionalProperties)} by name`;
  return schema.type ?? 'any';
}
