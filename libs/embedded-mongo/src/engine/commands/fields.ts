import { toNumber } from '../../codec/decimal.js';
import { Arr, Bin, Doc, isNumeric, typeNameOf, type NumericValue, type Value } from '../../codec/values.js';
import { badValue, MongoError } from '../errors.js';
import { checkReadConcern, checkWriteConcern } from './concerns.js';
import { roundedTowardZero } from '../../codec/rounding.js';

/** Refuses a value that a field of a command cannot hold; `field` names command and field. */
type Check = (value: Value, field: string, command: string) => void;

const MAX_INT32 = 2 ** 31 - 1;

function wrongType(value: Value, field: string, expected: string): MongoError {
  return new MongoError(
    14,
    `BSON field '${field}' is the wrong type '${typeNameOf(value)}', expected type '${expected}'`,
  );
}

function typed(expected: string, fits: (value: Value) => boolean): Check {
  return (value, field) => {
    if (!fits(value)) throw wrongType(value, field, expected);
  };
}

/** The field counts as absent when it is null. */
function orNull(check: Check): Check {
  return (value, field, command) => {
    if (value !== null) check(value, field, command);
  };
}

const object = typed('object', (value) => value instanceof Doc);
const list = typed('array', (value) => value instanceof Arr);
const bool = typed('bool', (value) => typeof value === 'boolean');
const flag = typed('bool', (value) => typeof value === 'boolean' || isNumeric(value));

const number = typed('number', (value) => isNumeric(value));

const count: Check = (value, field) => {
  if (!isNumeric(value)) throw wrongType(value, field, 'long');
  const number = roundedTowardZero(value);
  if (number < 0) throw badValue(`BSON field '${field}' value must be >= 0, actual value '${number}'`);
};

/** A whole number of 64 bits, of any type. */
function isLong(value: NumericValue): boolean {
  if (typeof value === 'bigint') return true;
  const number = toNumber(value);
  return Number.isInteger(number) && number >= -(2 ** 63) && number < 2 ** 63;
}

/** Below 0 it means the same as above. */
const countLimit: Check = (value) => {
  if (!isNumeric(value)) throw badValue('the limit must be a number');
  if (!isLong(value)) throw new MongoError(9, 'the limit must be a whole number of 64 bits');
  if (toNumber(value) === -(2 ** 63)) throw badValue('the limit cannot be the least number of 64 bits');
};

const hint: Check = (value) => {
  if (typeof value !== 'string' && !(value instanceof Doc)) {
    throw new MongoError(9, `Hint must be a string or an object, not ${typeNameOf(value)}`);
  }
};

const milliseconds: Check = (value, field) => {
  if (!isNumeric(value)) throw wrongType(value, field, 'number');
  if (!isLong(value)) throw new MongoError(9, `${field} has non-integral value`);
  const time = toNumber(value);
  if (time < 0 || time > MAX_INT32) throw badValue(`${time} value for ${field} is out of range [0, ${MAX_INT32}]`);
};

const cursor: Check = (value, field, command) => {
  object(value, field, command);
  for (const [name, item] of (value as Doc).fields) {
    if (name !== 'batchSize') {
      throw new MongoError(40415, `BSON field '${field}.${name}' is an unknown field.`);
    }
    if (item !== null) count(item, `${field}.batchSize`, command);
  }
};

const userName: Check = (value, field) => {
  if (typeof value !== 'string' && !(value instanceof Doc)) throw wrongType(value, field, 'string');
  if (value instanceof Doc || !value.includes('.')) throw badValue(`${field} must be a database, a dot and a user`);
};

/** A check goes by the field's name, or by command and name where commands differ. */
const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['filter', orNull(object)],
  ['find.filter', object],
  ['query', orNull(object)],
  ['sort', orNull(object)],
  ['projection', orNull(object)],
  ['fields', orNull(object)],
  ['collation', orNull(object)],
  ['cursor', orNull(cursor)],
  ['aggregate.cursor', cursor],
  ['documents', list],
  ['updates', list],
  ['deletes', list],
  ['indexes', list],
  ['cursors', orNull(list)],
  ['pipeline', list],
  ['skip', orNull(count)],
  ['limit', orNull(count)],
  ['count.limit', countLimit],
  ['batchSize', orNull(count)],
  ['hint', hint],
  ['maxTimeMS', orNull(milliseconds)],
  ['ordered', orNull(bool)],
  ['allowDiskUse', bool],
  ['aggregate.explain', bool],
  ['singleBatch', orNull(bool)],
  ['noCursorTimeout', orNull(bool)],
  ['allowPartialResults', orNull(bool)],
  ['bypassDocumentValidation', orNull(flag)],
  ['remove', orNull(flag)],
  ['new', orNull(flag)],
  ['upsert', orNull(flag)],
  ['nameOnly', orNull(bool)],
  ['listDatabases.nameOnly', orNull(flag)],
  ['authorizedCollections', orNull(bool)],
  ['authorizedDatabases', orNull(bool)],
  ['showPrivileges', orNull(flag)],
  ['scale', orNull(number)],
  ['freeStorage', orNull(flag)],
  ['saslSupportedMechs', userName],
  ['dropTarget', typed('bool', (value) => typeof value === 'boolean' || value instanceof Bin)],
  ['create.clusteredIndex', typed('object', (value) => value !== null)],
  ['readConcern', (value, _field, command) => checkReadConcern(command, value)],
  ['writeConcern', (value, _field, command) => checkWriteConcern(command, value)],
]);

/** Refuses a field of the wrong type, with the code and in the words of the server's own parser. */
export function checkField(command: string, field: string, value: Value): void {
  const check = CHECKS.get(`${command}.${field}`) ?? CHECKS.get(field);
  check?.(value, `${command}.${field}`, command);
}
