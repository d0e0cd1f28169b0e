import type { Command } from 'commander';
import { CommandFailure } from '../exit-codes.js';
import { formatRows, type OutputFormat, type Row } from '../output.js';
import type { Terminal } from '../terminal.js';
import { outputOption } from './options.js';

type Library = typeof import('@app/embedded-eventstore');
interface Flags {
  readonly output: OutputFormat;
}

/** What the library refuses or finds damaged is told as its sentence; the library is loaded when it is asked for. */
async function withLibrary<T>(work: (library: Library) => T | Promise<T>): Promise<T> {
  const library = await import('@app/embedded-eventstore');
  try {
    return await work(library);
  } catch (error) {
    throw new CommandFailure(error instanceof Error ? error.message : String(error));
  }
}

/** The folder of the embedded event store: commands of an operator beside the files. */
export function addStore(program: Command, terminal: Terminal): void {
  const store = program.command('store').summary('check, back up and scavenge the embedded event store');
  const print = (row: Row, output: OutputFormat): void => terminal.data(formatRows([row], Object.keys(row), output));
  store
    .command('verify')
    .summary('read every event and check it; nothing is changed')
    .description('Names every damaged place.\n\nExample:\n  ledger store verify .data/eventstore')
    .argument('<folder>', 'data folder of the event store')
    .addOption(outputOption())
    .action(async (folder: string, { output }: Flags) => {
      const { damages, ...found } = await withLibrary(({ verifyFolder }) => verifyFolder(folder));
      print({ ...found, damages: damages.length }, output);
      if (damages.length > 0) throw new CommandFailure(damages.join('\n'));
    });
  store
    .command('backup')
    .summary('copy the folder, also while the server runs')
    .description('Example:\n  ledger store backup .data/eventstore /backups/2026-11-27')
    .argument('<folder>', 'data folder of the event store')
    .argument('<target>', 'empty or new folder that becomes the backup')
    .addOption(outputOption())
    .action(async (folder: string, target: string, { output }: Flags) => {
      const { files, ...made } = await withLibrary(({ backupFolder }) => backupFolder(folder, target));
      print({ ...made, files: files.length }, output);
    });
  store
    .command('restore')
    .summary('make a data folder of a backup')
    .description(
      'Every digest and every checksum is verified.\n\nExample:\n  ledger store restore /backups/2026-11-27 .data/eventstore',
    )
    .argument('<backup>', 'folder that store backup has made')
    .argument('<folder>', 'empty or new folder for a server')
    .addOption(outputOption())
    .action(async (backup: string, folder: string, { output }: Flags) => {
      const { events, end } = await withLibrary(({ restoreFolder }) => restoreFolder(backup, folder));
      print({ events, end }, output);
    });
  store
    .command('scavenge')
    .summary('let a running event store give back the room of deleted and expired events')
    .description(
      'Prints the id; the stream $scavenges-<id> tells the result.\n\nExample:\n  ledger store scavenge http://127.0.0.1:2113',
    )
    .argument('<address>', 'http address of an event store without TLS')
    .addOption(outputOption())
    .action(async (address: string, { output }: Flags) => {
      print({ scavenge: await withLibrary(({ requestScavenge }) => requestScavenge(address)) }, output);
    });
}
