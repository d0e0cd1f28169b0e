import { Bin, type Doc } from '../../codec/values.js';
import { checkCollectionName, checkDatabase, databaseOf, isSystem, isTooLong } from '../catalogue.js';
import { MongoError } from '../errors.js';
import { Unit } from '../unit.js';
import { commit, killCursorsOfDropped, written } from './catalogue.js';
import { flagField, missing, type Call } from './context.js';

/** A namespace that may be renamed: MongoDB answers most of what may not with 20, where other commands say 73. */
function namespaceField(call: Call, field: string): string {
  const value = call.body.get(field) ?? null;
  if (value === null) throw missing('renameCollection', field);
  if (typeof value !== 'string')
    throw new MongoError(14, `BSON field 'renameCollection.${field}' is the wrong type, expected type 'string'`);
  const dot = value.indexOf('.');
  if (dot < 0) throw new MongoError(73, `Invalid namespace specified '${value}'`);
  const [database, name] = [value.slice(0, dot), value.slice(dot + 1)];
  if (value.includes('$')) throw new MongoError(20, `The name of a renamed collection cannot contain '$': ${value}`);
  checkDatabase(database);
  checkCollectionName(name);
  if (isSystem(name)) throw new MongoError(20, `Renaming system collections is not allowed: ${value}`);
  if (isTooLong(value)) throw new MongoError(20, `Fully qualified namespace is too long: ${value}`);
  return value;
}

/** Whether the target may go: `dropTarget` is a flag, or the UUID of the collection that is meant. */
function mayDropTarget(call: Call, from: string, to: string): boolean {
  const meant = call.body.get('dropTarget');
  if (!(meant instanceof Bin)) return flagField(call, 'dropTarget');
  if (meant.subtype !== 4 || meant.bytes.length !== 16)
    throw new MongoError(207, 'dropTarget as a UUID must be 16 bytes of binary subtype 4');
  if (databaseOf(from) !== databaseOf(to))
    throw new MongoError(72, 'dropTarget cannot be a UUID when a collection moves to another database');
  const uuid = call.engine.catalogue.get(to)?.uuid.replaceAll('-', '');
  if (uuid !== meant.bytes.toString('hex'))
    throw new MongoError(361, 'Collection UUID does not match that of the collection named by the target namespace');
  return true;
}

export async function renameCollection(call: Call): Promise<Doc> {
  const { catalogue } = call.engine;
  if (call.database !== 'admin')
    throw new MongoError(13, 'renameCollection may only be run against the admin database.');
  const [from, to] = [namespaceField(call, 'renameCollection'), namespaceField(call, 'to')];
  if (from === to) throw new MongoError(20, "Can't rename a collection to itself");
  if (to.startsWith('local.oplog.')) throw new MongoError(20, "Can't rename a collection to one of the oplog");
  const dropTarget = mayDropTarget(call, from, to);
  const source = catalogue.get(from);
  if (!source) throw new MongoError(26, `Source collection ${from} does not exist`);
  const target = catalogue.get(to);
  if (target && !dropTarget) throw new MongoError(48, `target namespace exists: ${to}`);
  const unit = new Unit();
  try {
    if (target) catalogue.drop(unit, target);
    catalogue.rename(unit, source, to);
  } catch (error) {
    unit.rollback();
    throw error;
  }
  await commit(call, unit);
  if (target) killCursorsOfDropped(call, target);
  call.engine.cursors.killThoseOf(source, `collection renamed from '${from}' to '${to}'. UUID ${source.uuid}`);
  return written(call);
}
