import type { Command } from 'commander';
import { CommandFailure } from '../exit-codes.js';
import { formatRows, type OutputFormat, type Row } from '../output.js';
import type { Terminal } from '../terminal.js';
import { eventStoreUrl, eventStoreWords } from './event-store-url.js';
import { outputOption } from './options.js';
import { storeOf } from './store-folders.js';

interface Flags {
  readonly output: OutputFormat;
}

/** What a library refuses or finds damaged is told as its sentence; libraries are loaded when they are asked for. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new CommandFailure(error instanceof Error ? error.message : String(error));
  }
}

/** The folders of the embedded stores: commands of an operator beside the files. */
export function addStore(program: Command, terminal: Terminal): void {
  const store = program.command('store').summary('check and back up the embedded stores, scavenge the event store');
  const print = (row: Row, output: OutputFormat): void => terminal.data(formatRows([row], Object.keys(row), output));
  store
    .command('verify')
    .summary('read every event or document and check it; nothing is changed')
    .description('Names every damaged place.\n\nExample:\n  ledger store verify .data/eventstore')
    .argument('<folder>', 'data folder of a store')
    .addOption(outputOption())
    .action(async (folder: string, { output }: Flags) => {
      const { found, damages } = await told(async () => (await storeOf(folder)).verify(folder));
      print(found, output);
      if (damages.length > 0) throw new CommandFailure(damages.join('\n'));
    });
  store
    .command('backup')
    .summary('copy the folder, also while the server runs')
    .description('Example:\n  ledger store backup .data/eventstore /backups/2026-11-27')
    .argument('<folder>', 'data folder of a store')
    .argument('<target>', 'empty or new folder that becomes the backup')
    .addOption(outputOption())
    .action(async (folder: string, target: string, { output }: Flags) => {
      print(await told(async () => (await storeOf(folder)).backUp(folder, target)), output);
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
      print(await told(async () => (await storeOf(backup)).restore(backup, folder)), output);
    });
  store
    .command('scavenge')
    .summary('let a running event store give back the room of deleted and expired events')
    .description(
      'Prints the id; the stream $scavenges-<id> tells the result.\n\nExample:\n  ledger store scavenge esdb://127.0.0.1:2113?tls=false',
    )
    .argument('<store>', eventStoreWords)
    .addOption(outputOption())
    .action(async (address: string, { output }: Flags) => {
      const { requestScavenge } = await import('@app/embedded-eventstore');
      print({ scavenge: await told(() => requestScavenge(eventStoreUrl(address, terminal))) }, output);
    });
}
