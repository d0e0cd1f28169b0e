import { toNumber } from '../codec/decimal.js';
import { encodeKey } from '../codec/key.js';
import { doc } from '../codec/plain.js';
import { Arr, Doc, isNumeric, type Value } from '../codec/values.js';
import { badValue, MongoError } from './errors.js';
import { show, type IndexDefinition } from './index-definition.js';
import { parseFilter, refuseCollation, truthy } from './matcher.js';
import { isArrayIndex, splitPath } from './path.js';

const FIELDS = new Set(['v', 'key', 'name', 'ns', 'unique', 'sparse', 'background', 'partialFilterExpression']);
const MAX_SECONDS = 2 ** 31 - 1;
const PARTIAL_OPERATORS = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$in', '$exists']);

/** An index as it is stored and listed; `parseIndex` reads it back. */
export function definitionDoc(definition: IndexDefinition): Doc {
  return doc({
    v: 2,
    key: definition.pattern,
    name: definition.name,
    unique: definition.unique && definition.name !== '_id_' ? true : undefined,
    sparse: definition.sparse ? true : undefined,
    partialFilterExpression: definition.partial?.expression,
    expireAfterSeconds: definition.expireAfterSeconds,
  });
}

function cannotCreate(reason: string): MongoError {
  return new MongoError(67, reason);
}

export function parseIndex(spec: Value): IndexDefinition {
  if (!(spec instanceof Doc)) throw new MongoError(14, 'An index specification must be an object');
  refuseUnknown(spec);
  const pattern = spec.get('key');
  if (!(pattern instanceof Doc))
    throw new MongoError(9, "The 'key' field is a required property of an index specification");
  const name = spec.get('name');
  if (name === undefined) throw new MongoError(9, "The 'name' field is a required property of an index specification");
  if (typeof name !== 'string') throw new MongoError(14, "The field 'name' must be a string");
  if (name === '') throw cannotCreate('The index name cannot be empty');
  for (const flag of ['unique', 'sparse']) {
    const value = spec.get(flag);
    if (value !== undefined && typeof value !== 'boolean' && !isNumeric(value))
      throw new MongoError(14, `The field '${flag}' has value ${show(value)}, which is not convertible to bool`);
  }
  const fields = parsePattern(pattern);
  const sparse = truthy(spec.get('sparse'));
  const partial = partialFilter(spec.get('partialFilterExpression'));
  if (partial && sparse) throw cannotCreate('cannot mix "partialFilterExpression" and "sparse" options');
  const expireAfterSeconds = seconds(spec.get('expireAfterSeconds'));
  if (expireAfterSeconds !== undefined && fields.length > 1)
    throw cannotCreate('TTL indexes are single-field indexes, compound indexes do not support TTL.');
  const isId = fields.length === 1 && fields[0]?.name === '_id';
  if (isId) checkIdIndex(fields[0]?.descending === true, partial !== undefined, sparse, expireAfterSeconds);
  else if (name === '_id_') throw badValue("The index name '_id_' is reserved for the _id index");
  return {
    name,
    pattern,
    fields,
    unique: truthy(spec.get('unique')),
    sparse,
    ...(partial && { partial }),
    ...(expireAfterSeconds !== undefined && { expireAfterSeconds }),
  };
}

function checkIdIndex(descending: boolean, partial: boolean, sparse: boolean, expireAfterSeconds?: number): void {
  if (descending) throw badValue("The field 'key' for an _id index must be {_id: 1}");
  if (partial) throw new MongoError(197, '_id index cannot be a partial index');
  if (sparse) throw new MongoError(197, '_id index cannot be a sparse index');
  if (expireAfterSeconds !== undefined)
    throw new MongoError(197, "The field 'expireAfterSeconds' is not valid for an _id index specification");
}

function refuseUnknown(spec: Doc): void {
  for (const [name, value] of spec.fields) {
    if (FIELDS.has(name) || name === 'expireAfterSeconds') continue;
    if (name === 'hidden' && !truthy(value)) continue;
    if (name === 'collation') {
      if (value instanceof Doc && value.fields.size === 0) throw badValue('The collation of an index cannot be empty');
      refuseCollation(value);
    } else
      throw new MongoError(
        197,
        `The index option '${name}' is not supported by the embedded server. Specification: ${show(spec)}`,
      );
  }
}

