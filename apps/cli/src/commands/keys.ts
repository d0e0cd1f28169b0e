import { Option, type Command } from 'commander';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import { formatRows, type OutputFormat } from '../output.js';
import type { Terminal } from '../terminal.js';
import { ask } from './operations.js';
import { outputOption } from './options.js';

interface Keys {
  readonly epoch: number;
  /** Older epochs whose closing was interrupted. */
  readonly closing: readonly number[];
  readonly standing: number;
  readonly shredded: number;
}
interface Closed {
  readonly epoch: number;
  readonly rewrapped: number;
}

const epochOption = (): Option =>
  new Option('--epoch <number>', 'epoch that is closed; the newest one where none is named').argParser((text) => {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new CommandFailure('An epoch is a number from 1.', exitCodes.usage);
    return Number(text);
  });

/** The keys of people: commands of the operator to the process that takes in what they say. */
export function addKeys(program: Command, terminal: Terminal): void {
  const keys = program.command('keys').summary('the keys that people are erased by');
  keys
    .command('list')
    .summary('how many keys stand, and under which epoch')
    .addOption(outputOption())
    .action(async ({ output }: { readonly output: OutputFormat }) => {
      const { closing, ...counts } = (await ask(terminal, 'GET', 'keys')) as Keys;
      const row = { ...counts, closing: closing.join(' ') };
      terminal.data(formatRows([row], ['epoch', 'standing', 'shredded', 'closing'], output));
    });
  keys
    .command('close-epoch')
    .summary('make every older copy of the keys unreadable')
    .description(
      'Wraps the keys that stand anew and destroys the key of the epoch. Make a new copy of the keys after it.',
    )
    .addOption(epochOption())
    .action(async ({ epoch }: { readonly epoch?: number }) => {
      const number = epoch ?? ((await ask(terminal, 'GET', 'keys')) as Keys).epoch;
      const { rewrapped, ...now } = (await ask(terminal, 'POST', `keys/epochs/${number}/closing`, {})) as Closed;
      terminal.data(
        formatRows([{ closed: number, rewrapped, epoch: now.epoch }], ['closed', 'rewrapped', 'epoch'], 'jsonl'),
      );
    });
}
