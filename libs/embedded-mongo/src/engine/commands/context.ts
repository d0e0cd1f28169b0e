import { doc, type Plain } from '../../codec/plain.js';
import { Arr, double, Doc, isNumeric, type Value } from '../../codec/values.js';
import { checkCollectionName, type Catalogue } from '../catalogue.js';
import type { Committer } from '../committer.js';
import type { Counters } from '../counters.js';
import { FIRST_BATCH, type Cursors, type Opening, type Source } from '../cursors.js';
import { MongoError } from '../errors.js';
import { truthy } from '../matcher.js';
import type { Peer } from '../authentication/peer.js';
import { sessionOf, type Sessions } from '../sessions.js';
import { SYSTEM_VERSION } from '../system-version.js';
import { clusterTimes } from '../timestamps.js';
import { checkField } from './fields.js';
import { checkStableApi } from './stable-api.js';
import { roundedTowardZero } from '../../codec/rounding.js';

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
const READS = new Set([
  'find',
  'aggregate',
  'count',
  'distinct',
  'listIndexes',
  'collStats',
  'collstats',
  'killCursors',
]);
const RETRYABLE = new Set(['insert', 'update', 'delete', 'findAndModify', 'findandmodify']);

export function checkFields(call: Call, command: Command): void {
  const { body, name } = call;
  for (const [field, value] of body.fields) {
    if (field === name) continue;
    if (COMMON.has(field) || command.fields.includes(field)) {
      checkField(name, field, value);
      continue;
    }
    if (field === 'txnNumber' && RETRYABLE.has(name)) continue;
    if (field === 'autocommit' || field === 'startTransaction') {
      throw new MongoError(263, 'Multi-document transactions are not supported by the embedded server');
    }
    if (!truthy(value) && field !== 'txnNumber') {
      checkField(name, field, value);
      continue;
    }
    throw new MongoError(
      40415,
      `BSON field '${name}.${field}' is an unknown field, or one the embedded server does not support.`,
    );
  }
  checkStableApi(name, body);
}

export function reply(fields: { readonly [key: string]: Plain | undefined } = {}): Doc {
  return doc({ ...fields, ok: double(1), ...clusterTimes() });
}

export function collectionName(call: Call): string {
  const name = call.body.get(call.name);
  if (typeof name !== 'string') throw new MongoError(73, `collection name has invalid type ${typeof name}`);
  if (name === '') throw new MongoError(73, `Invalid namespace specified '${call.database}.'`);
  checkCollectionName(name);
  const namespace = `${call.database}.${name}`;
  if (namespace === SYSTEM_VERSION && !READS.has(call.name))
    throw new MongoError(20, `${namespace} can be read and not changed`);
  return namespace;
}

export function missing(command: string, field: string): MongoError {
  return new MongoError(40414, `BSON field '${command}.${field}' is missing but a required field`);
}

export function docField(call: Call, field: string): Doc | undefined {
  const value = call.body.get(field);
  return value instanceof Doc ? value : undefined;
}

export function arrayField(call: Call, field: string): readonly Value[] {
  const value = call.body.get(field);
  if (value instanceof Arr) return value.items;
  throw missing(call.name, field);
}

export function countField(call: Call, field: string, otherwise: number): number {
  const value = call.body.get(field);
  return isNumeric(value) ? roundedTowardZero(value) : otherwise;
}

/** Answers with the first batch, and with a cursor for the rest that belongs to the session of the call. */
export function openCursor(call: Call, source: Source, opening: Omit<Opening, 'session'>): Doc {
  const answer = call.engine.cursors.start(source, { ...opening, session: sessionOf(call.body.get('lsid')) });
  return reply(Object.fromEntries(answer.fields));
}

/** How many documents the first batch of a cursor shall hold. */
export function firstBatchSize(call: Call): number {
  const size = docField(call, 'cursor')?.get('batchSize');
  return isNumeric(size) ? roundedTowardZero(size) : FIRST_BATCH;
}

export function flagField(call: Call, field: string, otherwise = false): boolean {
  const value = call.body.get(field);
  return value === undefined ? otherwise : truthy(value);
}
