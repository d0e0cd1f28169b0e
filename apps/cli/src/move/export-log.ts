import { existsSync } from 'node:fs';
import type { MovableLog } from '@app/event-store';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import { Sum, logLines, type Content } from './log-file.js';
import type { Progress } from '../progress.js';
import { UnfinishedFile, type Place } from './unfinished-file.js';

export interface ExportOptions {
  readonly from: MovableLog;
  readonly file: string;
  readonly progress?: (now: Progress) => void;
  readonly signal?: AbortSignal;
}

const charactersAtOnce = 1024 * 1024;

/**
 * Writes the ledger of a store into a file, and compares the file with the store before it gets its name. An export that
 * was broken off continues. What is appended while it runs may be in or not.
 * @throws CommandFailure
 */
export async function exportLog(options: ExportOptions): Promise<Content> {
  const { from, file } = options;
  if (existsSync(file)) throw new CommandFailure(`${file} is there already: name another file.`, exitCodes.usage);
  const unfinished = new UnfinishedFile(file);
  try {
    const sum = new Sum();
    const last = await write(unfinished, sum, options);
    await unfinished.end(sum.content);
    const kept = new Sum();
    for await (const line of logLines(unfinished.path)) kept.add(line);
    const stored = last === undefined ? new Sum() : await sumUpTo(from, last, options);
    ensureEqual(stored.content, kept.content, `${file} and the store that it was read from`);
    await unfinished.finish();
    return kept.content;
  } finally {
    await unfinished.close();
  }
}

export function ensureEqual(one: Content, other: Content, what: string): void {
  if (one.digest === other.digest && one.events === other.events) return;
  throw new CommandFailure(
    `${what} differ: ${one.events} events with digest ${one.digest}, ${other.events} events with digest ${other.digest}.`,
    exitCodes.partial,
  );
}

/** @returns the place of the last event; undefined where there is none. */
async function write(
  unfinished: UnfinishedFile,
  sum: Sum,
  { from, progress, signal }: ExportOptions,
): Promise<Place | undefined> {
  const before = await unfinished.open(sum);
  const end = Number(await from.end());
  let lines: string[] = [];
  let characters = 0;
  let last = before?.place;
  const flush = async (): Promise<void> => {
    if (lines.length > 0) await unfinished.add(lines, last!);
    [lines, characters] = [[], 0];
    progress?.({ done: Number(last?.commit ?? 0n), total: end, count: sum.events });
  };
  if (before !== undefined && (await from.lineAt(before.place)) !== before.line)
    throw new CommandFailure(
      `${unfinished.path} is of another log than this store has: remove it, or name another file.`,
    );
  for await (const { line, position } of from.lines(last)) {
    if (position.commit === before?.place.commit) continue;
    signal?.throwIfAborted();
    sum.add(line);
    lines.push(line);
    characters += line.length;
    last = position;
    if (characters >= charactersAtOnce) await flush();
  }
  await flush();
  return last;
}

async function sumUpTo(from: MovableLog, last: Place, { signal }: ExportOptions): Promise<Sum> {
  const sum = new Sum();
  for await (const { line, position } of from.lines()) {
    signal?.throwIfAborted();
    if (position.commit > last.commit) break;
    sum.add(line);
  }
  return sum;
}
