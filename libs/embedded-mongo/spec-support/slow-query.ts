import { Decimal128, Double, Int32, Long } from 'mongodb';

// A second, slow implementation of filters and sorts over plain values, written from the manual without a look at the
// engine: what both agree on is probably right.

/** A number of the spec, with the BSON type it is sent as. */
export class Num {
  constructor(
    readonly n: number,
    readonly as: 'int' | 'long' | 'double' | 'decimal',
  ) {}
}

export type Plain = null | boolean | string | Num | readonly Plain[] | PlainDoc;
export interface PlainDoc {
  readonly [field: string]: Plain;
}

export interface Condition {
  readonly path: string;
  readonly operator: '$eq' | '$ne' | '$gt' | '$gte' | '$lt' | '$lte' | '$in' | '$nin' | '$exists' | '$elemMatch';
  readonly operands: readonly Plain[];
}
export type Query =
  | { readonly kind: 'condition'; readonly condition: Condition }
  | { readonly kind: '$and' | '$or' | '$nor'; readonly parts: readonly Query[] };

const isDoc = (value: Plain | undefined): value is PlainDoc =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Num);

export function toBson(value: Plain): unknown {
  if (value instanceof Num) {
    if (value.as === 'int') return new Int32(value.n);
    if (value.as === 'long') return Long.fromNumber(value.n);
    return value.as === 'double' ? new Double(value.n) : Decimal128.fromString(String(value.n));
  }
  if (Array.isArray(value)) return value.map((item: Plain) => toBson(item));
  if (!isDoc(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toBson(item)]));
}

export function toFilter(query: Query): Record<string, unknown> {
  if (query.kind !== 'condition') return { [query.kind]: query.parts.map(toFilter) };
  const { path, operator, operands } = query.condition;
  if (operator === '$in' || operator === '$nin') return { [path]: { [operator]: operands.map(toBson) } };
  if (operator === '$exists') return { [path]: { $exists: operands[0] } };
  if (operator === '$elemMatch')
    return { [path]: { $elemMatch: { $gte: toBson(operands[0]!), $lt: toBson(operands[1]!) } } };
  return { [path]: { [operator]: toBson(operands[0]!) } };
}

const RANKS = ['missing', 'null', 'number', 'string', 'object', 'array', 'boolean'] as const;

function rank(value: Plain | undefined): number {
  const name =
    value === undefined
      ? 'missing'
      : value === null
        ? 'null'
        : value instanceof Num
          ? 'number'
          : Array.isArray(value)
            ? 'array'
            : typeof value;
  return RANKS.indexOf(name as (typeof RANKS)[number]);
}

export function compare(a: Plain | undefined, b: Plain | undefined): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a instanceof Num && b instanceof Num) return a.n - b.n;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a as Plain[], b as Plain[]);
  if (!isDoc(a) || !isDoc(b)) return 0;
  const flat = (doc: PlainDoc): Plain[] =>
    Object.entries(doc).flatMap(([name, value]) => [new Num(rank(value), 'int'), name, value]);
  return compareLists(flat(a), flat(b));
}

function compareLists(a: readonly Plain[], b: readonly Plain[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** What a dotted path without numbers reaches; of an array on the way only the documents are entered. */
function reached(value: Plain | undefined, path: readonly string[]): (Plain | undefined)[] {
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (!isDoc(value)) return [undefined];
  const next = value[name];
  if (!Array.isArray(next) || rest.length === 0) return reached(next, rest);
  return (next as Plain[]).filter(isDoc).flatMap((item) => reached(item, rest));
}

const withElements = (values: (Plain | undefined)[]): (Plain | undefined)[] =>
  values.flatMap((value) => (Array.isArray(value) ? [...(value as Plain[]), value] : [value]));

function holds(value: Plain | undefined, operator: Condition['operator'], operand: Plain): boolean {
  const known = value ?? null;
  if (operator === '$eq') return compare(known, operand) === 0;
  if (operand === null) return known === null && (operator === '$gte' || operator === '$lte');
  if (rank(known) !== rank(operand)) return false;
  const order = compare(known, operand);
  if (operator === '$gt') return order > 0;
  if (operator === '$gte') return order >= 0;
  return operator === '$lt' ? order < 0 : order <= 0;
}

function meets(document: PlainDoc, { path, operator, operands }: Condition): boolean {
  const values = reached(document, path.split('.'));
  const some = (kind: Condition['operator'], wanted: readonly Plain[]): boolean =>
    withElements(values).some((value) => wanted.some((operand) => holds(value, kind, operand)));
  switch (operator) {
    case '$ne':
    case '$nin':
      return !some('$eq', operands);
    case '$in':
      return some('$eq', operands);
    case '$exists':
      return values.some((value) => value !== undefined) === operands[0];
    case '$elemMatch':
      return values.some(
        (value) =>
          Array.isArray(value) &&
          (value as Plain[]).some((item) => holds(item, '$gte', operands[0]!) && holds(item, '$lt', operands[1]!)),
      );
    default:
      return some(operator, operands);
  }
}

export function matches(document: PlainDoc, query: Query): boolean {
  if (query.kind === 'condition') return meets(document, query.condition);
  if (query.kind === '$and') return query.parts.every((part) => matches(document, part));
  return query.parts.some((part) => matches(document, part)) === (query.kind === '$or');
}

/** What a sort on one field sees: the least of an array's elements, or the greatest when it descends. */
export function sortValue(document: PlainDoc, path: string, descending: boolean): Plain | undefined {
  const names = path.split('.');
  const array = names.length > 1 ? document[names[0]!] : undefined;
  const starts = Array.isArray(array) ? ((array.length > 0 ? array : [null]) as Plain[]) : undefined;
  const leaves = starts ? starts.map((item) => (isDoc(item) ? item[names[1]!] : undefined)) : reached(document, names);
  // An empty array stands below null; a missing field counts as null.
  const values = leaves.flatMap((leaf): (Plain | undefined)[] =>
    Array.isArray(leaf) ? (leaf.length > 0 ? (leaf as Plain[]) : [undefined]) : [leaf ?? null],
  );
  return values.reduce((best, value) => (compare(value, best) < 0 !== descending ? value : best));
}
