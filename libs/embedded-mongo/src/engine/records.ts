import { Doc } from '../codec/values.js';

/** One stored version of a document. Never changed, so a cursor that holds it is a snapshot. */
export interface Stored {
  readonly rid: number;
  readonly raw: Buffer;
}

/** Not kept: a field is found in the bytes about as quickly as in a cache, which would hold every document twice. */
export function parsed(stored: Stored): Doc {
  return new Doc(stored.raw);
}
