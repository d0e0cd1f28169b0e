import { stringify } from 'csv-stringify/sync';

export const outputFormats = ['table', 'json', 'jsonl', 'csv'] as const;
export type OutputFormat = (typeof outputFormats)[number];
export type Row = Readonly<Record<string, unknown>>;

const shown = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

function table(rows: readonly Row[], columns: readonly string[]): string {
  const cells = [[...columns], ...rows.map((row) => columns.map((column) => shown(row[column]).replace(/\s+/g, ' ')))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]!.length)));
  return cells
    .map(
      (line) =>
        `${line
          .map((cell, index) => cell.padEnd(widths[index]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Rows as text for stdout. The table is for people; the other three are for programs. */
export function formatRows(rows: readonly Row[], columns: readonly string[], format: OutputFormat): string {
  switch (format) {
    case 'table':
      return table(rows, columns);
    case 'json':
      return `${JSON.stringify(rows, undefined, 2)}\n`;
    case 'jsonl':
      return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    case 'csv':
      return stringify([[...columns], ...rows.map((row) => columns.map((column) => shown(row[column])))], {
        escape_formulas: true,
      });
  }
}
