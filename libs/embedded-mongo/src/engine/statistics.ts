import type { Plain } from '../codec/plain.js';
import type { Collection } from './collection.js';

/** What the storage adds to the bytes of a document: its key and its checksum. */
const RECORD_OVERHEAD = 11 + 4;

export interface Sizes {
  readonly count: number;
  /** Bytes of the documents. */
  readonly size: number;
  /** Bytes of the documents as they are stored. */
  readonly storageSize: number;
  /** Bytes of the keys of each index, in memory: indexes are not stored. */
  readonly indexSizes: { readonly [name: string]: number };
  readonly totalIndexSize: number;
}

export function sizesOf(collection: Collection): Sizes {
  const count = collection.records.size;
  let size = 0;
  for (const { raw } of collection.records.values()) size += raw.length;
  const indexSizes = Object.fromEntries(collection.indexes.map((index) => [index.definition.name, index.keys.bytes]));
  const totalIndexSize = Object.values(indexSizes).reduce((sum, bytes) => sum + bytes, 0);
  return { count, size, storageSize: size + count * RECORD_OVERHEAD, indexSizes, totalIndexSize };
}

/** A size in units of `scale` bytes, rounded down as MongoDB does. */
export function scaled(bytes: number, scale: number): Plain {
  const units = Math.floor(bytes / scale);
  return units > 0x7fffffff ? BigInt(units) : units;
}

/** What collStats and $collStats say of the storage of a collection. */
export function storageStats(collection: Collection, scale: number): { readonly [key: string]: Plain | undefined } {
  const { count, size, storageSize, indexSizes, totalIndexSize } = sizesOf(collection);
  return {
    size: scaled(size, scale),
    count,
    avgObjSize: count > 0 ? Math.round(size / count) : undefined,
    storageSize: scaled(storageSize, scale),
    freeStorageSize: 0,
    capped: false,
    nindexes: collection.indexes.length,
    indexBuilds: [],
    totalIndexSize: scaled(totalIndexSize, scale),
    totalSize: scaled(storageSize + totalIndexSize, scale),
    indexSizes: Object.fromEntries(Object.entries(indexSizes).map(([name, bytes]) => [name, scaled(bytes, scale)])),
    scaleFactor: scale,
  };
}
