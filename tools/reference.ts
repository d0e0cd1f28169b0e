// npm run reference: writes docs/reference from the code; with --check it only says what is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsPage } from './reference/events.js';
import { httpPage } from './reference/http.js';
import { readModelsPage } from './reference/read-models.js';
import { rulesPage } from './reference/rules.js';
import { root } from './reference/sources.js';
import { stateMachinesPage } from './reference/state-machines.js';

const folder = join(root, 'docs', 'reference');
const onlyCheck = process.argv.includes('--check');
const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

mkdirSync(folder, { recursive: true });
const stale: string[] = [];
for (const make of [rulesPage, eventsPage, readModelsPage, httpPage, stateMachinesPage]) {
  const { name, text } = await make();
  const path = join(folder, name);
  if (textOf(path) === text) continue;
  stale.push(`docs/reference/${name}`);
  if (!onlyCheck) writeFileSync(path, text);
}
if (onlyCheck && stale.length > 0) {
  process.stderr.write(`${stale.join('\n')}\nStale: npm run reference writes them anew.\n`);
  process.exit(1);
}
process.stdout.write(stale.length === 0 ? 'docs/reference is up to date.\n' : `${stale.join('\n')}\n`);
