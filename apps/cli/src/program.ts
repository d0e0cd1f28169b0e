import { Command, CommanderError } from 'commander';
import { addEmbeddedServers } from './commands/embedded.js';
import { addImport } from './commands/import.js';
import { addKeys } from './commands/keys.js';
import { addMove } from './commands/move.js';
import { addOperations } from './commands/operations.js';
import { addProcesses } from './commands/processes.js';
import { addStore } from './commands/store.js';
import { addToken } from './commands/token.js';
import { CommandFailure, exitCodes, type ExitCode } from './exit-codes.js';
import type { Terminal } from './terminal.js';

const afterHelp = `
Environment:
  LEDGER_URL         address of the service (http://127.0.0.1:3000)
  LEDGER_TOKEN       access token; or LEDGER_TOKEN_FILE, a file that holds one
  LEDGER_DATA_DIR    data folder of the service (.data); its operator key makes tokens where none is set
  EVENTSTORE_URL     event store that - stands for in export, import-log and store scavenge
  NO_COLOR           no colours

Exit codes:
  0 done   1 failed   2 usage   3 partly done, or a difference   4 sign-in needed   5 service unreachable   130 interrupted`;

export function createProgram(terminal: Terminal): Command {
  const program = new Command('ledger')
    .description('Command line of Civic Ledger. Data goes to stdout, words to stderr.')
    .addHelpText('after', afterHelp)
    .showHelpAfterError('(--help shows what is possible)')
    .configureOutput({ writeOut: terminal.data, writeErr: terminal.words, getErrHasColors: () => terminal.colour })
    .exitOverride();
  addImport(program, terminal);
  addToken(program, terminal);
  addOperations(program, terminal);
  addKeys(program, terminal);
  addProcesses(program, terminal);
  addMove(program, terminal);
  addEmbeddedServers(program, terminal);
  addStore(program, terminal);
  return program;
}

function explain(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof CommandFailure) {
    terminal.words(`${error.message}\n`);
    return terminal.signal.aborted ? exitCodes.interrupted : error.exitCode;
  }
  if (terminal.signal.aborted) {
    terminal.words('Interrupted.\n');
    return exitCodes.interrupted;
  }
  terminal.words(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodes.failed;
}

/** Runs one command line and answers the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    await createProgram(terminal).parseAsync(args, { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    return explain(error, terminal);
  }
}
