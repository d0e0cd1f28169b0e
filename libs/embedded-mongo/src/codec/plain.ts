import { Arr, Doc, type Value } from './values.js';

export type Plain = Value | Plain[] | { readonly [key: string]: Plain | undefined };

function isValueObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== Object.prototype && prototype !== null;
}

/** Builds a BSON value from a literal in our own code; fields that are undefined are left out. */
export function toValue(plain: Plain): Value {
  if (Array.isArray(plain)) return Arr.of(plain.map(toValue));
  if (typeof plain !== 'object' || plain === null || isValueObject(plain)) return plain as Value;
  return doc(plain as { readonly [key: string]: Plain | undefined });
}

export function doc(fields: { readonly [key: string]: Plain | undefined }): Doc {
  const map = new Map<string, Value>();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) map.set(name, toValue(value));
  return new Doc(undefined, map);
}
