import type { RecordedEvent as StoredEvent } from '@eventstore/db-client';

/** Key in the metadata of an event that came from another store: RFC 3339 in UTC, when that store recorded it. */
export const recordedAtKey = 'recordedAt';

/** When the ledger first knew of an event. No protocol sets the time of a store, so a moved event carries it along. */
export function recordedAtOf({ created, metadata }: Pick<StoredEvent, 'created' | 'metadata'>): Date {
  const kept = (metadata as Readonly<Record<string, unknown>> | undefined)?.[recordedAtKey];
  if (kept === undefined) return created;
  const time = new Date(typeof kept === 'string' ? kept : Number.NaN);
  if (Number.isNaN(time.getTime())) throw new Error(`its ${recordedAtKey} is no time`);
  return time;
}
