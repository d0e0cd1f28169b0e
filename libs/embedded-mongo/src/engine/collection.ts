import { randomUUID } from 'node:crypto';
import { encodeKey } from '../codec/key.js';
import { doc } from '../codec/plain.js';
import { Arr, Doc, Regex, UNDEFINED, type Value } from '../codec/values.js';
import { MAX_DOCUMENT, MongoError, tooLarge } from './errors.js';
import { duplicateKey, Index, type IndexDefinition } from './index-definition.js';
import { parsed, type Stored } from './records.js';
import type { Unit } from './unit.js';

export const ID_INDEX: IndexDefinition = {
  name: '_id_',
  fields: [{ name: '_id', path: ['_id'], descending: false }],
  pattern: doc({ _id: 1 }),
  unique: true,
  sparse: false,
};

/** The documents of one collection and their indexes, in memory; every change is also written to its unit. */
export class Collection {
  readonly records = new Map<number, Stored>();
  readonly indexes: Index[];
  private nextRid = 1;

  constructor(
    readonly id: number,
    public namespace: string,
    readonly uuid: string = randomUUID(),
    definitions: readonly IndexDefinition[] = [],
  ) {
    this.indexes = [ID_INDEX, ...definitions].map((definition) => new Index(definition));
  }

  get idIndex(): Index {
    return this.indexes[0] as Index;
  }

  load(rid: number, raw: Buffer): void {
    this.records.set(rid, { rid, raw });
    this.nextRid = Math.max(this.nextRid, rid + 1);
  }

  loaded(): void {
    for (const index of this.indexes) index.rebuild(this.records);
  }

  insert(unit: Unit, document: Doc): void {
    const rid = this.nextRid;
    this.checkSize(document);
    const keys = this.keysFor(document, rid);
    this.nextRid++;
    const stored = { rid, raw: document.bytes };
    this.records.set(rid, stored);
    this.indexes.forEach((index, i) => index.add(keys[i] as string[], rid));
    unit.insert(this.id, rid, stored.raw);
    unit.onRollback(() => {
      this.records.delete(rid);
      this.indexes.forEach((index, i) => index.remove(keys[i] as string[], rid));
    });
  }

  /** The same document in another version: its `_id` is the same, so only the other indexes are looked at. */
  replace(unit: Unit, before: Stored, document: Doc): void {
    const { rid } = before;
    this.checkSize(document);
    const old = parsed(before);
    const moves: { readonly index: Index; readonly from: readonly string[]; readonly to: readonly string[] }[] = [];
    for (const index of this.indexes) {
      if (index === this.idIndex) continue;
      const from = index.keysOf(old);
      const to = index.keysOf(document);
      if (sameKeys(from, to)) continue;
      this.refuseConflict(index, document, to, rid);
      moves.push({ index, from, to });
    }
    for (const { index, from, to } of moves) index.move(from, to, rid);
    this.records.set(rid, { rid, raw: document.bytes });
    unit.replace(this.id, rid, document.bytes);
    unit.onRollback(() => {
      for (const { index, from, to } of moves) if (this.indexes.includes(index)) index.move(to, from, rid);
      this.records.set(rid, before);
    });
  }

  remove(unit: Unit, stored: Stored): void {
    const document = parsed(stored);
    const keys = this.indexes.map((index) => index.keysOf(document));
    this.records.delete(stored.rid);
    this.indexes.forEach((index, i) => index.remove(keys[i] as string[], stored.rid));
    unit.delete(this.id, stored.rid);
    unit.onRollback(() => {
      this.records.set(stored.rid, stored);
      this.indexes.forEach((index, i) => index.add(keys[i] as string[], stored.rid));
    });
  }

  byId(id: Value): Stored | undefined {
    const rid = this.idIndex.find(encodeKey(id));
    return rid === undefined ? undefined : this.records.get(rid);
  }

  createIndex(unit: Unit, definition: IndexDefinition): void {
    const index = new Index(definition);
    try {
      index.rebuild(this.records);
    } catch (error) {
      if (!(error instanceof MongoError) || error.code !== 11000) throw error;
      throw new MongoError(
        error.code,
        error.message.replace('collection: ', `collection: ${this.namespace}`),
        error.extra,
      );
    }
    this.indexes.push(index);
    unit.onRollback(() => this.indexes.splice(this.indexes.indexOf(index), 1));
  }

  dropIndex(unit: Unit, index: Index): void {
    const at = this.indexes.indexOf(index);
    this.indexes.splice(at, 1);
    unit.onRollback(() => this.indexes.splice(at, 0, index));
  }

  private checkSize(document: Doc): void {
    if (document.bytes.length > MAX_DOCUMENT) throw tooLarge(document.bytes.length);
  }

  private keysFor(document: Doc, rid: number): string[][] {
    return this.indexes.map((index) => {
      const keys = index.keysOf(document);
      this.refuseConflict(index, document, keys, rid);
      return keys;
    });
  }

  private refuseConflict(index: Index, document: Doc, keys: readonly string[], rid: number): void {
    const conflict = index.definition.unique ? index.conflict(keys, rid) : undefined;
    if (conflict !== undefined) throw duplicateKey(this.namespace, index.definition, document, conflict);
  }
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, i) => key === b[i]);
}

export function checkId(id: Value): void {
  if (id instanceof Arr) throw new MongoError(53, "The '_id' value cannot be of type array");
  if (id instanceof Regex) throw new MongoError(53, "The '_id' value cannot be of type regex");
  if (id === UNDEFINED) throw new MongoError(53, "The '_id' value cannot be of type undefined");
  if (id instanceof Doc) {
    for (const name of id.fields.keys()) {
      if (name.startsWith('$'))
        throw new MongoError(52, `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`);
    }
  }
}
