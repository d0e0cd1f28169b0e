import type { Command } from 'commander';
import type { Terminal } from '../terminal.js';
import { obtainToken, type TokenRequest } from '../token-source.js';
import { wholeNumber } from './options.js';

export function addToken(program: Command, terminal: Terminal): void {
  program
    .command('token')
    .summary('print an access token of the local issuer')
    .description(
      'Makes the person and the grant where they do not exist yet. Needs the operator key of the data folder.\n\nExamples:\n' +
        '  export LEDGER_TOKEN=$(npm run --silent ledger -- token --role data-capturer --agency boston)\n' +
        '  ledger token --role oversight --lifetime 3600',
    )
    .requiredOption('--role <role>', 'role of the grant, such as data-capturer, administrator or oversight')
    .option('--agency <id>', 'agency of the grant; all agencies when left out')
    .option('--subject <name>', 'who it is; a person of that role when left out')
    .option('--lifetime <seconds>', 'how long the token is good for', wholeNumber)
    .action(async (request: TokenRequest) => {
      const { fetch, signal } = terminal;
      const token = await obtainToken(terminal.environment(), request, { fetch, retrying: { patience: 0, signal } });
      terminal.data(`${token}\n`);
    });
}
