import { doc } from '../codec/plain.js';
import { Doc } from '../codec/values.js';
import type { Collection } from './collection.js';
import { MAX_DOCUMENT, MongoError, tooLarge } from './errors.js';

/** Leaves room for the reply round the documents. */
const MAX_BATCH_BYTES = MAX_DOCUMENT - 16 * 1024;
const IDLE_LIFETIME = 10 * 60 * 1000;
export const FIRST_BATCH = 101;

export interface Source {
  /** The next document; undefined when there is none any more. */
  readonly next: () => Doc | undefined;
  /** Whether it is clear without a further look that nothing follows. Absent, it never is. */
  readonly isSpent?: () => boolean;
}

interface Cursor {
  readonly namespace: string;
  readonly session: string | undefined;
  readonly collection: Collection | undefined;
  readonly source: Source;
  /** Found, and too large for the batch it would have been in. */
  pending: Doc | undefined;
  ended: boolean;
  /** Why it can go on no longer. */
  killedBecause: string | undefined;
  usedAt: number;
}

export interface Opening {
  readonly namespace: string;
  readonly session: string | undefined;
  /** What it reads: the cursor ends when this is dropped or renamed. */
  readonly collection?: Collection | undefined;
  /** How many documents the first batch holds. */
  readonly size: number;
  /** Closed after the first batch, whatever is left. */
  readonly single?: boolean;
}

/** Open cursors. Each holds the immutable versions it found, so it never sees later writes, until the collection goes. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private lastId = BigInt(Date.now()) << 12n;

  /** The first batch, and a cursor for the rest. As in MongoDB, a full batch leaves open whether anything follows. */
  start(source: Source, { namespace, session, collection, size, single = false }: Opening): Doc {
    const cursor: Cursor = {
      namespace,
      session,
      collection,
      source,
      pending: undefined,
      ended: false,
      killedBecause: undefined,
      usedAt: Date.now(),
    };
    const batch = this.batch(cursor, size);
    let id = 0n;
    if (!single && !cursor.ended) {
      this.sweep();
      id = ++this.lastId;
      this.open.set(id, cursor);
    }
    return doc({ cursor: { firstBatch: batch, id, ns: namespace } });
  }

  more(namespace: string, session: string | undefined, id: bigint, size: number): Doc {
    const cursor = this.open.get(id);
    if (!cursor) throw new MongoError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new MongoError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    if (cursor.session !== session)
      throw new MongoError(50738, `Cannot run getMore on cursor ${id}, which was created in another session`);
    if (cursor.killedBecause !== undefined) {
      this.open.delete(id);
      throw new MongoError(175, cursor.killedBecause);
    }
    cursor.usedAt = Date.now();
    const batch = this.batch(cursor, size);
    if (cursor.ended) this.open.delete(id);
    return doc({ cursor: { nextBatch: batch, id: cursor.ended ? 0n : id, ns: namespace } });
  }

  get count(): number {
    return this.open.size;
  }

  kill(id: bigint): boolean {
    return this.open.delete(id);
  }

  /** The next getMore on any cursor that reads the collection is told why there is nothing more. */
  killThoseOf(collection: Collection, reason: string): void {
    for (const cursor of this.open.values()) if (cursor.collection === collection) cursor.killedBecause = reason;
  }

  private batch(cursor: Cursor, size: number): Doc[] {
    const batch: Doc[] = [];
    let bytes = 0;
    while (batch.length < size) {
      const document = cursor.pending ?? cursor.source.next();
      cursor.pending = undefined;
      if (!document) {
        cursor.ended = true;
        return batch;
      }
      if (document.bytes.length > MAX_DOCUMENT) throw tooLarge(document.bytes.length);
      bytes += document.bytes.length + 16;
      if (batch.length > 0 && bytes > MAX_BATCH_BYTES) {
        cursor.pending = document;
        return batch;
      }
      batch.push(document);
    }
    cursor.ended = cursor.source.isSpent?.() ?? false;
    return batch;
  }

  private sweep(): void {
    const oldest = Date.now() - IDLE_LIFETIME;
    for (const [id, cursor] of this.open) if (cursor.usedAt < oldest) this.open.delete(id);
  }
}

/** Hands out the items of a list one by one, each changed by `transform` only when it is asked for. */
export function fromList<T>(items: readonly T[], transform: (item: T) => Doc): Required<Source> {
  let at = 0;
  return {
    next: () => (at < items.length ? transform(items[at++] as T) : undefined),
    isSpent: () => at >= items.length,
  };
}
