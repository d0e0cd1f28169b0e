import { doc } from '../codec/plain.js';
import { Doc } from '../codec/values.js';
import { MAX_DOCUMENT, MongoError, tooLarge } from './errors.js';

/** Leaves room for the reply round the documents. */
const MAX_BATCH_BYTES = MAX_DOCUMENT - 16 * 1024;
const IDLE_LIFETIME = 10 * 60 * 1000;
export const FIRST_BATCH = 101;

interface Cursor {
  readonly namespace: string;
  readonly next: () => Doc | undefined;
  pending: Doc | undefined;
  usedAt: number;
}

/** Open cursors. Each holds the immutable versions it found, so it never sees later writes. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private lastId = BigInt(Date.now()) << 12n;

  /** The first batch, and a cursor for the rest unless all of it fitted or `single` asks for one batch only. */
  start(namespace: string, next: () => Doc | undefined, size: number, single = false): Doc {
    const cursor: Cursor = { namespace, next, pending: undefined, usedAt: Date.now() };
    const batch = this.batch(cursor, size);
    let id = 0n;
    if (!single && this.hasMore(cursor)) {
      this.sweep();
      id = ++this.lastId;
      this.open.set(id, cursor);
    }
    return doc({ cursor: { firstBatch: batch, id, ns: namespace } });
  }

  more(namespace: string, id: bigint, size: number): Doc {
    const cursor = this.open.get(id);
    if (!cursor) throw new MongoError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new MongoError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    cursor.usedAt = Date.now();
    const batch = this.batch(cursor, size);
    const more = this.hasMore(cursor);
    if (!more) this.open.delete(id);
    return doc({ cursor: { nextBatch: batch, id: more ? id : 0n, ns: namespace } });
  }

  get count(): number {
    return this.open.size;
  }

  kill(id: bigint): boolean {
    return this.open.delete(id);
  }

  private batch(cursor: Cursor, size: number): Doc[] {
    const batch: Doc[] = [];
    let bytes = 0;
    while (batch.length < size && this.hasMore(cursor)) {
      const document = cursor.pending as Doc;
      if (document.bytes.length > MAX_DOCUMENT) throw tooLarge(document.bytes.length);
      bytes += document.bytes.length + 16;
      if (batch.length > 0 && bytes > MAX_BATCH_BYTES) break;
      batch.push(document);
      cursor.pending = undefined;
    }
    return batch;
  }

  private hasMore(cursor: Cursor): boolean {
    cursor.pending ??= cursor.next();
    return cursor.pending !== undefined;
  }

  private sweep(): void {
    const oldest = Date.now() - IDLE_LIFETIME;
    for (const [id, cursor] of this.open) if (cursor.usedAt < oldest) this.open.delete(id);
  }
}

/** Hands out the items of a list one by one, each changed by `transform` only when it is asked for. */
export function fromList<T>(items: readonly T[], transform: (item: T) => Doc): () => Doc | undefined {
  let at = 0;
  return () => (at < items.length ? transform(items[at++] as T) : undefined);
}
