import { doc } from '../codec/plain.js';
import { Arr, Doc } from '../codec/values.js';
import { Collection } from './collection.js';
import { MongoError } from './errors.js';
import { definitionDoc, parseIndex } from './index-specification.js';
import type { Index, IndexDefinition } from './index-definition.js';
import { SYSTEM_VERSION, systemVersion } from './system-version.js';
import type { Unit } from './unit.js';
import type { Contents } from '../storage/store.js';

const MAX_NAMESPACE_BYTES = 255;

/** Which collections exist. Names are full namespaces: database, dot, collection. */
export class Catalogue {
  private readonly collections = new Map([[SYSTEM_VERSION, systemVersion()]]);
  private nextId = 1;

  constructor(contents: Contents) {
    for (const { id, raw } of contents.collections) {
      const entry = new Doc(raw);
      const indexes = entry.get('indexes');
      const namespace = entry.get('ns');
      const uuid = entry.get('uuid');
      if (typeof namespace !== 'string' || typeof uuid !== 'string' || !(indexes instanceof Arr)) {
        throw new Error('The stored catalogue is damaged');
      }
      const collection = new Collection(id, namespace, uuid, indexes.items.map(parseIndex));
      for (const { rid, raw: document } of contents.documents(id)) collection.load(rid, document);
      collection.loaded();
      this.collections.set(namespace, collection);
      this.nextId = Math.max(this.nextId, id + 1);
    }
    contents.complete();
  }

  get(namespace: string): Collection | undefined {
    return this.collections.get(namespace);
  }

  all(): Collection[] {
    return [...this.collections.values()].sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
  }

  in(database: string): Collection[] {
    return this.all().filter((collection) => collection.namespace.startsWith(`${database}.`));
  }

  create(unit: Unit, namespace: string): Collection {
    checkNamespace(namespace);
    this.refuseOtherCase(namespace);
    const collection = new Collection(this.nextId++, namespace);
    this.collections.set(namespace, collection);
    this.save(unit, collection);
    unit.onRollback(() => this.collections.delete(namespace));
    return collection;
  }

  getOrCreate(unit: Unit, namespace: string): Collection {
    return this.get(namespace) ?? this.create(unit, namespace);
  }

  drop(unit: Unit, collection: Collection): void {
    this.collections.delete(collection.namespace);
    unit.write({ kind: 'wipe', collection: collection.id });
    unit.write({ kind: 'collection', collection: collection.id, raw: undefined });
    unit.onRollback(() => this.collections.set(collection.namespace, collection));
  }

  rename(unit: Unit, collection: Collection, to: string): void {
    checkNamespace(to);
    this.refuseOtherCase(to);
    const from = collection.namespace;
    const move = (before: string, after: string): void => {
      this.collections.delete(before);
      collection.namespace = after;
      this.collections.set(after, collection);
    };
    move(from, to);
    this.save(unit, collection);
    unit.onRollback(() => move(to, from));
  }

  addIndex(unit: Unit, collection: Collection, definition: IndexDefinition): void {
    collection.createIndex(unit, definition);
    this.save(unit, collection);
  }

  removeIndex(unit: Unit, collection: Collection, index: Index): void {
    collection.dropIndex(unit, index);
    this.save(unit, collection);
  }

  /** Names of databases that differ in case only would be one folder on some systems, so MongoDB allows one of them. */
  private refuseOtherCase(namespace: string): void {
    const wanted = databaseOf(namespace);
    for (const known of this.collections.keys()) {
      const name = databaseOf(known);
      if (name !== wanted && name.toLowerCase() === wanted.toLowerCase())
        throw new MongoError(
          13297,
          `db already exists with different case already have: [${name}] trying to create [${wanted}]`,
        );
    }
  }

  private save(unit: Unit, collection: Collection): void {
    const indexes = collection.indexes.slice(1).map((index) => definitionDoc(index.definition));
    const entry = doc({ ns: collection.namespace, uuid: collection.uuid, indexes });
    unit.write({ kind: 'collection', collection: collection.id, raw: entry.bytes });
  }
}

export function checkCollectionName(name: string): void {
  if (name === '' || name.startsWith('.') || name.includes('\0') || name.includes('$'))
    throw new MongoError(73, `Invalid collection name: ${name}`);
}

export function databaseOf(namespace: string): string {
  return namespace.slice(0, namespace.indexOf('.'));
}

export function isSystem(collectionName: string): boolean {
  return collectionName.startsWith('system.');
}

export function isTooLong(namespace: string): boolean {
  return Buffer.byteLength(namespace) > MAX_NAMESPACE_BYTES;
}

function checkNamespace(namespace: string): void {
  const dot = namespace.indexOf('.');
  const name = namespace.slice(dot + 1);
  checkCollectionName(name);
  if (isSystem(name))
    throw new MongoError(73, `Invalid system namespace: ${namespace}; the embedded server keeps no such collections`);
  if (isTooLong(namespace)) throw new MongoError(73, `Fully qualified namespace is too long: ${namespace}`);
}

export function checkDatabase(name: string): void {
  if (name === '' || name.length > 63 || /[/\\. "$\0]/.test(name))
    throw new MongoError(73, `Invalid database name: '${name}'`);
}
