import { toNumber } from '../../codec/decimal.js';
import type { Plain } from '../../codec/plain.js';
import { Doc, isNumeric, Timestamp, typeNameOf, type Value } from '../../codec/values.js';
import { badValue, MongoError, notSupported } from '../errors.js';
import { show } from '../index-definition.js';
import { truthy } from '../matcher.js';
import { roundedTowardZero } from '../../codec/rounding.js';

const READ_LEVELS = new Set(['local', 'available', 'majority', 'linearizable', 'snapshot']);
/** Reads that may ask for any level; other commands know "local" only. */
const READS = new Set(['find', 'aggregate', 'count', 'distinct', 'explain']);
const WRITES = new Set([
  'insert',
  'update',
  'delete',
  'findAndModify',
  'findandmodify',
  'aggregate',
  'create',
  'drop',
  'dropDatabase',
  'renameCollection',
  'createIndexes',
  'dropIndexes',
]);
const PROVENANCES = ['clientSupplied', 'implicitDefault', 'customDefault', 'getLastErrorDefaults'];
const MAX_NODES = 50;
const MAX_INT32 = 2 ** 31 - 1;

function wrongType(field: string, value: Value, expected: string): MongoError {
  return new MongoError(
    14,
    `BSON field '${field}' is the wrong type '${typeNameOf(value)}', expected type '${expected}'`,
  );
}

function fieldsOf(name: string, value: Value): Doc {
  if (value instanceof Doc) return value;
  throw wrongType(name, value, 'object');
}

function unknownField(name: string): MongoError {
  return new MongoError(40415, `BSON field '${name}' is an unknown field.`);
}

function checkProvenance(concern: string, value: Value): void {
  if (value === null) return;
  if (typeof value !== 'string') throw wrongType(`${concern}.provenance`, value, 'string');
  if (!PROVENANCES.includes(value)) {
    throw badValue(`Enumeration value '${value}' for field '${concern}.provenance' is not a valid value.`);
  }
}

/** MongoDB manual, "Read Concern": one node without transactions reads the same at every level but "snapshot". */
export function checkReadConcern(command: string, value: Value | undefined): void {
  if (value === undefined || value === null) return;
  const concern = fieldsOf('readConcern', value);
  for (const [name, item] of concern.fields) {
    if (name === 'level') checkLevel(command, item);
    else if (name === 'provenance') {
      checkProvenance('readConcern', item);
    } else if (name === 'afterClusterTime' || name === 'atClusterTime') {
      if (!(item instanceof Timestamp)) throw wrongType(`readConcern.${name}`, item, 'timestamp');
      if (name === 'atClusterTime') throw notSupported('readConcern.atClusterTime');
      checkAfterClusterTime(item, concern.get('level') ?? 'local');
    } else throw unknownField(`readConcern.${name}`);
  }
}

/** Nothing is waited for: a read sees all that was acknowledged before, and so all that any time told stands for. */
function checkAfterClusterTime(time: Timestamp, level: Value): void {
  if (time.value === 0n) throw new MongoError(72, 'readConcern.afterClusterTime cannot be null');
  if (level !== 'local' && level !== 'majority')
    throw new MongoError(72, 'afterClusterTime can be set only if the level is "local" or "majority"');
}

function checkLevel(command: string, level: Value): void {
  if (level === null) return;
  if (typeof level !== 'string') throw wrongType('readConcern.level', level, 'string');
  if (!READ_LEVELS.has(level)) {
    throw badValue(`Enumeration value '${level}' for field 'readConcern.level' is not a valid value.`);
  }
  if (level === 'local') return;
  if (!READS.has(command)) throw new MongoError(72, `Command ${command} does not support read concern level ${level}`);
  if (level === 'snapshot') throw notSupported('the read concern level "snapshot"');
}

/** MongoDB manual, "Write Concern". What one node cannot give is told in the answer, see `writeConcernProblem`. */
export function checkWriteConcern(command: string, value: Value | undefined): void {
  if (value === undefined || value === null) return;
  const concern = fieldsOf('writeConcern', value);
  if (!WRITES.has(command)) {
    throw new MongoError(72, `Command ${command} does not support writeConcern`);
  }
  for (const [name, item] of concern.fields) {
    if (name === 'w') checkW(item);
    else if (name === 'j' || name === 'fsync') {
      if (item !== null && typeof item !== 'boolean' && !isNumeric(item)) {
        throw wrongType(`writeConcern.${name}`, item, 'bool');
      }
    } else if (name === 'wtimeout') {
      if (isNumeric(item) && toNumber(item) > MAX_INT32) {
        throw new MongoError(9, `wtimeout must be less than 2^31 - 1 milliseconds`);
      }
    } else if (name === 'provenance') checkProvenance('writeConcern', item);
    else if (name !== 'getLastError') throw unknownField(`writeConcern.${name}`);
  }
}

function checkW(w: Value): void {
  if (typeof w === 'string') return;
  if (w === null) throw badValue('w must not be null: a number, "majority" or a mode is expected');
  if (w instanceof Doc) {
    const isTags = w.fields.size > 0 && [...w.fields.values()].every((count) => isNumeric(count));
    throw isTags
      ? notSupported('a write concern by tags')
      : new MongoError(9, `tagged write concern requires at least one number: ${show(w)}`);
  }
  if (!isNumeric(w)) throw new MongoError(9, `w has to be a number, string, or object; found: ${typeNameOf(w)}`);
  const nodes = roundedTowardZero(w);
  if (!(nodes >= 0 && nodes <= MAX_NODES) || !Number.isFinite(toNumber(w))) {
    throw new MongoError(9, `w has to be a non-negative number and not greater than ${MAX_NODES}; found: ${show(w)}`);
  }
}

/** Whether nobody wants to hear what came of a write: `w: 0` without a journal. Who waits for the answer gets an empty one. */
export function isUnacknowledged(body: Doc): boolean {
  const concern = body.get('writeConcern');
  if (!(concern instanceof Doc)) return false;
  const w = concern.get('w');
  return isNumeric(w) && roundedTowardZero(w) === 0 && !truthy(concern.get('j')) && !truthy(concern.get('fsync'));
}

/** What is added to the answer of a write whose write concern a single server cannot meet. */
export function writeConcernProblem(body: Doc): { readonly [key: string]: Plain } | undefined {
  const concern = body.get('writeConcern');
  const w = concern instanceof Doc ? concern.get('w') : undefined;
  if (isNumeric(w) && roundedTowardZero(w) > 1) {
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
