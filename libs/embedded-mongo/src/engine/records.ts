import { Doc } from '../codec/values.js';

/** One stored version of a document. Never changed, so a cursor that holds it is a snapshot. */
export interface Stored {
  readonly rid: number;
  readonly raw: Buffer;
}

const BUDGET = 64 * 1024 * 1024;

/** Parsed copies of recently read documents, bounded by the bytes behind them; two generations instead of a list. */
class ParsedCache {
  private recent = new Map<Stored, Doc>();
  private older = new Map<Stored, Doc>();
  private bytes = 0;

  get(stored: Stored): Doc {
    const hit = this.recent.get(stored);
    if (hit) return hit;
    const document = this.older.get(stored) ?? new Doc(stored.raw);
    this.recent.set(stored, document);
    this.bytes += stored.raw.length + 200;
    if (this.bytes > BUDGET / 2) {
      this.older = this.recent;
      this.recent = new Map();
      this.bytes = 0;
    }
    return document;
  }
}

const cache = new ParsedCache();

export function parsed(stored: Stored): Doc {
  return cache.get(stored);
}
