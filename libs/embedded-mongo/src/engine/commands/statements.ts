import { toNumber } from '../../codec/decimal.js';
import { Arr, Doc, isNumeric, typeNameOf, type Value } from '../../codec/values.js';
import { MongoError, notSupported } from '../errors.js';
import { refuseCollation, truthy } from '../matcher.js';
import { missing } from './context.js';

// As in MongoDB, a statement that does not parse fails its whole command, before any of them is run.

export interface UpdateStatement {
  readonly filter: Doc;
  /** Operators or a replacement, parsed when the statement is run. */
  readonly change: Doc;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly hint: Value | undefined;
}

export interface DeleteStatement {
  readonly filter: Doc;
  /** 0 for all that match. */
  readonly limit: number;
  readonly hint: Value | undefined;
}

export function insertStatement(item: Value): Doc {
  if (item instanceof Doc) return item;
  throw new MongoError(14, 'A write statement must be an object');
}

export function updateStatement(item: Value): UpdateStatement {
  const what = 'update.updates';
  const statement = insertStatement(item);
  refuseUnknown(statement, ['q', 'u', 'multi', 'upsert', 'collation', 'hint'], what);
  const change = statement.get('u');
  if (change instanceof Arr) throw notSupported('an update with an aggregation pipeline');
  if (!(change instanceof Doc)) throw new MongoError(9, 'Update argument must be either an object or an array');
  return {
    filter: filterOf(statement, what),
    change,
    multi: flagOf(statement, 'multi', what),
    upsert: flagOf(statement, 'upsert', what),
    hint: statement.get('hint'),
  };
}

export function deleteStatement(item: Value): DeleteStatement {
  const what = 'delete.deletes';
  const statement = insertStatement(item);
  refuseUnknown(statement, ['q', 'limit', 'collation', 'hint'], what);
  const limit = statement.get('limit');
  if (limit === undefined) throw missing(what, 'limit');
  if (!isNumeric(limit) || (toNumber(limit) !== 0 && toNumber(limit) !== 1))
    throw new MongoError(9, 'The limit field in delete objects must be 0 or 1');
  return { filter: filterOf(statement, what), limit: toNumber(limit), hint: statement.get('hint') };
}

function refuseUnknown(statement: Doc, known: readonly string[], what: string): void {
  for (const [name, value] of statement.fields) {
    if (known.includes(name) || !truthy(value)) continue;
    if (name === 'arrayFilters' && value instanceof Arr && value.items.length === 0) continue;
    throw new MongoError(
      40415,
      `BSON field '${what}.${name}' is an unknown field, or one the embedded server does not support.`,
    );
  }
  refuseCollation(statement.get('collation'));
}

function wrongType(field: string, value: Value, expected: string): MongoError {
  return new MongoError(
    14,
    `BSON field '${field}' is the wrong type '${typeNameOf(value)}', expected type '${expected}'`,
  );
}

function flagOf(statement: Doc, name: string, what: string): boolean {
  const value = statement.get(name) ?? false;
  if (typeof value === 'boolean') return value;
  throw wrongType(`${what}.${name}`, value, 'bool');
}

function filterOf(statement: Doc, what: string): Doc {
  const filter = statement.get('q');
  if (filter instanceof Doc) return filter;
  if (filter === undefined) throw missing(what, 'q');
  throw wrongType(`${what}.q`, filter, 'object');
}
