import type { RecordedEvent } from '@app/kernel';
import { BSON, MongoBulkWriteError, MongoInvalidArgumentError, type Collection, type WriteError } from 'mongodb';
import type { Projection } from './projection.js';

/** What is stored: the document, or its tombstone, and the position of the last event folded into it. */
export interface StoredDocument {
  readonly _id: string;
  readonly _v: string;
  readonly _deleted?: true;
}

/** `event` could not be folded into `document`, or what came of it could not be written. */
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
/** BadValue, FailedToParse, DocumentValidationFailure, BSONObjectTooLarge, KeyTooLong. */
const documentFaults = new Set([2, 9, 121, 10_334, 17_280]);

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

interface Change {
  readonly id: string;
  readonly before: StoredDocument | undefined;
  readonly next: StoredDocument;
}

/** Why the store refused one document; undefined when somebody else wrote it meanwhile. */
type Refusals = ReadonlyMap<string, unknown>;

/**
 * Keeps one view. Folds what is newer than each document and writes one op per document, guarded by the version that
 * was folded upon; a document that somebody else wrote meanwhile is loaded and folded again. Twice changes nothing.
 */
export class ViewWriter {
  /** Documents as the last batch left them: under load the next batch needs the same ones. The guard still decides. */
  #last = new Map<string, StoredDocument>();

  constructor(
    private readonly collection: Collection<StoredDocument>,
    private readonly projection: Projection,
  ) {}

  /** @returns the events that could not be folded or written; the events before them are written. */
  async write(groups: ReadonlyMap<string, readonly RecordedEvent[]>): Promise<readonly FoldFailure[]> {
    const failures = new Map<string, FoldFailure>();
    const written = new Map<string, StoredDocument>();
    let known: ReadonlyMap<string, StoredDocument> = this.#last;
    this.#last = new Map();
    let pending = [...groups.keys()];
    for (let attempt = 0; pending.length > 0; attempt++) {
      if (attempt === mostRefolds)
        throw new Error(`${this.projection.name}: documents change faster than they can be folded`);
      const stored = await this.#load(pending, known, attempt);
      known = new Map();
      const changes: Change[] = [];
      for (const id of pending) {
        const before = stored.get(id);
        const { next, failure } = foldOne(this.projection, id, before, groups.get(id)!);
        if (failure !== undefined) failures.set(id, failure);
        if (next !== undefined) changes.push({ id, before, next });
        else if (before !== undefined) written.set(id, before);
      }
      if (changes.length === 0) break;
      const refusals = await this.#send(changes);
      pending = [];
      for (const { id, next } of changes) {
        if (!refusals.has(id)) written.set(id, next);
        else if (refusals.get(id) === undefined) pending.push(id);
        else failures.set(id, { document: id, event: groups.get(id)![0]!, error: refusals.get(id) });
      }
    }
    this.#last = written;
    return [...failures.values()];
  }

  async #load(
    ids: readonly string[],
    known: ReadonlyMap<string, StoredDocument>,
    attempt: number,
  ): Promise<ReadonlyMap<string, StoredDocument>> {
    // A document of its own for each event is there only when the event comes a second time; then the insert says so.
    if (this.projection.documentPerEvent && attempt === 0) return known;
    const found = new Map<string, StoredDocument>();
    const missing: string[] = [];
    for (const id of ids) {
      const doc = known.get(id);
      if (doc === undefined) missing.push(id);
      else found.set(id, doc);
    }
    if (missing.length > 0)
      for (const doc of await this.collection.find({ _id: { $in: missing } }).toArray()) found.set(doc._id, doc);
    return found;
  }

  async #send(changes: readonly Change[]): Promise<Refusals> {
    const operations = changes.map(({ id, before, next }) =>
      before === undefined
        ? { insertOne: { document: next } }
        : { replaceOne: { filter: { _id: id, _v: before._v }, replacement: next } },
    );
    try {
      const { insertedCount, matchedCount } = await this.collection.bulkWrite(operations, { ordered: false });
      if (insertedCount + matchedCount === changes.length) return new Map();
      return this.#missed(changes, new Map());
    } catch (error) {
      if (error instanceof MongoBulkWriteError) {
        const errors: readonly WriteError[] = Array.isArray(error.writeErrors)
          ? error.writeErrors
          : [error.writeErrors];
        // Without an error per document the command itself failed, and nothing was written.
        const isRefused = ({ code }: WriteError): boolean => code !== duplicateKey && !documentFaults.has(code);
        if (errors.length === 0 || errors.some(isRefused)) throw error;
        const refused = errors.map(
          ({ index, code, errmsg }) =>
            [changes[index]!.id, code === duplicateKey ? undefined : new Error(errmsg ?? 'refused')] as const,
        );
        return this.#missed(changes, new Map(refused));
      }
      if (!isOfTheDocument(error)) throw error;
      if (changes.length === 1) return new Map([[changes[0]!.id, error]]);
      // One document that cannot be sent at all must not hold up the others.
      const refusals = new Map<string, unknown>();
      for (const change of changes) for (const [id, reason] of await this.#send([change])) refusals.set(id, reason);
      return refusals;
    }
  }

  /** Which replacements met another version: bulkWrite tells only how many. */
  async #missed(changes: readonly Change[], refused: ReadonlyMap<string, unknown>): Promise<Refusals> {
    const replaced = changes.filter(({ id, before }) => before !== undefined && !refused.has(id));
    const ids = replaced.map(({ id }) => id);
    const now = new Map<string, string>();
    for (const { _id, _v } of await this.collection.find({ _id: { $in: ids } }, { projection: { _v: 1 } }).toArray())
      now.set(_id, _v);
    return new Map([
      ...refused,
      ...replaced.filter(({ id, next }) => now.get(id) !== next._v).map(({ id }) => [id, undefined] as const),
    ]);
  }
}

/** The fault is in what was to be written, not in the store: too large, too deep, not BSON. */
const isOfTheDocument = (error: unknown): boolean =>
  error instanceof MongoInvalidArgumentError || error instanceof BSON.BSONError;

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
