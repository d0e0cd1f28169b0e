import type { OpenAPIObject } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

interface TypedReplies {
  /** By the name of the operation. */
  readonly replies: Readonly<Record<string, { readonly schema: Schemas[string]; readonly rows?: true }>>;
  readonly schemas: Schemas;
}

let read: TypedReplies | undefined;

/** What the methods of doors say that they answer; `npm run reference` writes it. Read when somebody asks for the document. */
export const typedReplies = (): TypedReplies =>
  (read ??= JSON.parse(readFileSync(new URL('./replies.json', import.meta.url), 'utf8')) as TypedReplies);

/** The schemas that a part of the document refers to, and those that they refer to. */
export function schemasUsedIn(part: object): Schemas {
  const { schemas } = typedReplies();
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    for (const [, name] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name!) || schemas[name!] === undefined) continue;
      used.add(name!);
      visit(schemas[name!]);
    }
  };
  visit(part);
  return Object.fromEntries([...used].sort().map((name) => [name, schemas[name]!]));
}
