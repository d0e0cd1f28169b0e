import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';

/** Why one row of the file is not in the ledger. */
export interface Rejection {
  /** Line of the file; the header is line 1. */
  readonly line: number;
  readonly id: string;
  /** Column of the file when the importer refused the row, JSON pointer of the reading when the service did. */
  readonly field: string;
  readonly rule: string;
  readonly reason: string;
}

const columns = ['line', 'id', 'field', 'rule', 'reason'] as const;

/** Writes rejections as they come: CSV for a name that ends in .csv, else NDJSON. */
export class RejectionReport {
  readonly #out;
  readonly #csv: boolean;
  #failure: Error | undefined;

  constructor(readonly file: string) {
    this.#csv = file.endsWith('.csv');
    this.#out = createWriteStream(file);
    this.#out.on('error', (error) => (this.#failure = error));
    if (this.#csv) this.#out.write(stringify([[...columns]]));
  }

  async add(rejection: Rejection): Promise<void> {
    if (this.#failure) throw this.#failure;
    const text = this.#csv
      ? stringify([columns.map((name) => String(rejection[name]))], { escape_formulas: true })
      : `${JSON.stringify(rejection)}\n`;
    if (!this.#out.write(text)) await once(this.#out, 'drain');
  }

  async close(): Promise<void> {
    this.#out.end();
    await finished(this.#out);
  }
}
