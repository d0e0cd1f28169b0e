import { join } from 'node:path';
import { importFile, type ImportCounts } from '../../cli/src/import/import-file.js';
import { loadProfile } from '../../cli/src/import/profile.js';

export interface ExampleOptions {
  readonly url: string;
  readonly operatorSecret: string;
  /** Root of the project: its profiles and examples. */
  readonly home: string;
}

/** Fills an empty ledger with an excerpt of real cases, over HTTP, as any city would import its own. */
export async function seedExample({ url, operatorSecret, home }: ExampleOptions): Promise<ImportCounts> {
  return importFile({
    url,
    token: (role, agency) => tokenFor(url, operatorSecret, role, agency),
    profile: loadProfile('boston-311', join(home, 'profiles')),
    file: join(home, 'examples', 'boston-311', 'excerpt.csv'),
  });
}

async function tokenFor(url: string, secret: string, role: string, agency?: string): Promise<string> {
  const response = await fetch(`${url}/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ role, ...(agency === undefined ? {} : { agency }) }),
  });
  if (!response.ok) throw new Error(`The local issuer answered ${response.status}`);
  return ((await response.json()) as { token: string }).token;
}
