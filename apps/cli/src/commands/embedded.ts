import { once } from 'node:events';
import type { EmbeddedMongoOptions } from '@app/embedded-mongo';
import { type Command, Option } from 'commander';
import { CommandFailure } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { intOption, wholeNumber } from './options.js';
import { addSecurityOptions, type Security, type SecurityFlags, securityFrom } from './security.js';

interface ServerFlags extends SecurityFlags {
  readonly data: string;
  readonly port: number;
  readonly commitTimeout?: number;
}
/** The document store has one user; the options of a server that is to be open to everybody are none. */
function mongoAccess(security: Security | undefined): Pick<EmbeddedMongoOptions, 'login' | 'tls'> {
  if (security === undefined) return {};
  const { password, certificate: cert, key } = security;
  return { login: { user: 'ledger', password }, tls: { cert, key } };
}

interface RunningServer {
  readonly connectionString: string;
  /** Resolves when the storage failed. */
  readonly failed: Promise<Error>;
  close(): Promise<void>;
}
type Start = (flags: ServerFlags) => Promise<RunningServer>;

function addServer(
  program: Command,
  terminal: Terminal,
  name: string,
  summary: string,
  port: number,
  start: Start,
): Command {
  return program
    .command(name)
    .summary(summary)
    .description(
      `Runs until Ctrl-C. Prints its connection string on stdout.\n\nExample:\n  ledger ${name} --data .data/store`,
    )
    .requiredOption('--data <folder>', 'where it keeps its files')
    .addOption(intOption('--port <number>', 'port to listen on; 0 for any free one', port))
    .action(async (flags: ServerFlags) => {
      const server = await start(flags).catch((error: Error) => {
        throw new CommandFailure(`${name} does not start: ${error.message}`);
      });
      terminal.data(`${server.connectionString}\n`);
      terminal.words(`${name} keeps ${flags.data}; Ctrl-C ends it.\n`);
      const interrupted = terminal.signal.aborted ? Promise.resolve() : once(terminal.signal, 'abort');
      const failure = await Promise.race([interrupted.then(() => undefined), server.failed]);
      await server.close();
      if (failure !== undefined) throw new CommandFailure(`${name} stopped: ${failure.message}`);
    });
}

/** The servers are loaded when they are asked for: they bring native storage along. */
export function addEmbeddedServers(program: Command, terminal: Terminal): void {
  const eventStore: Start = async (flags) => {
    const { startEmbeddedEventStore } = await import('@app/embedded-eventstore');
    const { data: dataDir, port, host, commitTimeout: commitTimeoutMs } = flags;
    return startEmbeddedEventStore({ dataDir, port, host, commitTimeoutMs, security: securityFrom(flags) });
  };
  addSecurityOptions(
    addServer(
      program,
      terminal,
      'embedded-eventstore',
      'run the embedded event store by itself',
      2113,
      eventStore,
    ).addOption(
      new Option('--commit-timeout <ms>', 'answer an append that is not on the disk by then with a time-out').argParser(
        wholeNumber,
      ),
    ),
    'the first users',
  );
  const documentStore: Start = async (flags) => {
    const { startEmbeddedMongo } = await import('@app/embedded-mongo');
    const { data: dataDir, port, host } = flags;
    return startEmbeddedMongo({ dataDir, port, host, ...mongoAccess(securityFrom(flags)) });
  };
  addSecurityOptions(
    addServer(program, terminal, 'embedded-mongo', 'run the embedded document store by itself', 27017, documentStore),
    'the user ledger',
  );
}
