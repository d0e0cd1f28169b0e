import { toNumber } from '../../codec/decimal.js';
import { doc, type Plain } from '../../codec/plain.js';
import { Arr, double, Doc, isNumeric, type Value } from '../../codec/values.js';
import type { Catalogue } from '../catalogue.js';
import type { Committer } from '../committer.js';
import type { Counters } from '../counters.js';
import type { Cursors } from '../cursors.js';
import { MongoError, notSupported } from '../errors.js';
import { show } from '../index-definition.js';
import { truthy } from '../matcher.js';
import type { Peer } from '../authentication/peer.js';
import type { Sessions } from '../sessions.js';

export interface Engine {
  readonly catalogue: Catalogue;
  readonly committer: Committer;
  readonly cursors: Cursors;
  readonly sessions: Sessions;
  readonly counters: Counters;
  readonly address: string;
}

export interface Call {
  readonly engine: Engine;
  readonly name: string;
  readonly database: string;
  readonly body: Doc;
  readonly peer: Peer;
}

export type Handler = (call: Call) => Doc | Promise<Doc>;

export interface Command {
  readonly handler: Handler;
  /** Fields the command understands beside the common ones; any other field is refused. */
  readonly fields: readonly string[];
}

const COMMON = new Set([
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'readConcern',
  'writeConcern',
  'comment',
  'maxTimeMS',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
]);
const RETRYABLE = new Set(['insert', 'update', 'delete', 'findAndModify', 'findandmodify']);
const READ_CONCERNS = new Set(['local', 'available', 'majority', 'linearizable']);

export function checkFields(call: Call, command: Command): void {
  const { body, name } = call;
  for (const [field, value] of body.fields) {
    if (field === name || COMMON.has(field) || command.fields.includes(field)) continue;
    if (field === 'txnNumber' && RETRYABLE.has(name)) continue;
    if (field === 'autocommit' || field === 'startTransaction') {
      throw new MongoError(263, 'Multi-document transactions are not supported by the embedded server');
    }
    if (!truthy(value) && field !== 'txnNumber') continue;
    throw new MongoError(
      40415,
      `BSON field '${name}.${field}' is an unknown field, or one the embedded server does not support.`,
    );
  }
  const concern = body.get('readConcern');
  const level = concern instanceof Doc ? concern.get('level') : undefined;
  if (level !== undefined && !(typeof level === 'string' && READ_CONCERNS.has(level))) {
    throw notSupported(`the read concern level ${show(level)}`);
  }
}

export function reply(fields: { readonly [key: string]: Plain | undefined } = {}): Doc {
  return doc({ ...fields, ok: double(1) });
}

export function collectionName(call: Call): string {
  const name = call.body.get(call.name);
  if (typeof name !== 'string') throw new MongoError(73, `collection name has invalid type ${typeof name}`);
  if (name === '') throw new MongoError(73, `Invalid namespace specified '${call.database}.'`);
  return `${call.database}.${name}`;
}

function wrongType(call: Call, field: string, type: string): MongoError {
  return new MongoError(14, `BSON field '${call.name}.${field}' is the wrong type, expected type '${type}'`);
}

export function docField(call: Call, field: string): Doc | undefined {
  const value = call.body.get(field);
  if (value === undefined || value === null || value instanceof Doc) return value ?? undefined;
  throw wrongType(call, field, 'object');
}

export function arrayField(call: Call, field: string): readonly Value[] {
  const value = call.body.get(field);
  if (value instanceof Arr) return value.items;
  if (value === undefined)
    throw new MongoError(40414, `BSON field '${call.name}.${field}' is missing but a required field`);
  throw wrongType(call, field, 'array');
}

export function countField(call: Call, field: string, otherwise: number): number {
  const value = call.body.get(field);
  if (value === undefined || value === null) return otherwise;
  if (!isNumeric(value)) throw wrongType(call, field, 'long');
  const count = toNumber(value);
  if (!Number.isInteger(count)) throw wrongType(call, field, 'long');
  if (count < 0) throw new MongoError(51024, `BSON field '${field}' value must be >= 0, actual value '${count}'`);
  return count;
}

export function flagField(call: Call, field: string, otherwise = false): boolean {
  const value = call.body.get(field);
  return value === undefined ? otherwise : truthy(value);
}

/** What is added to the answer of a write whose write concern a single server cannot meet. */
export function writeConcernProblem(body: Doc): { readonly [key: string]: Plain } | undefined {
  const concern = body.get('writeConcern');
  const w = concern instanceof Doc ? concern.get('w') : undefined;
  if (isNumeric(w) && toNumber(w) > 1) {
    return { code: 100, codeName: 'UnsatisfiableWriteConcern', errmsg: 'Not enough data-bearing nodes' };
  }
  if (typeof w === 'string' && w !== 'majority') {
    return {
      code: 79,
      codeName: 'UnknownReplWriteConcern',
      errmsg: `No write concern mode named '${w}' found in replica set configuration`,
    };
  }
  return undefined;
}
