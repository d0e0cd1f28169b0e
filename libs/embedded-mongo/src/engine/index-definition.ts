import { compoundKey, HIGH } from '../codec/key.js';
import { doc } from '../codec/plain.js';
import { Arr, Doc, type Value } from '../codec/values.js';
import { MongoError } from './errors.js';
import type { Filter } from './matcher.js';
import { keyTuples, type Path } from './path.js';
import { SortedKeys } from './sorted-keys.js';
import { parsed, type Stored } from './records.js';

export interface IndexDefinition {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly path: Path; readonly descending: boolean }[];
  readonly pattern: Doc;
  readonly unique: boolean;
  readonly sparse: boolean;
  /** Only documents that match are in the index. */
  readonly partial?: { readonly expression: Doc; readonly filter: Filter };
  /** Documents are deleted so long after the date in the indexed field. */
  readonly expireAfterSeconds?: number;
}

/** Bytes of the record number at the end of each key: it makes the keys of an index differ from each other. */
const SUFFIX = 6;

function ridSuffix(rid: number): string {
  const high = Math.floor(rid / 0x1000000);
  return String.fromCharCode(
    (high >>> 16) & 255,
    (high >>> 8) & 255,
    high & 255,
    (rid >>> 16) & 255,
    (rid >>> 8) & 255,
    rid & 255,
  );
}

function ridOf(key: string): number {
  let rid = 0;
  for (let i = key.length - SUFFIX; i < key.length; i++) rid = rid * 256 + key.charCodeAt(i);
  return rid;
}

/** An index over the records of one collection, held in memory and rebuilt from the records at start. */
export class Index {
  readonly multikey: boolean[];
  private sorted = new SortedKeys();
  private readonly paths: readonly Path[];
  private readonly descending: readonly boolean[];

  constructor(readonly definition: IndexDefinition) {
    this.paths = definition.fields.map((field) => field.path);
    this.descending = definition.fields.map((field) => field.descending);
    this.multikey = definition.fields.map(() => false);
  }

  get size(): number {
    return this.sorted.size;
  }

  get keys(): SortedKeys {
    return this.sorted;
  }

  /** Keys of a document, without the record suffix. */
  keysOf(document: Doc): string[] {
    const { sparse, partial } = this.definition;
    if (partial && !partial.filter.test(document)) return [];
    const plain = this.plainValues(document);
    if (plain) {
      if (sparse && plain.every((value) => value === undefined)) return [];
      return [this.keyOf(plain)];
    }
    const { tuples, arrays } = keyTuples(document, this.paths, (message) => new MongoError(171, message));
    arrays.forEach((isArray, field) => {
      if (isArray) this.multikey[field] = true;
    });
    const keys = new Set<string>();
    for (const tuple of tuples) {
      if (sparse && tuple.every((value) => value === undefined)) continue;
      keys.add(this.keyOf(tuple));
    }
    return [...keys];
  }

  private keyOf(tuple: readonly (Value | undefined)[]): string {
    return compoundKey(
      tuple.map((value) => value ?? null),
      this.descending,
    );
  }

  /** The one tuple of a document that holds no array on the way; undefined when it holds one. */
  private plainValues(document: Doc): (Value | undefined)[] | undefined {
    const values: (Value | undefined)[] = [];
    for (const path of this.paths) {
      let value: Value | undefined = document;
      for (const part of path) {
        value = value instanceof Doc ? value.get(part) : undefined;
        if (value instanceof Arr) return undefined;
      }
      values.push(value);
    }
    return values;
  }

  /** The record that already holds one of `keys` in a unique index. */
  conflict(keys: readonly string[], rid: number): string | undefined {
    for (const key of keys) {
      const found = this.sorted.first(key);
      if (!found || !found.key.startsWith(key)) continue;
      if (found.rid !== rid) return key;
      const next = this.sorted.first(key + ridSuffix(rid) + '\0');
      if (next?.key.startsWith(key)) return key;
    }
    return undefined;
  }

  find(key: string): number | undefined {
    const found = this.sorted.first(key);
    return found?.key.startsWith(key) ? found.rid : undefined;
  }

  add(keys: readonly string[], rid: number): void {
    const suffix = ridSuffix(rid);
    for (const key of keys) this.sorted.insert(key + suffix, rid);
  }

  remove(keys: readonly string[], rid: number): void {
    const suffix = ridSuffix(rid);
    for (const key of keys) this.sorted.remove(key + suffix);
  }

  move(from: readonly string[], to: readonly string[], rid: number): void {
    this.remove(from, rid);
    this.add(to, rid);
  }

  /** Sorts all keys at once, which costs a fraction of inserting them one by one. */
  rebuild(records: ReadonlyMap<number, Stored>): void {
    const keys: string[] = [];
    for (const stored of records.values()) {
      const suffix = ridSuffix(stored.rid);
      for (const key of this.keysOf(parsed(stored))) keys.push(key + suffix);
    }
    keys.sort();
    if (this.definition.unique) this.refuseDuplicates(keys, records);
    this.sorted = SortedKeys.fromSorted(keys, keys.map(ridOf));
  }

  private refuseDuplicates(keys: readonly string[], records: ReadonlyMap<number, Stored>): void {
    for (let i = 1; i < keys.length; i++) {
      const [before, key] = [keys[i - 1] as string, keys[i] as string];
      const own = key.slice(0, -SUFFIX);
      if (before.length !== key.length || !before.startsWith(own)) continue;
      const stored = records.get(ridOf(key));
      if (stored) throw duplicateKey('', this.definition, parsed(stored), own);
    }
  }

  scan(low: string, high: string, reverse: boolean): Generator<number> {
    return this.sorted.scan(low, high, reverse);
  }

  scanAll(reverse: boolean): Generator<number> {
    return this.sorted.scan('', HIGH, reverse);
  }

  /** The values behind one key of a document, named by field: what a duplicate key error reports. */
  valuesFor(document: Doc, key: string): Doc {
    const { tuples } = keyTuples(document, this.paths, (message) => new MongoError(171, message));
    const tuple = tuples.find((values) => this.keyOf(values) === key);
    const entries = this.definition.fields.map((field, i): [string, Value] => [field.name, tuple?.[i] ?? null]);
    return Doc.of(entries);
  }
}

export function duplicateKey(namespace: string, definition: IndexDefinition, document: Doc, key: string): MongoError {
  const values = new Index(definition).valuesFor(document, key);
  const shown = [...values.fields].map(([name, value]) => `${name}: ${show(value)}`).join(', ');
  return new MongoError(
    11000,
    `E11000 duplicate key error collection: ${namespace} index: ${definition.name} dup key: { ${shown} }`,
    doc({ keyPattern: definition.pattern, keyValue: values }),
  );
}

export function show(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Doc) {
    return `{ ${[...value.fields].map(([name, item]) => `${name}: ${show(item)}`).join(', ')} }`;
  }
  if ('items' in value) return `[ ${value.items.map(show).join(', ')} ]`;
  if ('ms' in value) return `new Date(${value.ms})`;
  if ('value' in value) return String(value.value);
  if ('pattern' in value) return `/${value.pattern}/${value.options}`;
  return 'subtype' in value
    ? `BinData(${value.subtype}, ${value.bytes.toString('hex')})`
    : `ObjectId('${value.bytes.toString('hex')}')`;
}
