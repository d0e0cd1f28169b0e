import { compoundKey } from '../codec/key.js';
import { countFields } from '../codec/scan.js';
import { Doc, isNumeric, type Value } from '../codec/values.js';
import { roundedTowardZero } from '../codec/rounding.js';
import { badValue, MongoError } from './errors.js';
import { parseFieldName } from './field-path.js';
import { MemoryAllowance } from './memory-allowance.js';
import { keyTuples, type Path } from './path.js';

export interface SortField {
  readonly name: string;
  readonly path: Path;
  readonly descending: boolean;
}

export function parseSort(value: Value | undefined): readonly SortField[] {
  if (value === undefined) return [];
  if (!(value instanceof Doc)) throw new MongoError(14, 'Expected field sort to be of type object');
  const fields = [...value.fields].map(([name, direction]) => {
    if (direction instanceof Doc) throw badValue(`$meta sorts are not supported by the embedded server`);
    if (!isNumeric(direction)) throw new MongoError(15974, `Illegal key in $sort specification: ${name}`);
    const number = roundedTowardZero(direction);
    if (number !== 1 && number !== -1)
      throw new MongoError(15975, `$sort key ordering must be 1 (for ascending) or -1 (for descending)`);
    if (name === '$natural') throw badValue('$natural sorts are not supported by the embedded server');
    return { name, path: parseFieldName(name), descending: number === -1 };
  });
  if (value.rawBytes && countFields(value.rawBytes) > fields.length)
    throw new MongoError(7472500, '$sort key must not contain duplicate keys');
  if (fields.length > 32) throw new MongoError(13103, 'too many compound keys');
  return fields;
}

/** The smallest key of a document under a sort pattern, as an index on the same pattern would order it. */
export function sortKey(document: Doc, fields: readonly SortField[]): string {
  const descending = fields.map((field) => field.descending);
  const { tuples } = keyTuples(
    document,
    fields.map((field) => field.path),
    () => badValue('cannot sort with keys that are parallel arrays'),
  );
  let least: string | undefined;
  for (const tuple of tuples) {
    const key = compoundKey(
      tuple.map((value) => value ?? null),
      descending,
    );
    if (least === undefined || key < least) least = key;
  }
  return least ?? '';
}

/** Stable. */
export function sortBy<T>(items: readonly T[], documentOf: (item: T) => Doc, fields: readonly SortField[]): T[] {
  const memory = new MemoryAllowance('Sort');
  const keyed = items.map((item) => {
    const key = sortKey(documentOf(item), fields);
    memory.spend(key.length);
    return { item, key };
  });
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ item }) => item);
}