function parsePattern(pattern: Doc): IndexDefinition['fields'] {
  if (pattern.fields.size === 0) throw new MongoError(67, 'Index keys cannot be empty.');
  if (pattern.fields.size > 32) throw new MongoError(13103, 'too many compound keys');
  return [...pattern.fields].map(([name, direction]) => {
    if (!isNumeric(direction))
      throw new MongoError(
        67,
        `Only ascending and descending indexes are supported by the embedded server, not ${name}`,
      );
    const order = toNumber(direction);
    if (!(order > 0 || order < 0))
      throw new MongoError(67, `Values in the index key pattern cannot be 0 or NaN: ${name}`);
    const path = splitPath(name);
    if (path.includes('')) throw new MongoError(67, 'Index keys cannot contain an empty field.');
    if (path.at(-1) === '$**')
      throw new MongoError(67, `Wildcard indexes are not supported by the embedded server: ${name}`);
    if (path.some((part) => part.startsWith('$')))
      throw new MongoError(67, `Index key contains an illegal field name: ${name}`);
    if (path.some((part) => /^\d+$/.test(part))) {
      throw new MongoError(
        67,
        `Index keys with a numeric path component are not supported by the embedded server: ${name}`,
      );
    }
    return { name, path, descending: order < 0 };
  });
}

/** What a query can be seen to imply: comparisons with constants, joined by $and. */
function partialFilter(expression: Value | undefined): IndexDefinition['partial'] {
  if (expression === undefined) return undefined;
  if (!(expression instanceof Doc)) throw new MongoError(14, "'partialFilterExpression' must be an object");
  refuseUnindexable(expression);
  return { expression, filter: parseFilter(expression) };
}

function refuseUnindexable(expression: Doc): void {
  for (const [name, value] of expression.fields) {
    if (name === '$and' && value instanceof Arr) {
      for (const part of value.items) if (part instanceof Doc) refuseUnindexable(part);
    } else if (name.startsWith('$')) throw unsupportedPart(name);
    else if (splitPath(name).some(isArrayIndex)) throw unsupportedPart(name);
    else if (value instanceof Doc) refuseOperators(value);
  }
}

function refuseOperators(condition: Doc): void {
  for (const [name, operand] of condition.fields) {
    if (!name.startsWith('$')) return;
    if (!PARTIAL_OPERATORS.has(name) || (name === '$exists' && !truthy(operand))) throw unsupportedPart(name);
  }
}

function unsupportedPart(what: string): MongoError {
  return cannotCreate(`Expression not supported in a partial index by the embedded server: ${what}`);
}

function seconds(value: Value | undefined): number | undefined {
  if (value === undefined) return undefined;
  const count = isNumeric(value) ? Math.trunc(toNumber(value)) : NaN;
  if (!(count >= 0 && count <= MAX_SECONDS))
    throw cannotCreate(`TTL index 'expireAfterSeconds' must be a number between 0 and ${MAX_SECONDS}`);
  return count;
}

/** Indexes on the same keys are different ones when they hold or allow different documents. */
export function holdTheSame(a: IndexDefinition, b: IndexDefinition): boolean {
  return (
    a.unique === b.unique && a.sparse === b.sparse && JSON.stringify(clausesOf(a)) === JSON.stringify(clausesOf(b))
  );
}

/** What the partial filter asks for, in one order whatever the order and nesting of its $and. */
function clausesOf({ partial }: IndexDefinition): string[] {
  const clauses = (expression: Doc): string[] =>
    [...expression.fields].flatMap(([name, value]) =>
      name === '$and' && value instanceof Arr
        ? value.items.flatMap((part) => (part instanceof Doc ? clauses(part) : []))
        : [encodeKey(Doc.of([[name, value]]))],
    );
  return partial ? ['partial', ...clauses(partial.expression).sort()] : [];
}
