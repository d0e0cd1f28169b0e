import { Doc, typeNameOf } from '../../codec/values.js';
import { MongoError } from '../errors.js';

/** MongoDB manual, "Stable API": what of the commands here belongs to version 1, the only one there is. */
const COMMANDS_OF_VERSION_1 = new Set([
  'aggregate',
  'count',
  'create',
  'createIndexes',
  'delete',
  'drop',
  'dropDatabase',
  'dropIndexes',
  'endSessions',
  'explain',
  'find',
  'findAndModify',
  'getMore',
  'hello',
  'insert',
  'killCursors',
  'listCollections',
  'listDatabases',
  'listIndexes',
  'ping',
  'saslContinue',
  'saslStart',
  'update',
]);

/** Refuses a version that is not there, and under `apiStrict` a command that is in none. */
export function checkStableApi(command: string, body: Doc): void {
  const version = body.get('apiVersion');
  const strict = flagOf(body, 'apiStrict');
  const deprecation = flagOf(body, 'apiDeprecationErrors');
  if (version === undefined) {
    if (strict === undefined && deprecation === undefined) return;
    throw new MongoError(4886600, 'Provided apiStrict and/or apiDeprecationErrors without passing apiVersion');
  }
  if (typeof version !== 'string') {
    throw new MongoError(
      14,
      `BSON field 'apiVersion' is the wrong type '${typeNameOf(version)}', expected type 'string'`,
    );
  }
  if (version !== '1') throw new MongoError(322, 'API version must be "1"');
  if (strict === true && !COMMANDS_OF_VERSION_1.has(command)) {
    throw new MongoError(323, `Provided apiStrict:true, but the command ${command} is not in API Version 1`);
  }
}

function flagOf(body: Doc, name: string): boolean | undefined {
  const value = body.get(name);
  if (value === undefined || typeof value === 'boolean') return value;
  throw new MongoError(14, `BSON field '${name}' is the wrong type '${typeNameOf(value)}', expected type 'bool'`);
}
