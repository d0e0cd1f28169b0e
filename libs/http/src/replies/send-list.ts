import type { FastifyReply, FastifyRequest } from 'fastify';
import { page, type KeyPart, type PageQuery } from '../requests/page.js';
import { acceptedType, sendRows, type Column, type MoreRows, type SentRows } from './send-rows.js';

/** Documents in the order of their key, as the driver's cursor gives them. */
export interface Found<Doc> extends AsyncIterable<Doc> {
  limit(count: number): { toArray(): Promise<Doc[]> };
}

export interface List<Doc, Row, Beside extends object = object> {
  readonly query: PageQuery;
  /** What comes after a key; everything without one. */
  readonly find: (after?: readonly KeyPart[]) => Found<Doc>;
  readonly keyOf: (doc: Doc) => readonly KeyPart[];
  readonly rowsOf: (doc: Doc) => readonly Row[] | Promise<readonly Row[]>;
  readonly columns: readonly Column<Row>[];
  /** Members beside `rows` in JSON. */
  readonly also?: Beside;
}

/** A page as JSON with `next` beside its rows; all rows, never cut, as CSV or NDJSON. */
export async function sendList<Doc, Row, Beside extends object = object>(
  reply: FastifyReply,
  request: FastifyRequest,
  { query, find, keyOf, rowsOf, columns, also }: List<Doc, Row, Beside>,
): Promise<SentRows<Row, Beside & MoreRows>> {
  if (acceptedType(request.headers.accept) !== 'application/json')
    return sendRows(reply, request, { columns, rows: allRows(find(), rowsOf) });
  const { items, next } = await page(query, (after, limit) => find(after).limit(limit).toArray(), keyOf);
  const rows = (await Promise.all(items.map(async (doc) => rowsOf(doc)))).flat();
  const beside = { ...also, ...(next === undefined ? {} : { next }) } as Beside & MoreRows;
  return sendRows(reply, request, { columns, rows, also: beside });
}

async function* allRows<Doc, Row>(found: AsyncIterable<Doc>, rowsOf: List<Doc, Row>['rowsOf']): AsyncGenerator<Row> {
  for await (const doc of found) yield* await rowsOf(doc);
}
