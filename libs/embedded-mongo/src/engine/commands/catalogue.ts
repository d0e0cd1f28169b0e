import { compareValues } from '../../codec/compare.js';
import { doc, type Plain } from '../../codec/plain.js';
import { roundedTowardZero } from '../../codec/rounding.js';
import { Arr, Bin, Doc, isNumeric, type Value } from '../../codec/values.js';
import { databaseOf } from '../catalogue.js';
import { ID_INDEX, type Collection } from '../collection.js';
import { fromList } from '../cursors.js';
import { badValue, MongoError } from '../errors.js';
import { show, type Index, type IndexDefinition } from '../index-definition.js';
import { definitionDoc, holdTheSame, parseIndex } from '../index-specification.js';
import { parseFilter, refuseCollation } from '../matcher.js';
import { Unit } from '../unit.js';
import {
  arrayField,
  collectionName,
  docField,
  firstBatchSize,
  flagField,
  missing,
  openCursor,
  reply,
  type Call,
} from './context.js';
import { writeConcernProblem } from './concerns.js';

export async function commit(call: Call, unit: Unit): Promise<void> {
  call.engine.committer.refuseIfFailed();
  await call.engine.committer.commit(unit);
}

function existing(call: Call, namespace: string): Collection {
  const collection = call.engine.catalogue.get(namespace);
  if (!collection) throw new MongoError(26, `ns does not exist: ${namespace}`);
  return collection;
}

export function written(call: Call, fields: { readonly [key: string]: Plain | undefined } = {}): Doc {
  return reply({ ...fields, writeConcernError: writeConcernProblem(call.body) });
}

export async function create(call: Call): Promise<Doc> {
  const collation = call.body.get('collation');
  if (collation instanceof Doc && collation.fields.size === 0)
    throw new MongoError(40414, "BSON field 'create.collation.locale' is missing but a required field");
  refuseCollation(collation);
  const namespace = collectionName(call);
  // Every collection has the same options, and one that is there with the same options is no error.
  if (call.engine.catalogue.get(namespace)) return written(call);
  const unit = new Unit();
  call.engine.catalogue.create(unit, namespace);
  await commit(call, unit);
  return written(call);
}

/** Cursors outlive a drop that could not be written. */
export function killCursorsOfDropped(call: Call, collection: Collection): void {
  call.engine.cursors.killThoseOf(collection, `collection dropped. UUID ${collection.uuid}`);
}

export async function drop(call: Call): Promise<Doc> {
  const namespace = collectionName(call);
  const collection = call.engine.catalogue.get(namespace);
  if (!collection) return written(call);
  const unit = new Unit();
  const nIndexesWas = collection.indexes.length;
  call.engine.catalogue.drop(unit, collection);
  await commit(call, unit);
  killCursorsOfDropped(call, collection);
  return written(call, { nIndexesWas, ns: namespace });
}

export async function dropDatabase(call: Call): Promise<Doc> {
  if (call.database === 'admin') throw new MongoError(20, "Dropping the 'admin' database is prohibited.");
  const value = call.body.get('dropDatabase') ?? null;
  if (value === null) throw missing('dropDatabase', 'dropDatabase');
  if (!isNumeric(value))
    throw new MongoError(14, "BSON field 'dropDatabase.dropDatabase' is the wrong type, expected type 'int'");
  if (roundedTowardZero(value) !== 1) throw new MongoError(5255100, 'have to pass 1 as db parameter');
  const unit = new Unit();
  const dropped = call.engine.catalogue.in(call.database);
  for (const collection of dropped) call.engine.catalogue.drop(unit, collection);
  await commit(call, unit);
  for (const collection of dropped) killCursorsOfDropped(call, collection);
  return written(call);
}

function isIdIndex(definition: IndexDefinition): boolean {
  return compareValues(definition.pattern, ID_INDEX.pattern) === 0;
}

const MAX_INDEXES = 64;

