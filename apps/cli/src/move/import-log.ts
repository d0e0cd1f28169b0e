import { movedEventOf, RevisionConflict, type MovableLog, type MovedEvent } from '@app/event-store';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import { sizeOf } from '../import/source-rows.js';
import { ensureEqual } from './export-log.js';
import { Sum, logLines, type Content } from './log-file.js';
import type { Progress } from '../progress.js';

export interface ImportLogOptions {
  readonly file: string;
  readonly into: MovableLog;
  readonly progress?: (now: Progress) => void;
  readonly signal?: AbortSignal;
}

export interface ImportedLog extends Content {
  /** Events that were there before this import. */
  readonly unchanged: number;
}

const eventsAtOnce = 1_000;

/**
 * Writes an exported ledger into a store that has none, or the beginning of the same one, and compares both in the end.
 * The file is read whole before anything is appended: one that was cut off moves nothing.
 * @throws CommandFailure
 */
export async function importLog({ file, into, progress, signal }: ImportLogOptions): Promise<ImportedLog> {
  const total = sizeOf(file);
  const wanted = await sumOf(logLines(file, { ...(signal === undefined ? {} : { signal }) }));
  let done = 0;
  const lines = logLines(file, { onBytes: (read) => (done += read), ...(signal === undefined ? {} : { signal }) });
  const unchanged = await passCommonBeginning(lines, into);
  let events = unchanged;
  let batch: MovedEvent[] = [];
  const flush = async (): Promise<void> => {
    await appended(into, batch);
    events += batch.length;
    batch = [];
    progress?.({ done, total, count: events });
  };
  for await (const line of lines) {
    signal?.throwIfAborted();
    batch.push(movedEventOf(line));
    if (batch.length >= eventsAtOnce) await flush();
  }
  await flush();
  const stored = new Sum();
  for await (const { line } of into.lines()) stored.add(line);
  ensureEqual(wanted.content, stored.content, `${file} and the store that it was written into`);
  return { ...stored.content, unchanged };
}

async function sumOf(lines: AsyncIterable<string>): Promise<Sum> {
  const sum = new Sum();
  for await (const line of lines) sum.add(line);
  return sum;
}

/** Takes the lines that the store has off the front. @returns how many */
async function passCommonBeginning(lines: AsyncGenerator<string>, into: MovableLog): Promise<number> {
  let common = 0;
  for await (const { line: stored } of into.lines()) {
    const next = await lines.next();
    if (next.done === true || next.value !== stored) {
      await lines.return(undefined);
      const there =
        next.done === true ? 'goes on where the file ends' : `has other events from the ${common + 1}. one on`;
      throw new CommandFailure(
        `The store holds a ledger that ${there}: a ledger is imported into an empty store, or one that has its beginning.`,
      );
    }
    common += 1;
  }
  return common;
}

async function appended(into: MovableLog, batch: readonly MovedEvent[]): Promise<void> {
  try {
    await into.append(batch);
  } catch (error) {
    if (!(error instanceof RevisionConflict)) throw error;
    throw new CommandFailure(
      `${error.message} Either somebody else writes into the store, or its first events were removed where the ledger comes from: revisions are kept, so that it cannot be imported.`,
      exitCodes.failed,
      { cause: error },
    );
  }
}
