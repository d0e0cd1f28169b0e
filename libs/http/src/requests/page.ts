import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { IntField, TextField } from '../doors/fields.js';
import { Problem, problemAt, problems } from '../problems/problem.js';
import { readJson } from './json-reader.js';

export type KeyPart = string | number | boolean;

/** Query of every list: extend it with the filters of the list. */
export class PageQuery {
  @TextField('Where to go on: `next` of the page before', { optional: true, maxLength: 4096 })
  cursor?: string;
  @IntField('Entries per page', { optional: true, query: true, min: 1, max: 1000, example: 100 })
  limit?: number;
}

export interface Page<Row> {
  readonly items: readonly Row[];
  /** Absent on the last page. */
  readonly next?: string;
}

/**
 * One page by keyset: `load` answers rows after `key` in the order of the key. The cursor is bound to the other
 * parameters, so that it cannot go on in another list.
 */
export async function page<Row>(
  query: PageQuery,
  load: (after: readonly KeyPart[] | undefined, limit: number) => Promise<readonly Row[]>,
  keyOf: (row: Row) => readonly KeyPart[],
): Promise<Page<Row>> {
  const { cursor, limit = 100, ...filters } = query;
  const binding = createHash('sha256')
    .update(canonicalize(filters) ?? '')
    .digest('base64url')
    .slice(0, 22);
  const rows = await load(cursor === undefined ? undefined : keyIn(cursor, binding), limit + 1);
  if (rows.length <= limit) return { items: rows };
  const items = rows.slice(0, limit);
  return { items, next: Buffer.from(JSON.stringify([binding, ...keyOf(items.at(-1)!)])).toString('base64url') };
}

function keyIn(cursor: string, binding: string): readonly KeyPart[] {
  const [bound, ...key] = partsOf(cursor);
  if (bound !== binding) throw problemAt(problems.malformedCursor, '?cursor', 'It belongs to another query.');
  return key;
}

function partsOf(cursor: string): readonly KeyPart[] {
  try {
    const parts = readJson(Buffer.from(cursor, 'base64url'));
    const isKey = (part: unknown): part is KeyPart => ['string', 'number', 'boolean'].includes(typeof part);
    if (Array.isArray(parts) && parts.every(isKey)) return parts;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  throw problemAt(problems.malformedCursor, '?cursor', 'It was not given by this service.');
}
