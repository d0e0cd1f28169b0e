import { DateTime } from '../codec/values.js';
import type { Catalogue } from './catalogue.js';
import type { Collection } from './collection.js';
import type { Committer } from './committer.js';
import type { Index } from './index-definition.js';
import { comparison } from './planner.js';
import { Unit } from './unit.js';

const BATCH = 1000;

/** Deletes what the TTL indexes say is over. Only dates count; of several in an array the earliest. */
export class Expiry {
  private stopped = false;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly committer: Committer,
  ) {}

  /** @returns how many documents were over at `now`, in milliseconds since 1970. */
  async sweep(now: number): Promise<number> {
    let deleted = 0;
    for (const collection of this.catalogue.all()) {
      for (const index of collection.indexes) {
        const { expireAfterSeconds } = index.definition;
        if (expireAfterSeconds !== undefined)
          deleted += await this.deleteUntil(collection, index, now - expireAfterSeconds * 1000);
      }
    }
    return deleted;
  }

  private async deleteUntil(collection: Collection, index: Index, last: number): Promise<number> {
    const [field] = index.definition.fields;
    const date = new DateTime(BigInt(last));
    const range = field && comparison({ path: field.name, operator: '$lte', operands: [date] }, field.descending);
    if (!range) return 0;
    let deleted = 0;
    while (!this.stopped) {
      const unit = new Unit();
      const over = firstOf(index.scan(...range, false), BATCH);
      for (const rid of over) {
        const stored = collection.records.get(rid);
        if (stored) collection.remove(unit, stored);
      }
      if (over.size === 0) break;
      await this.committer.commit(unit);
      deleted += over.size;
    }
    return deleted;
  }

  /** A sweep that is under way ends with the batch it is writing. */
  stop(): void {
    this.stopped = true;
  }
}

function firstOf(rids: Iterable<number>, most: number): Set<number> {
  const found = new Set<number>();
  for (const rid of rids) {
    if (found.size === most) break;
    found.add(rid);
  }
  return found;
}
