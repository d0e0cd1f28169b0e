import { compoundKey, HIGH } from '../codec/key.js';
import { doc } from '../codec/plain.js';
import { Doc, type Value } from '../codec/values.js';
import { MongoError } from './errors.js';
import type { Filter } from './matcher.js';
import { keyTuples, type Path } from './path.js';
import { SortedKeys } from './sorted-keys.js';
import type { Stored } from './records.js';

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

/** An index over the records of one collection, held in memory and rebuilt from the records at start. */
export class Index {
  readonly multikey: boolean[];
  private sorted = new SortedKeys();
  private readonly paths: readonly Path[];
  private readonly descending: readonly boolean[];
  private readonly onlyTopLevelField: string | undefined;

  constructor(readonly definition: IndexDefinition) {
    this.paths = definition.fields.map((field) => field.path);
    this.descending = definition.fields.map((field) => field.descending);
    this.multikey = definition.fields.map(() => false);
    const [only] = this.paths;
    this.onlyTopLevelField = this.paths.length === 1 && only?.length === 1 ? only[0] : undefined;
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
    if (this.onlyTopLevelField !== undefined) {
      const value = document.get(this.onlyTopLevelField);
      if (value === undefined) return sparse ? [] : [compoundKey([null], this.descending)];
      if (typeof value !== 'object' || value === null || !('items' in value)) {
        return [compoundKey([value], this.descending)];
      }
    }
    const { tuples, arrays } = keyTuples(document, this.paths, (message) => new MongoError(171, message));
    arrays.forEach((isArray, field) => {
      if (isArray) this.multikey[field] = true;
    });
    const keys = new Set<string>();
    for (const tuple of tuples) {
      if (sparse && tuple.every((value) => value === undefined)) continue;
      keys.add(
        compoundKey(
          tuple.map((value) => value ?? null),
          this.descending,
        ),
      );
    }
    return [...keys];
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

  rebuild(records: Iterable<Stored>, parse: (stored: Stored) => Doc): void {
    const entries: { key: string; rid: number }[] = [];
    for (const stored of records) {
      const suffix = ridSuffix(stored.rid);
      for (const key of this.keysOf(parse(stored))) entries.push({ key: key + suffix, rid: stored.rid });
    }
    entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    if (this.definition.unique) this.refuseDuplicates(entries, records, parse);
    this.sorted = SortedKeys.fromSorted(
      entries.map((entry) => entry.key),
      entries.map((entry) => entry.rid),
    );
  }

  private refuseDuplicates(
    entries: readonly { key: string; rid: number }[],
    records: Iterable<Stored>,
    parse: (stored: Stored) => Doc,
  ): void {
    for (let i = 1; i < entries.length; i++) {
      const [before, entry] = [entries[i - 1], entries[i]];
      if (!before || !entry || before.key.slice(0, -6) !== entry.key.slice(0, -6)) continue;
      for (const stored of records) {
        if (stored.rid === entry.rid) throw duplicateKey('', this.definition, parse(stored), entry.key.slice(0, -6));
      }
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
    const tuple = tuples.find(
      (values) =>
        compoundKey(
          values.map((value) => value ?? null),
          this.descending,
        ) === key,
    );
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
