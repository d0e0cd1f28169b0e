import { compareValues } from '../../codec/compare.js';
import { doc, type Plain } from '../../codec/plain.js';
import { roundedTowardZero } from '../../codec/rounding.js';
import { Arr, Bin, Doc, isNumeric, type Value } from '../../codec/values.js';
import { checkCollectionName, checkDatabase } from '../catalogue.js';
import { ID_INDEX, type Collection } from '../collection.js';
import { fromList } from '../cursors.js';
import { badValue, MongoError } from '../errors.js';
import { show, type Index, type IndexDefinition } from '../index-definition.js';
import { definitionDoc, holdTheSame, parseIndex } from '../index-specification.js';
import { parseFilter, refuseCollation } from '../matcher.js';
import { Unit } from '../unit.js';
import { arrayField, collectionName, docField, firstBatchSize, flagField, reply, type Call } from './context.js';
import { writeConcernProblem } from './concerns.js';

async function commit(call: Call, unit: Unit): Promise<void> {
  call.engine.committer.refuseIfFailed();
  await call.engine.committer.commit(unit);
}

function existing(call: Call, namespace: string): Collection {
  const collection = call.engine.catalogue.get(namespace);
  if (!collection) throw new MongoError(26, `ns does not exist: ${namespace}`);
  return collection;
}

function written(call: Call, fields: { readonly [key: string]: Plain | undefined } = {}): Doc {
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

export async function drop(call: Call): Promise<Doc> {
  const namespace = collectionName(call);
  const collection = call.engine.catalogue.get(namespace);
  if (!collection) return written(call);
  const unit = new Unit();
  const nIndexesWas = collection.indexes.length;
  call.engine.catalogue.drop(unit, collection);
  await commit(call, unit);
  return written(call, { nIndexesWas, ns: namespace });
}

export async function dropDatabase(call: Call): Promise<Doc> {
  if (call.database === 'admin') throw new MongoError(20, "Dropping the 'admin' database is prohibited.");
  const value = call.body.get('dropDatabase') ?? null;
  if (!isNumeric(value))
    throw new MongoError(14, "BSON field 'dropDatabase.dropDatabase' is the wrong type, expected type 'int'");
  if (roundedTowardZero(value) !== 1) throw new MongoError(5255100, 'have to pass 1 as db parameter');
  const unit = new Unit();
  const collections = call.engine.catalogue.in(call.database);
  for (const collection of collections) call.engine.catalogue.drop(unit, collection);
  await commit(call, unit);
  return written(call, collections.length > 0 ? { dropped: call.database } : {});
}

function namespaceField(call: Call, field: string): string {
  const value = call.body.get(field) ?? null;
  if (value === null)
    throw new MongoError(40414, `BSON field 'renameCollection.${field}' is missing but a required field`);
  if (typeof value !== 'string')
    throw new MongoError(14, `BSON field 'renameCollection.${field}' is the wrong type, expected type 'string'`);
  const dot = value.indexOf('.');
  if (dot < 0) throw new MongoError(73, `Invalid namespace specified '${value}'`);
  checkDatabase(value.slice(0, dot));
  checkCollectionName(value.slice(dot + 1));
  return value;
}

export async function renameCollection(call: Call): Promise<Doc> {
  const { catalogue } = call.engine;
  if (call.database !== 'admin')
    throw new MongoError(13, 'renameCollection may only be run against the admin database.');
  const [from, to] = [namespaceField(call, 'renameCollection'), namespaceField(call, 'to')];
  if (from === to) throw new MongoError(20, "Can't rename a collection to itself");
  const source = catalogue.get(from);
  if (!source) throw new MongoError(26, `Source collection ${from} does not exist`);
  const target = catalogue.get(to);
  if (target && !flagField(call, 'dropTarget')) throw new MongoError(48, `target namespace exists: ${to}`);
  const unit = new Unit();
  try {
    if (target) catalogue.drop(unit, target);
    catalogue.rename(unit, source, to);
  } catch (error) {
    unit.rollback();
    throw error;
  }
  await commit(call, unit);
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
  const answer = call.engine.cursors.start(
    namespace,
    fromList(documents, (item) => item),
    firstBatchSize(call),
  );
  return reply(Object.fromEntries(answer.fields));
}

function indexesMeant(collection: Collection, name: Value | undefined): Index[] {
  if (name === '*') return collection.indexes.slice(1);
  if (name === undefined) throw new MongoError(40414, "BSON field 'dropIndexes.index' is missing but a required field");
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
  const answer = call.engine.cursors.start(
    namespace,
    fromList(documents, (item) => item),
    firstBatchSize(call),
  );
  return reply(Object.fromEntries(answer.fields));
}

export function listDatabases(call: Call): Doc {
  if (call.database !== 'admin') throw new MongoError(13, 'listDatabases may only be run against the admin database.');
  const filter = parseFilter(docField(call, 'filter') ?? doc({}));
  const sizes = new Map<string, number>();
  for (const { namespace, records } of call.engine.catalogue.all()) {
    const name = namespace.slice(0, namespace.indexOf('.'));
    let bytes = sizes.get(name) ?? 0;
    for (const { raw } of records.values()) bytes += raw.length;
    sizes.set(name, bytes);
  }
  const nameOnly = flagField(call, 'nameOnly');
  const databases = [...sizes]
    .map(([name, bytes]) => doc({ name, sizeOnDisk: BigInt(bytes), empty: false }))
    .map((item) => (nameOnly ? doc({ name: item.get('name') }) : item))
    .filter((item) => filter.test(item));
  if (nameOnly) return reply({ databases });
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  return reply({ databases, totalSize: BigInt(total), totalSizeMb: BigInt(Math.floor(total / 1048576)) });
}
