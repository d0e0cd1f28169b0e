import { parse } from 'csv-parse';
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

/** NDJSON: one JSON document per line; blank lines are skipped. A bad line is refused by itself. */
export async function* ndjsonLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<UploadLine> {
  for await (const { line, bytes } of splitLines(chunks)) {
    if (bytes === undefined) {
      yield { line, refusal: new Problem(problems.lineTooLong) };
    } else if (bytes.some((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d)) {
      yield read(line, bytes);
    }
  }
}

function read(line: number, bytes: Buffer): UploadLine {
  try {
    return { line, value: readJson(bytes) };
  } catch (error) {
    if (error instanceof Problem) return { line, refusal: error };
    throw error;
  }
}

/** Bytes of each line without its newline; none for a line over the limit, which is skipped without keeping it. */
async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ line: number; bytes?: Buffer }> {
  let line = 1;
  let kept: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
      length += to - from;
      yield length > lineLimit
        ? { line }
        : {
            line,
            bytes: kept.length === 0 ? chunk.subarray(from, to) : Buffer.concat([...kept, chunk.subarray(from, to)]),
          };
      kept = [];
      length = 0;
      line += 1;
      from = to + 1;
    }
    if (from < chunk.length) {
      length += chunk.length - from;
      if (length <= lineLimit) kept.push(Buffer.from(chunk.subarray(from)));
      else kept = [];
    }
  }
  if (length > lineLimit) yield { line };
  else if (length > 0) yield { line, bytes: Buffer.concat(kept) };
}

/** CSV with a header line: an object of text per record; empty cells are left out. */
export async function* csvLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<UploadLine> {
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
        yield { line: info.lines, refusal: new Problem(problems.malformedUpload, detail) };
      } else {
        const cells = header.map((name, at): [string, string] => [name, record[at]!]);
        yield { line: info.lines, value: Object.fromEntries(cells.filter(([, cell]) => cell !== '')) };
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
  const code = String((error as NodeJS.ErrnoException | undefined)?.code ?? '');
  if (code === 'CSV_MAX_RECORD_SIZE') return new Problem(problems.lineTooLong);
  if (code.startsWith('CSV_'))
    return new Problem(problems.malformedUpload, 'A quote is not closed or stands inside a cell.');
  return error;
}
