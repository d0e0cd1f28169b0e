import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { CommandFailure } from '../exit-codes.js';

/** What a ledger comes to: equal for two that hold the same events in the same order, wherever they are. */
export interface Content {
  readonly events: number;
  /** SHA-256, hex, of the lines of all events, each with its line feed. */
  readonly digest: string;
}

/** Adds the lines of a ledger up. */
export class Sum {
  #events = 0;
  readonly #hash = createHash('sha256');

  add(line: string): void {
    this.#events += 1;
    this.#hash.update(line).update('\n');
  }

  get events(): number {
    return this.#events;
  }

  /** Of what was added so far; more may be added. */
  get content(): Content {
    return { events: this.#events, digest: this.#hash.copy().digest('hex') };
  }
}

const header = JSON.stringify({ format: 'civic-ledger-log', version: 1 });
const isEnd = (line: string): boolean => line.startsWith('{"events":');

const compressed = promisify(gzip);

/** A gzip member of its own, so that a file can be cut behind any of them; the first one begins the file. */
export const member = (lines: readonly string[], isFirst: boolean): Promise<Buffer> =>
  compressed([...(isFirst ? [header] : []), ...lines, ''].join('\n'));

/** The last member: without it a file is not whole. */
export const lastMember = (content: Content): Promise<Buffer> => compressed(`${JSON.stringify(content)}\n`);

export interface Reading {
  /** Bytes of the file, as they are read. */
  readonly onBytes?: (read: number) => void;
  readonly signal?: AbortSignal;
  /** The file is still being written: it has no end yet. */
  readonly isUnfinished?: boolean;
}

/**
 * The lines of an exported log, held against the count and digest at its end; memory holds a few of them.
 * @throws CommandFailure when the file is none, is cut off or damaged
 */
export async function* logLines(
  file: string,
  { isUnfinished = false, ...reading }: Reading = {},
): AsyncGenerator<string, undefined> {
  const name = basename(file);
  const sum = new Sum();
  let end: string | undefined;
  let isFirst = true;
  for await (const line of textLines(file, reading)) {
    if (isFirst && line !== header) throw new CommandFailure(`${name} is no log that \`ledger export\` wrote.`);
    if (end !== undefined) throw new CommandFailure(`${name} goes on behind its end: it is damaged.`);
    if (isEnd(line)) end = line;
    else if (!isFirst) {
      sum.add(line);
      yield line;
    }
    isFirst = false;
  }
  if (isUnfinished) return undefined;
  if (end === undefined) throw new CommandFailure(`${name} has no end: it was cut off, or its export is not finished.`);
  if (end !== JSON.stringify(sum.content))
    throw new CommandFailure(`${name} does not have the content that its end names: it is damaged.`);
}

async function* textLines(file: string, { onBytes, signal }: Reading): AsyncGenerator<string> {
  const raw = createReadStream(file, { highWaterMark: 256 * 1024 });
  raw.on('data', (bytes) => onBytes?.(bytes.length));
  const text = createGunzip().setEncoding('utf8');
  pipeline(raw, text, () => undefined);
  let rest = '';
  try {
    for await (const chunk of text as AsyncIterable<string>) {
      signal?.throwIfAborted();
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!/^(Z_|ENOENT|EACCES|EISDIR)/.test(code)) throw error;
    const what = code.startsWith('Z_') ? 'is no whole gzip file' : 'cannot be read';
    throw new CommandFailure(`${file} ${what}: ${(error as Error).message}.`);
  } finally {
    raw.destroy();
  }
  if (rest !== '') throw new CommandFailure(`${basename(file)} ends within a line: it was cut off.`);
}
