import { publicKey, rolesKey } from '@app/http';
import { RequestMethod } from '@nestjs/common';
import 'reflect-metadata';
import type { LoadedFile } from './sources.js';

export interface Field {
  readonly name: string;
  readonly description: string;
  readonly isNeeded: boolean;
}

export interface Door {
  /** `POST /v1/agencies/{agency}/grants/{person}`. */
  readonly address: string;
  readonly who: string;
  readonly query: readonly Field[];
  readonly body: readonly Field[];
  readonly path: string;
}

type Class = (abstract new (...args: never[]) => object) & { readonly prototype: object };

const isClass = (value: unknown): value is Class =>
  typeof value === 'function' && Reflect.getMetadata('path', value) !== undefined;

/** The doors of endpoint files, from what Nest mounts them by. */
export const doorsOf = ({ path, exported }: LoadedFile): readonly Door[] =>
  Object.values(exported)
    .filter(isClass)
    .flatMap((endpoint) =>
      Object.getOwnPropertyNames(endpoint.prototype).flatMap((name) => doorAt(endpoint, name, path)),
    );

function doorAt(endpoint: Class, name: string, path: string): readonly Door[] {
  const handler = (endpoint.prototype as Record<string, unknown>)[name];
  if (typeof handler !== 'function') return [];
  const method = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
  if (method === undefined) return [];
  const under = pathsOf(Reflect.getMetadata('path', endpoint));
  const below = pathsOf(Reflect.getMetadata('path', handler));
  return under.flatMap((base) =>
    below.map((rest) => ({
      address: `${RequestMethod[method]} ${addressOf(base, rest)}`,
      who: whoMayEnter(handler, endpoint),
      query: fieldsOf(endpoint, name, queryArgument),
      body: fieldsOf(endpoint, name, bodyArgument),
      path,
    })),
  );
}

const pathsOf = (given: unknown): readonly string[] => (Array.isArray(given) ? (given as string[]) : [String(given)]);

const addressOf = (...parts: readonly string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .map((part) => part.replace(/^:(\w+)/, '{$1}'))
    .join('/')}`;

function whoMayEnter(handler: object, endpoint: Class): string {
  const metadata = (key: string): unknown => Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, endpoint);
  if (metadata(publicKey) === true) return 'everybody';
  const roles = metadata(rolesKey) as readonly string[] | undefined;
  return roles === undefined ? 'nobody' : [...roles].sort().join(', ');
}

/** Kinds of argument as Nest numbers them. */
const bodyArgument = 3;
const queryArgument = 4;

/** Fields of the class that the body or the query is checked by. */
function fieldsOf(endpoint: Class, name: string, kind: number): readonly Field[] {
  const given = (Reflect.getMetadata('__routeArguments__', endpoint, name) ?? {}) as Record<string, { index: number }>;
  const argument = Object.entries(given).find(([key]) => key.startsWith(`${kind}:`))?.[1];
  const types = Reflect.getMetadata('design:paramtypes', endpoint.prototype, name) as readonly Class[] | undefined;
  const prototype = argument === undefined ? undefined : types?.[argument.index]?.prototype;
  if (prototype === undefined) return [];
  const names = (Reflect.getMetadata('swagger/apiModelPropertiesArray', prototype) ?? []) as readonly string[];
  return names.map((key) => {
    const field = key.slice(1);
    const options = Reflect.getMetadata('swagger/apiModelProperties', prototype, field) as {
      readonly description?: string;
      readonly required?: boolean;
    };
    return { name: field, description: options.description ?? '', isNeeded: options.required !== false };
  });
}
