import { CsvError, parse } from 'csv-parse';
import { Readable } from 'node:stream';
import { Problem, problems } from '../problems/problem.js';
import { readJson } from '../requests/json-reader.js';

/** A line of an upload: its value, or why it has none. */
export interface UploadLine {
  readonly line: number;
  readonly value?: unknown;
  readonly refusal?: Problem;
}

export const lineLimit = 64 * 1024;
const newline = 0x0a;

/** NDJSON: one JSON document per line; blank lines are skipped. A bad line is refused by itself. All lines of a chunk at once. */
export async function* ndjsonLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly UploadLine[]> {
  const splitter = new LineSplitter();
  for await (const chunk of chunks) yield splitter.linesUpTo(chunk).flatMap(read);
  yield splitter.rest().flatMap(read);
}

/** Bytes of a line without its newline; none for a line over the limit. */
interface RawLine {
  readonly line: number;
  readonly bytes?: Buffer;
}

function read({ line, bytes }: RawLine): UploadLine[] {
  if (bytes === undefined) return [{ line, refusal: new Problem(problems.lineTooLong) }];
  if (bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)) return [];
  try {
    return [{ line, value: readJson(bytes) }];
  } catch (error) {
    if (error instanceof Problem) return [{ line, refusal: error }];
    throw error;
  }
}

/** A line over the limit is skipped without keeping it. */
class LineSplitter {
  #line = 1;
  #kept: Buffer[] = [];
  #length = 0;

  /** The lines that end in this chunk. */
  linesUpTo(chunk: Buffer): RawLine[] {
    const lines: RawLine[] = [];
    let from = 0;
    for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
      lines.push(this.#ended(chunk.subarray(from, to)));
      from = to + 1;
    }
    if (from < chunk.length) {
      this.#length += chunk.length - from;
      if (this.#length <= lineLimit) this.#kept.push(Buffer.from(chunk.subarray(from)));
      else this.#kept = [];
    }
    return lines;
  }

  /** The last line, where no newline ends it. */
  rest(): RawLine[] {
    return this.#length === 0 ? [] : [this.#ended(Buffer.alloc(0))];
  }

  #ended(last: Buffer): RawLine {
    const line = this.#line;
    const bytes = this.#kept.length === 0 ? last : Buffer.concat([...this.#kept, last]);
    const isTooLong = this.#length + last.length > lineLimit;
    this.#kept = [];
    this.#length = 0;
    this.#line += 1;
    return isTooLong ? { line } : { line, bytes };
  }
}

/** CSV with a header line: an object of text per record; empty cells are left out. */
export async function* csvLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly UploadLine[]> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: lineLimit,
  });
  const source = Readable.from(decoded(chunks));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let header: readonly string[] | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (header === undefined) {
        header = headerOf(record);
      } else if (record.length !== header.length) {
        const detail = `It has ${record.length} cells where the header has ${header.length}.`;
        yield [{ line: info.lines, refusal: new Problem(problems.malformedUpload, detail) }];
      } else {
        const cells = header.map((name, at): [string, string] => [name, record[at]!]);
        yield [{ line: info.lines, value: Object.fromEntries(cells.filter(([, cell]) => cell !== '')) }];
      }
    }
  } catch (error) {
    throw csvProblem(error);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

const forbiddenHeaders = new Set(['__proto__', 'constructor', 'prototype']);

function headerOf(names: readonly string[]): readonly string[] {
  const trimmed = names.map((name) => name.trim());
  const twice = trimmed.find((name, at) => trimmed.indexOf(name) !== at);
  if (twice !== undefined) throw new Problem(problems.malformedUpload, `The header names ${twice} twice.`);
  const forbidden = trimmed.find((name) => forbiddenHeaders.has(name));
  if (forbidden !== undefined) throw new Problem(problems.forbiddenName, `The header uses ${forbidden}.`);
  if (trimmed.includes('')) throw new Problem(problems.malformedUpload, 'The header has a column without a name.');
  return trimmed;
}

async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk === undefined ? utf8.decode() : utf8.decode(chunk, { stream: true });
    } catch {
      throw new Problem(problems.malformedUpload, 'It is not valid UTF-8.');
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}

function csvProblem(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return new Problem(problems.lineTooLong);
  return new Problem(problems.malformedUpload, 'A quote is not closed or stands inside a cell.');
}
