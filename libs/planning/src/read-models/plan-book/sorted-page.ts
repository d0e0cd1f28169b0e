import { page, type Page, type PageQuery } from '@app/http';
import { Decimal } from '@app/kernel';

/** One way to put rows in order. */
export interface Order<Row> {
  /** Null comes last. */
  readonly of: (row: Row) => string | null;
  readonly compare: 'text' | 'numbers';
  readonly descending?: boolean;
}

type Key = string | null;

/**
 * A page of rows that were computed for the question, by keyset: rows with one key are in order of id. Computed rows have no index,
 * and an agency has hundreds of them.
 */
export function sortedPage<Row>(
  query: PageQuery,
  rows: readonly Row[],
  idOf: (row: Row) => string,
  order: Order<Row>,
): Promise<Page<Row>> {
  const sorted = sortedRows(rows, idOf, order);
  const compare = comparing(order);
  return page(
    query,
    (after, limit) => {
      const [isNull, key, id] = after ?? [];
      const from: Key = isNull === true ? null : String(key);
      const isBeyond = (row: Row): boolean => (compare(order.of(row), from) || textually(idOf(row), String(id))) > 0;
      const begin = after === undefined ? 0 : sorted.findIndex(isBeyond);
      return Promise.resolve(begin < 0 ? [] : sorted.slice(begin, begin + limit));
    },
    (row) => [order.of(row) === null, order.of(row) ?? '', idOf(row)],
  );
}

export function sortedRows<Row>(rows: readonly Row[], idOf: (row: Row) => string, order: Order<Row>): readonly Row[] {
  const compare = comparing(order);
  return [...rows].sort(
    (left, right) => compare(order.of(left), order.of(right)) || textually(idOf(left), idOf(right)),
  );
}

const textually = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const comparing =
  <Row>({ compare, descending = false }: Order<Row>) =>
  (left: Key, right: Key): number => {
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    const found = compare === 'numbers' ? new Decimal(left).comparedTo(right) : textually(left, right);
    return descending ? -found : found;
  };
