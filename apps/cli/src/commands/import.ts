import { basename } from 'node:path';
import type { Command } from 'commander';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import { importFile, type ImportProgress } from '../import/import-file.js';
import { loadProfile } from '../import/profile.js';
import { formatRows, type OutputFormat } from '../output.js';
import { displayOn, secondsNow } from '../progress.js';
import type { Terminal } from '../terminal.js';
import { tokenSource } from '../token-source.js';
import { intOption, outputOption } from './options.js';

interface ImportFlags {
  readonly report?: string;
  readonly patience: number;
  readonly output: OutputFormat;
}

const telling = {
  progress: ({ bytesRead, bytesTotal, rows }: ImportProgress) => ({ done: bytesRead, total: bytesTotal, count: rows }),
  unit: 'rows',
  counts: ({ accepted, unchanged, rejected }: ImportProgress) =>
    `${accepted} accepted, ${unchanged} unchanged, ${rejected} rejected`,
};

const reportBeside = (file: string): string =>
  `${basename(file).replace(/(\.csv|\.tsv|\.txt)?(\.gz)?$/, '')}.rejected.ndjson`;

export function addImport(program: Command, terminal: Terminal): void {
  program
    .command('import')
    .summary('put the rows of published files into the ledger')
    .description(
      'Examples:\n  ledger import boston-311 ../shared/data/boston-311-2011/cases.csv.gz\n  ledger import polis ../shared/data/polis/15-per-hour-seattle\n  ledger import ./my-city.json cases.csv --report bad.csv',
    )
    .argument('<profile>', 'name of a shipped profile, or path of a profile file')
    .argument('<file>', 'CSV file, gunzipped when its name ends in .gz; of a conversation the folder of its files')
    .option('--report <file>', 'where rejected rows are written, CSV for .csv, else NDJSON')
    .addOption(intOption('--patience <seconds>', 'how long a busy or missing service is asked again', 60))
    .addOption(outputOption())
    .action(async (profileName: string, file: string, flags: ImportFlags) => {
      const profile = loadProfile(profileName, terminal.profilesFolder);
      const environment = terminal.environment();
      const { fetch, signal, words } = terminal;
      const patience = flags.patience * 1000;
      const display = displayOn(terminal, telling);
      const reportFile = flags.report ?? reportBeside(file);
      const begun = secondsNow();
      const counts = await importFile({
        url: environment.url,
        token: tokenSource(environment, { fetch, retrying: { patience, signal } }),
        profile,
        file,
        reportFile,
        progress: display.show,
        notice: (text) => words(`${text}\n`),
        fetch,
        signal,
        patience,
      }).finally(display.end);
      const seconds = secondsNow() - begun;
      const rows = counts.accepted + counts.unchanged + counts.rejected;
      words(
        `${rows} rows in ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s. Rejections: ${reportFile}\n`,
      );
      const columns = ['accepted', 'unchanged', 'rejected', ...(counts.leftOut === undefined ? [] : ['leftOut'])];
      terminal.data(formatRows([{ ...counts }], columns, flags.output));
      if (counts.rejected > 0) {
        throw new CommandFailure(`${counts.rejected} rows were rejected; ${reportFile} says why.`, exitCodes.partial);
      }
    });
}
