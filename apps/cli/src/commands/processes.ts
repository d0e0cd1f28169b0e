import type { Command } from 'commander';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import { formatRows, type Row } from '../output.js';
import type { Terminal } from '../terminal.js';
import { ask, list, type Listing } from './operations.js';
import { outputOption } from './options.js';

const columns = ['agency', 'process', 'key', 'wakeAt', 'openActions', 'awaitedCommands', 'refusedCommands'];
const parkedColumns = ['instance', 'process', 'type', 'streamName', 'revision', 'attempts', 'error'];
const mostRows = 1_000;

/** Every page of the list. */
async function all(terminal: Terminal, filter: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let cursor = ''; ;) {
    const page = (await ask(terminal, 'GET', `processes?limit=${mostRows}${filter}${cursor}`)) as {
      readonly rows: readonly Row[];
      readonly next?: string;
    };
    rows.push(...page.rows);
    if (page.next === undefined) return rows;
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  }
}

/** Commands of the operator: they talk HTTP to the process that runs the processes. */
export function addProcesses(program: Command, terminal: Terminal): void {
  const processes = program
    .command('processes')
    .summary('what goes on by itself between events and commands')
    .description('The later steps of the same instance wait behind one that failed; all others go on.');
  processes
    .command('list')
    .summary('list what each process waits for')
    .option('--process <name>', 'of this process only')
    .addOption(outputOption())
    .action(async ({ process, output }: Listing & { readonly process?: string }) => {
      const filter = process === undefined ? '' : `&process=${encodeURIComponent(process)}`;
      terminal.data(formatRows(await all(terminal, filter), columns, output));
    });
  processes
    .command('parked')
    .summary('list the steps that failed')
    .addOption(outputOption())
    .action((flags: Listing) => list(terminal, 'parked-steps', parkedColumns, flags));
  const send = async (verb: string, body: object): Promise<void> => {
    const { waiting } = (await ask(terminal, 'POST', `parked-steps/${verb}`, body)) as { readonly waiting: number };
    terminal.data(formatRows([{ waiting }], ['waiting'], 'jsonl'));
    if (waiting > 0) throw new CommandFailure(`${waiting} steps of the instance still wait.`, exitCodes.partial);
  };
  const ofInstance = (name: string, summary: string): Command =>
    processes
      .command(name)
      .summary(summary)
      .requiredOption('--instance <stream>', 'stream of the process instance, as the list of parked steps has it');
  ofInstance('retry', 'take the parked steps of an instance again, in order').action(
    ({ instance }: { readonly instance: string }) => send('retry', { instance }),
  );
  ofInstance('skip', 'go on without the first parked step of an instance')
    .requiredOption('--reason <text>', 'why the process goes on without it')
    .action((flags: { readonly instance: string; readonly reason: string }) => send('skip', flags));
}
