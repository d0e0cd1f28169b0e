import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { MovableLog } from '@app/event-store';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import { formatRows, type OutputFormat, type Row } from '../output.js';
import { displayOn, secondsNow, type Progress } from '../progress.js';
import type { Terminal } from '../terminal.js';
import { eventStoreUrl, eventStoreWords } from './event-store-url.js';
import { outputOption } from './options.js';

interface MoveFlags {
  readonly output: OutputFormat;
}

const telling = {
  progress: (now: Progress) => now,
  unit: 'events',
  counts: ({ count }: Progress) => `${count} events`,
};

/** The client is loaded when it is asked for: most commands talk HTTP. */
async function open(store: string, terminal: Terminal): Promise<MovableLog> {
  const { MovableLog } = await import('@app/event-store');
  const url = eventStoreUrl(store, terminal);
  try {
    return MovableLog.open(url);
  } catch (error) {
    throw new CommandFailure(`No event store can be reached by that: ${(error as Error).message}`, exitCodes.usage);
  }
}

async function move<Moved extends Row & { readonly events: number }>(
  terminal: Terminal,
  store: string,
  output: OutputFormat,
  work: (log: MovableLog, progress: (now: Progress) => void) => Promise<Moved>,
  columns: readonly string[],
): Promise<void> {
  const log = await open(store, terminal);
  const display = displayOn(terminal, telling);
  const begun = secondsNow();
  try {
    const moved = await work(log, display.show);
    display.end();
    const seconds = secondsNow() - begun;
    terminal.words(`${moved.events} events in ${seconds.toFixed(1)} s. Both sides have the same digest.\n`);
    terminal.data(formatRows([moved], columns, output));
  } catch (error) {
    display.end();
    if ((error as Error).name !== 'StoreUnavailable') throw error;
    throw new CommandFailure((error as Error).message, exitCodes.unreachable, { cause: error });
  } finally {
    await log.close();
  }
}

const fileIn = (place: string): string =>
  existsSync(place) && statSync(place).isDirectory() ? join(place, 'ledger.ndjson.gz') : place;

/** A ledger is moved without the service: both commands talk to event stores. */
export function addMove(program: Command, terminal: Terminal): void {
  const { signal } = terminal;
  program
    .command('export')
    .summary('write the ledger of an event store into a file')
    .description(
      'Compares the file with the store in the end. Broken off, it continues when it is started again.\n\nExample:\n  ledger export esdb://127.0.0.1:2113?tls=false boston.ndjson.gz',
    )
    .argument('<store>', eventStoreWords)
    .argument('<file>', 'gzipped file to write, or the folder that ledger.ndjson.gz is written into')
    .addOption(outputOption())
    .action(async (store: string, place: string, { output }: MoveFlags) => {
      const { exportLog } = await import('../move/export-log.js');
      const file = fileIn(place);
      const work = async (from: MovableLog, progress: (now: Progress) => void) => ({
        ...(await exportLog({ from, file, progress, signal })),
        file,
      });
      await move(terminal, store, output, work, ['events', 'digest', 'file']);
    });
  program
    .command('import-log')
    .summary('write an exported ledger into an event store')
    .description(
      'The store is empty, or holds the beginning of the same ledger. Compares both in the end. Broken off, it continues when it is started again.\n\nExample:\n  ledger import-log boston.ndjson.gz esdb://127.0.0.1:2114?tls=false',
    )
    .argument('<file>', 'what `ledger export` wrote')
    .argument('<store>', eventStoreWords)
    .addOption(outputOption())
    .action(async (file: string, store: string, { output }: MoveFlags) => {
      const { importLog } = await import('../move/import-log.js');
      const work = async (into: MovableLog, progress: (now: Progress) => void) => ({
        ...(await importLog({ file: fileIn(file), into, progress, signal })),
      });
      await move(terminal, store, output, work, ['events', 'unchanged', 'digest']);
    });
}
