import { Double, Long, Timestamp } from 'mongodb';
import { sentValue } from '../../spec-support/documents.js';
import { decimal } from '../../spec-support/types.js';
import { checkField } from '../engine/commands/fields.js';
import { MongoError } from '../engine/errors.js';

function codeOf(command: string, field: string, value: unknown): number {
  try {
    checkField(command, field, sentValue(value));
  } catch (error) {
    if (error instanceof MongoError) return error.code;
    throw error;
  }
  return 0;
}

describe('MongoDB manual, "Database Commands": what a field of a command may hold', () => {
  test.each<readonly [command: string, field: string, value: unknown, code: number]>([
    ['find', 'filter', {}, 0],
    ['find', 'filter', null, 14],
    ['find', 'filter', [], 14],
    ['count', 'query', null, 0],
    ['find', 'sort', 'a', 14],
    ['find', 'skip', 2, 0],
    ['find', 'skip', new Double(1.9), 0],
    ['find', 'skip', decimal('-0.5'), 0],
    ['find', 'skip', decimal('-0.51'), 2],
    ['find', 'skip', -1, 2],
    ['find', 'skip', '1', 14],
    ['find', 'limit', null, 0],
    ['count', 'limit', null, 2],
    ['count', 'limit', 1.5, 9],
    ['count', 'limit', -5, 0],
    ['count', 'limit', Long.MAX_VALUE, 0],
    ['count', 'limit', Long.MIN_VALUE, 2],
    ['count', 'limit', new Double(2 ** 63), 9],
    ['count', 'limit', decimal('9223372036854775808'), 9],
    ['find', 'batchSize', new Double(NaN), 0],
    ['find', 'hint', 'a_1', 0],
    ['find', 'hint', { a: 1 }, 0],
    ['find', 'hint', 5, 9],
    ['find', 'hint', null, 9],
    ['find', 'maxTimeMS', Long.fromNumber(5), 0],
    ['find', 'maxTimeMS', null, 0],
    ['find', 'maxTimeMS', new Double(1.5), 9],
    ['find', 'maxTimeMS', decimal('Infinity'), 9],
    ['find', 'maxTimeMS', -1, 2],
    ['find', 'maxTimeMS', Long.fromNumber(2 ** 31), 2],
    ['find', 'maxTimeMS', decimal('9223372036854775808'), 9],
    ['find', 'maxTimeMS', true, 14],
    ['insert', 'ordered', false, 0],
    ['insert', 'ordered', 1, 14],
    ['insert', 'bypassDocumentValidation', 1, 0],
    ['insert', 'bypassDocumentValidation', 'x', 14],
    ['findAndModify', 'upsert', decimal('1'), 0],
    ['findAndModify', 'upsert', {}, 14],
    ['aggregate', 'allowDiskUse', null, 14],
    ['aggregate', 'cursor', {}, 0],
    ['aggregate', 'cursor', null, 14],
    ['aggregate', 'cursor', { batchSize: -1 }, 2],
    ['aggregate', 'cursor', { batchSize: null }, 0],
    ['aggregate', 'explain', false, 0],
    ['aggregate', 'explain', null, 14],
    ['aggregate', 'explain', 0, 14],
    ['aggregate', 'cursor', { size: 1 }, 40415],
    ['listCollections', 'cursor', null, 0],
    ['connectionStatus', 'showPrivileges', decimal('1'), 0],
    ['connectionStatus', 'showPrivileges', 'yes', 14],
    ['dbStats', 'scale', 1.5, 0],
    ['dbStats', 'scale', true, 14],
    ['dbStats', 'freeStorage', 1, 0],
    ['dbStats', 'freeStorage', [], 14],
    ['hello', 'saslSupportedMechs', 'admin.user', 0],
    ['hello', 'saslSupportedMechs', 'user', 2],
    ['hello', 'saslSupportedMechs', { db: 'admin' }, 2],
    ['hello', 'saslSupportedMechs', null, 14],
    ['find', 'readConcern', { level: 'majority' }, 0],
    ['find', 'readConcern', { level: 'MAJORITY' }, 2],
    ['find', 'readConcern', { level: 5 }, 14],
    ['find', 'readConcern', { level: 'snapshot' }, 115],
    ['find', 'readConcern', { nothing: 1 }, 40415],
    ['find', 'readConcern', { afterClusterTime: Timestamp.fromBits(1, 1) }, 0],
    ['insert', 'readConcern', { afterClusterTime: Timestamp.fromBits(1, 1) }, 0],
    ['find', 'readConcern', { level: 'majority', afterClusterTime: Timestamp.fromBits(1, 1) }, 0],
    ['find', 'readConcern', { level: 'available', afterClusterTime: Timestamp.fromBits(1, 1) }, 72],
    ['find', 'readConcern', { afterClusterTime: Timestamp.fromBits(0, 0) }, 72],
    ['find', 'readConcern', { atClusterTime: Timestamp.fromBits(1, 1) }, 115],
    ['find', 'readConcern', { afterClusterTime: 5 }, 14],
    ['insert', 'readConcern', { level: 'local' }, 0],
    ['insert', 'readConcern', { level: 'majority' }, 72],
    ['insert', 'writeConcern', { w: 'majority', j: true, wtimeout: 5 }, 0],
    ['insert', 'writeConcern', { w: 50 }, 0],
    ['insert', 'writeConcern', { w: 51 }, 9],
    ['insert', 'writeConcern', { w: -1 }, 9],
    ['insert', 'writeConcern', { w: null }, 2],
    ['insert', 'writeConcern', { w: true }, 9],
    ['insert', 'writeConcern', { w: {} }, 9],
    ['insert', 'writeConcern', { w: { dc: 1 } }, 115],
    ['insert', 'writeConcern', { j: 'yes' }, 14],
    ['insert', 'writeConcern', { provenance: 'clientSupplied' }, 0],
    ['insert', 'writeConcern', { provenance: null }, 0],
    ['insert', 'writeConcern', { provenance: 'x' }, 2],
    ['insert', 'writeConcern', { provenance: 5 }, 14],
    ['insert', 'writeConcern', { wtimeout: Long.fromNumber(2 ** 31) }, 9],
    ['insert', 'writeConcern', { nothing: 1 }, 40415],
    ['insert', 'writeConcern', 1, 14],
    ['find', 'writeConcern', { w: 1 }, 72],
    ['find', 'writeConcern', {}, 72],
    ['find', 'writeConcern', null, 0],
  ])('%s.%s: %j gives %i', (command, field, value, code) => {
    expect(codeOf(command, field, value)).toBe(code);
  });
});
