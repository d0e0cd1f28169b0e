import { parse } from 'csv-parse/sync';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { importFile, type ImportCounts, type ImportProgress } from '../../apps/cli/src/import/import-file.js';
import { loadProfile } from '../../apps/cli/src/import/profile.js';
import { home, tokenOf } from './service.js';

const whole = join(home, '..', 'shared', 'data', 'boston-311-2011', 'cases.csv.gz');
const excerpt = join(home, 'examples', 'boston-311', 'excerpt.csv');

/** Writes the first cases of the Boston file, or the excerpt where the file is not there. @returns how many. */
export async function writeCases(file: string, most: number): Promise<number> {
  const source = existsSync(whole) ? createReadStream(whole).pipe(createGunzip()) : createReadStream(excerpt);
  const target = createWriteStream(file);
  let lines = 0;
  for await (const line of createInterface({ input: source, crlfDelay: Infinity })) {
    if (lines > most) break;
    target.write(`${line}\n`);
    lines += 1;
  }
  target.end();
  await finished(target);
  return lines - 1;
}

export interface CasesImport {
  readonly url: string;
  readonly dataDir: string;
  readonly file: string;
  readonly batchLines?: number;
  readonly progress?: (now: ImportProgress) => void;
}

/** Imports in small batches, and gives up as soon as the service does not answer. */
export const importCases = ({ url, dataDir, file, batchLines = 400, progress }: CasesImport): Promise<ImportCounts> =>
  importFile({
    url,
    token: (role, agency) => tokenOf(url, dataDir, role, agency),
    profile: loadProfile('boston-311', join(home, 'profiles')),
    file,
    batchLines,
    patience: 0,
    ...(progress === undefined ? {} : { progress }),
  });

const question =
  'agency=boston&indicator=on-time-closure&groupBy=period,department,ward&validAt=2012-01-01T00:00:00-05:00';

/** Every figure by period, department and ward, as text. */
export async function figures(url: string): Promise<string> {
  const response = await fetch(`${url}/v1/performance?${question}`, { headers: { accept: 'text/csv' } });
  return response.text();
}

/** How many cases such figures are of: the read models may be behind. */
export const casesIn = (csv: string): number =>
  parse<{ readonly n: string }>(csv, { columns: true }).reduce((sum, { n }) => sum + Number(n), 0);
