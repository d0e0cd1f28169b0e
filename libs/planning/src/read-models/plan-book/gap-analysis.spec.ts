import { diagnosed } from '../../plan/plan.examples.js';
import { plan } from '../../plan/plan.state.js';
import { gapRowsOf } from './gap-analysis.js';
import type { ShownPlan } from './plans-at.js';
import { sortedPage, sortedRows, type Order } from './sorted-page.js';

describe('a gap', () => {
  const state = diagnosed.reduce(plan.evolve, plan.initial);
  const shown = { agency: 'boston', plan: 'water-2026', state } as unknown as ShownPlan;
  it('stands with its service, dimension, district, groups and problems', () =>
    expect(gapRowsOf(shown, new Map())).toEqual([
      {
        agency: 'boston',
        plan: 'water-2026',
        planTitle: 'Water that runs',
        planStatus: 'diagnosing',
        gap: 'leaks-in-langa',
        service: 'water-supply',
        dimension: 'service-standards',
        standard: 'leak-repair',
        title: 'Days until a leak is fixed',
        district: 'Langa',
        year: 'FY2027-28',
        current: '9',
        desired: '3',
        unit: 'working days',
        size: '6',
        relative: '2',
        peopleAffected: 12_000,
        groups: ['informal-settlement'],
        problems: ['slow-repairs'],
      },
    ]));
});

describe('rows in an order', () => {
  interface Row {
    readonly id: string;
    readonly size: string | null;
  }
  const rows: readonly Row[] = [
    { id: 'c', size: '9' },
    { id: 'a', size: '10' },
    { id: 'e', size: null },
    { id: 'b', size: '9' },
    { id: 'd', size: null },
  ];
  const idOf = ({ id }: Row): string => id;
  const bySize: Order<Row> = { of: ({ size }) => size, compare: 'numbers', descending: true };
  const order = (found: readonly Row[]): string => found.map(idOf).join('-');

  it('are compared as numbers, those without one last, ties by id', () => {
    expect(order(sortedRows(rows, idOf, bySize))).toBe('a-b-c-d-e');
    expect(order(sortedRows(rows, idOf, { ...bySize, descending: false }))).toBe('b-c-a-d-e');
  });
  it('come page by page, each once', async () => {
    let cursor: string | undefined;
    let seen = '';
    do {
      const { items, next } = await sortedPage({ limit: 2, ...(cursor && { cursor }) }, rows, idOf, bySize);
      seen += `${order(items)} `;
      cursor = next;
    } while (cursor !== undefined);
    expect(seen).toBe('a-b c-d e ');
  });
  it('go on where they were when the row of the cursor is gone', async () => {
    const { next } = await sortedPage({ limit: 2 }, rows, idOf, bySize);
    const fewer = rows.filter(({ id }) => id !== 'b');
    expect(order((await sortedPage({ limit: 2, cursor: next! }, fewer, idOf, bySize)).items)).toBe('c-d');
  });
});
