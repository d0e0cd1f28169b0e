import { Option, type Command } from 'commander';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import { requestJson, tokenFor } from '../ledger-client.js';
import { formatRows, type OutputFormat, type Row } from '../output.js';
import type { Terminal } from '../terminal.js';
import { tokenSource } from '../token-source.js';
import { outputOption } from './options.js';

export interface Listing {
  readonly output: OutputFormat;
}
interface ParkedFlags {
  readonly projection: string;
  readonly document: string;
}

/** Asks a door of the operator. */
export const ask = async (
  terminal: Terminal,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<unknown> => {
  const environment = terminal.environment();
  const { fetch, signal } = terminal;
  const client = { url: environment.url, fetch, retrying: { patience: 0, signal } };
  const token = await tokenFor(tokenSource(environment, client), 'administrator');
  return requestJson(method, `/v1/operations/${path}`, body, { ...client, token });
};

export async function list(
  terminal: Terminal,
  path: string,
  columns: readonly string[],
  { output }: Listing,
): Promise<void> {
  const { rows } = (await ask(terminal, 'GET', path)) as { readonly rows: readonly Row[] };
  terminal.data(formatRows(rows, columns, output));
}

const parkedColumns = ['projection', 'document', 'type', 'streamName', 'revision', 'attempts', 'error'];

function addParked(program: Command, terminal: Terminal): void {
  const parked = program
    .command('parked')
    .summary('events that a read model could not take')
    .description('The later events of the same document wait behind such an event; all others go on.');
  const ofDocument = (name: string, summary: string): Command =>
    parked
      .command(name)
      .summary(summary)
      .requiredOption('--projection <name>', "read model; '*' where the event itself cannot be read")
      .requiredOption('--document <id>', 'document whose events wait');
  const send = async (verb: string, body: object): Promise<void> => {
    const { waiting } = (await ask(terminal, 'POST', `parked-events/${verb}`, body)) as { readonly waiting: number };
    terminal.data(formatRows([{ waiting }], ['waiting'], 'jsonl'));
    if (waiting > 0) throw new CommandFailure(`${waiting} events of the document still wait.`, exitCodes.partial);
  };
  parked
    .command('list')
    .summary('list them')
    .addOption(outputOption())
    .action((flags: Listing) => list(terminal, 'parked-events', parkedColumns, flags));
  ofDocument('retry', 'apply the events of a document again, in order').action(
    ({ projection, document }: ParkedFlags) => send('retry', { projection, document }),
  );
  ofDocument('skip', 'go on without the first event of a document')
    .requiredOption('--reason <text>', 'why the read model goes on without it')
    .action(({ projection, document, reason }: ParkedFlags & { readonly reason: string }) =>
      send('skip', { projection, document, reason }),
    );
}

/** Commands of the operator: they talk HTTP to the process that keeps the read models. */
export function addOperations(program: Command, terminal: Terminal): void {
  program
    .command('views')
    .summary('list the read models')
    .addOption(outputOption())
    .action((flags: Listing) => list(terminal, 'read-models', ['name', 'parkedEvents'], flags));
  program
    .command('rebuild')
    .summary('build a read model anew from the log')
    .description('The old view answers until the new one takes its place.\n\nExample:\n  ledger rebuild scorecard')
    .argument('[view]', 'name of the read model')
    .addOption(new Option('--all', 'all read models').default(false))
    .action(async (view: string | undefined, { all }: { readonly all: boolean }) => {
      if ((view === undefined) !== all) throw new CommandFailure('Name one read model, or say --all.', exitCodes.usage);
      const path = `read-models/${encodeURIComponent(view ?? 'all')}/rebuild`;
      const { rebuilt } = (await ask(terminal, 'POST', path)) as { readonly rebuilt: readonly string[] };
      terminal.data(
        formatRows(
          rebuilt.map((name) => ({ name })),
          ['name'],
          'jsonl',
        ),
      );
    });
  addParked(program, terminal);
}