/** Whether the same index exists already; one of the same name or keys that differs otherwise is an error. */
function alreadyThere(collection: Collection, wanted: IndexDefinition): boolean {
  if (isIdIndex(wanted)) return true;
  const compared = (definition: IndexDefinition): string =>
    `Requested index: ${show(definitionDoc(wanted))}, existing index: ${show(definitionDoc(definition))}`;
  for (const { definition } of collection.indexes) {
    const sameKeys = compareValues(definition.pattern, wanted.pattern) === 0;
    const sameName = definition.name === wanted.name;
    if (sameKeys && holdTheSame(definition, wanted)) {
      if (definition.expireAfterSeconds !== wanted.expireAfterSeconds) {
        throw new MongoError(85, `An equivalent index already exists with different options. ${compared(definition)}`);
      }
      if (sameName) return true;
      throw new MongoError(85, `Index already exists with a different name: ${definition.name}`);
    }
    if (sameName) {
      throw new MongoError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. ${compared(definition)}`,
      );
    }
  }
  if (collection.indexes.length >= MAX_INDEXES)
    throw new MongoError(
      67,
      `add index fails, too many indexes for ${collection.namespace} key:${show(wanted.pattern)}`,
    );
  return false;
}

export async function createIndexes(call: Call): Promise<Doc> {
  const { catalogue } = call.engine;
  const namespace = collectionName(call);
  const wanted = arrayField(call, 'indexes').map(parseIndex);
  if (wanted.length === 0) throw badValue('Must specify at least one index to create');
  const unit = new Unit();
  const createdCollectionAutomatically = catalogue.get(namespace) === undefined;
  const numIndexesBefore = catalogue.get(namespace)?.indexes.length ?? 1;
  let collection: Collection;
  try {
    collection = catalogue.getOrCreate(unit, namespace);
    for (const definition of wanted) {
      if (!alreadyThere(collection, definition)) catalogue.addIndex(unit, collection, definition);
    }
  } catch (error) {
    unit.rollback();
    throw error;
  }
  await commit(call, unit);
  const numIndexesAfter = collection.indexes.length;
  const note = numIndexesAfter === numIndexesBefore ? 'all indexes already exist' : undefined;
  return written(call, { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, note });
}

export function listIndexes(call: Call): Doc {
  const namespace = collectionName(call);
  const documents = existing(call, namespace).indexes.map((index) => definitionDoc(index.definition));
  return openCursor(
    call,
    fromList(documents, (item) => item),
    { namespace, size: firstBatchSize(call) },
  );
}

function indexesMeant(collection: Collection, name: Value | undefined): Index[] {
  if (name === '*') return collection.indexes.slice(1);
  if (name === undefined) throw missing('dropIndexes', 'index');
  if (typeof name !== 'string' && !(name instanceof Doc))
    throw new MongoError(
      14,
      "BSON field 'dropIndexes.index' is the wrong type, expected type 'string', 'object' or 'array'",
    );
  const found = collection.indexes.filter(({ definition }) =>
    name instanceof Doc ? compareValues(definition.pattern, name) === 0 : definition.name === name,
  );
  if (found.length === 0) throw new MongoError(27, `index not found with name [${show(name)}]`);
  if (found.length > 1) throw new MongoError(181, `${found.length} indexes found for key ${show(name)}, drop by name`);
  if (found[0] === collection.idIndex) throw new MongoError(72, 'cannot drop _id index');
  return found;
}

export async function dropIndexes(call: Call): Promise<Doc> {
  const { catalogue } = call.engine;
  const collection = existing(call, collectionName(call));
  const wanted = call.body.get('index');
  const nIndexesWas = collection.indexes.length;
  const chosen = (wanted instanceof Arr ? wanted.items : [wanted]).flatMap((name) => indexesMeant(collection, name));
  if (new Set(chosen).size < chosen.length) throw new MongoError(27, 'an index is named twice');
  const unit = new Unit();
  for (const index of new Set(chosen)) catalogue.removeIndex(unit, collection, index);
  await commit(call, unit);
  return written(call, { nIndexesWas });
}

export function listCollections(call: Call): Doc {
  const filter = parseFilter(docField(call, 'filter') ?? doc({}));
  const nameOnly = flagField(call, 'nameOnly');
  const documents = call.engine.catalogue
    .in(call.database)
    .map((collection) => {
      const name = collection.namespace.slice(call.database.length + 1);
      const uuid = new Bin(4, Buffer.from(collection.uuid.replaceAll('-', ''), 'hex'));
      return doc({
        name,
        type: 'collection',
        options: {},
        info: { readOnly: false, uuid },
        idIndex: definitionDoc(ID_INDEX),
      });
    })
    .map((item) => (nameOnly ? doc({ name: item.get('name'), type: 'collection' }) : item))
    .filter((item) => filter.test(item));
  const namespace = `${call.database}.$cmd.listCollections`;
  return openCursor(
    call,
    fromList(documents, (item) => item),
    { namespace, size: firstBatchSize(call) },
  );
}

/** Every server has these; here the last two are empty until somebody writes to them. */
const DATABASES_OF_EVERY_SERVER = ['admin', 'config', 'local'];

export function listDatabases(call: Call): Doc {
  if (call.database !== 'admin') throw new MongoError(13, 'listDatabases may only be run against the admin database.');
  const filter = parseFilter(docField(call, 'filter') ?? doc({}));
  const collections = call.engine.catalogue.all();
  const filled = new Set(collections.map(({ namespace }) => databaseOf(namespace)));
  const sizes = new Map([...DATABASES_OF_EVERY_SERVER, ...filled].sort().map((name) => [name, 0]));
  for (const { namespace, records } of collections) {
    const name = databaseOf(namespace);
    let bytes = sizes.get(name) ?? 0;
    for (const { raw } of records.values()) bytes += raw.length;
    sizes.set(name, bytes);
  }
  const nameOnly = flagField(call, 'nameOnly');
  const databases = [...sizes]
    .map(([name, bytes]) => doc({ name, sizeOnDisk: BigInt(bytes), empty: !filled.has(name) }))
    .map((item) => (nameOnly ? doc({ name: item.get('name') }) : item))
    .filter((item) => filter.test(item));
  if (nameOnly) return reply({ databases });
  const total = databases.reduce((sum, item) => sum + (item.get('sizeOnDisk') as bigint), 0n);
  return reply({ databases, totalSize: total, totalSizeMb: total / 1048576n });
}
