import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Transform, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import { CommandFailure, exitCodes } from '../exit-codes.js';

export const maxRecordBytes = 1024 * 1024;

export interface SourceOptions {
  readonly file: string;
  readonly delimiter: string;
  readonly encoding: string;
  readonly onBytes: (read: number) => void;
  readonly signal?: AbortSignal;
}

export interface SourceRow {
  /** Line of the file that the row begins on; the header is line 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

export const sizeOf = (file: string): number => {
  try {
    const found = statSync(file);
    if (!found.isFile()) throw new CommandFailure(`${file} is not a file.`, exitCodes.usage);
    return found.size;
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(`${file} cannot be read: ${(error as Error).message}`, exitCodes.usage, { cause: error });
  }
};

const newlinesIn = (bytes: Buffer): number => {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
};

/** Bytes to text; a byte that the encoding does not have ends the stream with the line it stands on. */
function decoder(encoding: string): Transform {
  const strict = new TextDecoder(encoding, { fatal: true });
  let lines = 0;
  const decode = (bytes: Buffer | undefined): string => {
    try {
      return bytes === undefined ? strict.decode() : strict.decode(bytes, { stream: true });
    } catch (cause) {
      throw new CommandFailure(
        `line ${lines + 1 + goodLines(bytes, encoding)} has bytes that are not ${encoding}: state the encoding in the profile`,
        exitCodes.failed,
        { cause },
      );
    }
  };
  return new Transform({
    readableObjectMode: false,
    transform(bytes: Buffer, _encoding, done) {
      try {
        const text = decode(bytes);
        lines += newlinesIn(bytes);
        done(null, text);
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        done(null, decode(undefined));
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

/** Lines of a chunk before the one that cannot be decoded. The first of them may begin inside a character. */
function goodLines(bytes: Buffer | undefined, encoding: string): number {
  if (bytes === undefined || encoding.startsWith('utf-16')) return 0;
  const strict = new TextDecoder(encoding, { fatal: true });
  let start = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
  if (start < 0) return 0;
  for (let lines = 0; ; lines++) {
    const end = bytes.indexOf(10, start);
    try {
      strict.decode(bytes.subarray(start, end < 0 ? bytes.length : end));
    } catch {
      return lines;
    }
    if (end < 0) return lines;
    start = end + 1;
  }
}

const reasons: Readonly<Record<string, string>> = {
  CSV_MAX_RECORD_SIZE: `is longer than ${maxRecordBytes / 1024} KiB: a quotation mark that is never closed, or not a table`,
  CSV_QUOTE_NOT_CLOSED: 'opens a quotation mark that is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'has text after a closing quotation mark',
  INVALID_OPENING_QUOTE: 'has a quotation mark inside an unquoted field',
};

function explain(error: unknown, file: string, line: number): unknown {
  if (error instanceof CommandFailure) {
    return new CommandFailure(`${file}: ${error.message}.`, error.exitCode, { cause: error });
  }
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (error instanceof CsvError) {
    return new CommandFailure(`${file}: line ${line} ${reasons[code] ?? error.message}.`, exitCodes.failed, {
      cause: error,
    });
  }
  if (code.startsWith('Z_')) {
    const what = code === 'Z_BUF_ERROR' ? 'the gzip file ends early: it was cut off' : 'the gzip file is damaged';
    return new CommandFailure(`${file}: ${what}, after line ${line - 1}.`, exitCodes.failed, { cause: error });
  }
  return error;
}

/** Rows of a delimited file, gunzipped when its name ends in .gz, read as slowly as they are taken. */
export async function* readRows({
  file,
  delimiter,
  encoding,
  onBytes,
  signal,
}: SourceOptions): AsyncGenerator<SourceRow> {
  const raw = createReadStream(file, { highWaterMark: 64 * 1024 });
  raw.on('data', (bytes) => onBytes(bytes.length));
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxRecordBytes,
  });
  const ended = (): void => undefined;
  const text = decoder(encoding);
  if (file.endsWith('.gz')) pipeline(raw, createGunzip(), text, parser, ended);
  else pipeline(raw, text, parser, ended);
  let last = 0;
  try {
    for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: string[] }>) {
      signal?.throwIfAborted();
      const inside = info.lines - last > 1 ? record.join('').split('\n').length - 1 : 0;
      last = info.lines;
      yield { line: info.lines - inside, fields: record };
    }
  } catch (error) {
    throw explain(error, basename(file), last + 1);
  } finally {
    raw.destroy();
  }
}
