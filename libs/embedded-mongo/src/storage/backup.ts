import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '../codec/validate.js';
import { LmdbStore } from './store.js';

export interface Inventory {
  readonly collections: number;
  readonly documents: number;
  readonly sessions: number;
}

/** True when the folder is one of an embedded document store, or a backup of one. */
export function isEmbeddedMongo(directory: string): boolean {
  return existsSync(join(directory, 'data.mdb'));
}

function openToRead(directory: string): LmdbStore {
  if (!isEmbeddedMongo(directory)) throw new Error(`There is no embedded database in ${directory}.`);
  return new LmdbStore(directory, true);
}

function inventoryOf(store: LmdbStore): Inventory {
  const { collections, sessions, documents, complete } = store.load();
  let count = 0;
  for (const { id } of collections) {
    for (const { raw } of documents(id)) {
      validate(raw, 0, raw.length);
      count++;
    }
  }
  complete();
  return { collections: collections.length, documents: count, sessions: sessions.length };
}

/** Reads every record of a data folder, of a running server too. Throws `Damaged`, which says what and where. */
export async function verifyEmbeddedMongo(directory: string): Promise<Inventory> {
  const store = openToRead(directory);
  try {
    return inventoryOf(store);
  } finally {
    await store.close();
  }
}

/**
 * Copies a data folder as it is at one moment, while its server goes on writing, and verifies the copy. A restore is a
 * server started on the copy. @throws when `to` holds a database already.
 */
export async function backUpEmbeddedMongo(from: string, to: string): Promise<Inventory> {
  if (isEmbeddedMongo(to)) throw new Error(`There is an embedded database in ${to} already.`);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const store = openToRead(from);
  try {
    await store.copyTo(join(to, 'data.mdb'));
  } finally {
    await store.close();
  }
  return verifyEmbeddedMongo(to);
}
