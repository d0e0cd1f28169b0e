import type { RecordedEvent } from '@app/kernel';
import { MongoBulkWriteError, type AnyBulkWriteOperation, type Collection } from 'mongodb';
import type { Projection } from './projection.js';

/** What is stored: the document, or its tombstone, and the position of the last event folded into it. */
export interface StoredDocument {
  readonly _id: string;
  readonly _v: string;
  readonly _deleted?: true;
}

export interface FoldFailure {
  readonly document: string;
  readonly event: RecordedEvent;
  readonly error: unknown;
}

/** Zero-padded, so that text order is log order. */
export const versionOf = ({ position }: Pick<RecordedEvent, 'position'>): string =>
  position.commit.toString().padStart(20, '0');

const mostRefolds = 20;
const duplicateKey = 11_000;

/** Events by document, in log order. */
export function byDocument(projection: Projection, events: readonly RecordedEvent[]): Map<string, RecordedEvent[]> {
  const groups = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    if (projection.on[event.type] === undefined) continue;
    for (const id of projection.documentIds(event)) {
      const group = groups.get(id);
      if (group === undefined) groups.set(id, [event]);
      else group.push(event);
    }
  }
  return groups;
}

/**
 * Folds what is newer than each document and writes one op per document, guarded by the version that was loaded.
 * A document that somebody else wrote meanwhile is loaded and folded again. Doing it twice changes nothing.
 * @returns the events whose fold threw; the events before them are written.
 */
export async function foldInto(
  collection: Collection<StoredDocument>,
  projection: Projection,
  groups: ReadonlyMap<string, readonly RecordedEvent[]>,
): Promise<readonly FoldFailure[]> {
  let pending = [...groups.keys()];
  const failures = new Map<string, FoldFailure>();
  for (let attempt = 0; pending.length > 0; attempt++) {
    if (attempt === mostRefolds) throw new Error(`${projection.name}: documents change faster than they can be folded`);
    const stored = new Map<string, StoredDocument>();
    for (const doc of await collection.find({ _id: { $in: pending } }).toArray()) stored.set(doc._id, doc);
    const operations: AnyBulkWriteOperation<StoredDocument>[] = [];
    const written: string[] = [];
    for (const id of pending) {
      const { next, failure } = foldOne(projection, id, stored.get(id), groups.get(id)!);
      if (failure !== undefined) failures.set(id, failure);
      if (next === undefined) continue;
      written.push(id);
      const before = stored.get(id);
      operations.push(
        before === undefined
          ? { insertOne: { document: next } }
          : { replaceOne: { filter: { _id: id, _v: before._v }, replacement: next } },
      );
    }
    if (operations.length === 0) break;
    pending = (await wroteAll(collection, operations)) ? [] : written;
  }
  return [...failures.values()];
}

function foldOne(
  projection: Projection,
  id: string,
  stored: StoredDocument | undefined,
  events: readonly RecordedEvent[],
): { readonly next?: StoredDocument; readonly failure?: FoldFailure } {
  let doc = stored === undefined || stored._deleted ? undefined : without(stored);
  let version = stored?._v ?? '';
  let folded = false;
  let failure: FoldFailure | undefined;
  for (const event of events) {
    const at = versionOf(event);
    if (at <= version) continue;
    try {
      doc = projection.on[event.type]!(doc, event, id);
    } catch (error) {
      failure = { document: id, event, error };
      break;
    }
    version = at;
    folded = true;
  }
  return {
    ...(failure === undefined ? {} : { failure }),
    ...(folded
      ? { next: doc === undefined ? { _id: id, _v: version, _deleted: true } : { ...doc, _id: id, _v: version } }
      : {}),
  };
}

const without = ({ _v, ...doc }: StoredDocument): { readonly _id: string } => doc;

async function wroteAll(
  collection: Collection<StoredDocument>,
  operations: AnyBulkWriteOperation<StoredDocument>[],
): Promise<boolean> {
  try {
    const { insertedCount, matchedCount } = await collection.bulkWrite(operations, { ordered: false });
    return insertedCount + matchedCount === operations.length;
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
    if (errors.some(({ code }) => code !== duplicateKey)) throw error;
    return false;
  }
}
