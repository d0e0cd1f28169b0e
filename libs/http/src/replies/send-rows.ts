import { stringify } from 'csv-stringify/sync';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Problem, problems } from '../problems/problem.js';

type Cell = string | number | boolean | null | undefined;

export interface Column<Row> {
  readonly name: string;
  readonly of: (row: Row) => Cell;
  /** Written by people: a text that a spreadsheet would run as a formula is made inert. Figures are left alone. */
  readonly freeText?: boolean;
}

export interface Rows<Row, Beside extends object = object> {
  readonly rows: Iterable<Row> | AsyncIterable<Row>;
  /** Of the CSV; JSON and NDJSON carry the rows as they are. */
  readonly columns: readonly Column<Row>[];
  /** Members beside `rows` in JSON. */
  readonly also?: Beside;
}

declare const sent: unique symbol;

/** Rows on their way, whose type still says what they are: `npm run reference` makes the schema of the answer of it. */
export interface SentRows<Row, Beside = unknown> extends Readable {
  readonly [sent]?: { readonly rows: readonly Row[] } & Beside;
}

/** Where more rows follow. */
export interface MoreRows {
  /** The cursor of the next page; absent on the last one. */
  readonly next?: string;
}

const writers = {
  'application/json': { type: 'application/json; charset=utf-8', write: jsonText },
  'text/csv': { type: 'text/csv; charset=utf-8; header=present', write: csvText },
  'application/x-ndjson': { type: 'application/x-ndjson; charset=utf-8', write: ndjsonText },
} as const;
type RowsType = keyof typeof writers;

/** All rows, never cut, in the type that Accept asks for. The door takes `@Res({ passthrough: true })`. */
export function sendRows<Row, Beside extends object = object>(
  reply: FastifyReply,
  request: FastifyRequest,
  rows: Rows<Row, Beside>,
): SentRows<Row, Beside> {
  const { type, write } = writers[acceptedType(request.headers.accept)];
  void reply.type(type).header('Vary', 'Accept');
  return Readable.from(write(rows), { objectMode: false });
}

/** The best of the three by quality; JSON when nothing is said. */
export function acceptedType(accept: string | undefined): RowsType {
  const offered = Object.keys(writers) as RowsType[];
  const ranges = (accept ?? '*/*')
    .split(',')
    .map((range, order) => {
      const [media = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return { media, order, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.order - b.order);
  for (const { media } of ranges) {
    const name = media === 'application/ndjson' ? 'application/x-ndjson' : media;
    const match = offered.find((type) => name === type || name === '*/*' || name === `${type.split('/')[0]}/*`);
    if (match !== undefined) return match;
  }
  throw new Problem(problems.notAcceptable, `It is one of ${offered.join(', ')}.`);
}

async function* jsonText<Row>({ rows, also = {} }: Rows<Row>): AsyncGenerator<string> {
  let before = '{"rows":[';
  for await (const row of rows) {
    yield before + JSON.stringify(row);
    before = ',';
  }
  const rest = JSON.stringify(also).slice(1, -1);
  yield `${before === ',' ? '' : before}]${rest === '' ? '' : `,${rest}`}}`;
}

async function* ndjsonText<Row>({ rows }: Rows<Row>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function* csvText<Row>({ rows, columns }: Rows<Row>): AsyncGenerator<string> {
  yield stringify([columns.map(({ name }) => name)]);
  for await (const row of rows) yield stringify([columns.map((column) => cell(column, row))]);
}

function cell<Row>({ of, freeText = false }: Column<Row>, row: Row): string {
  const value = of(row) ?? '';
  const text = String(value);
  return freeText && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
