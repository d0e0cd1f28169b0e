// npm run reference: writes docs/reference from the code. Another folder may be named.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsPage } from './reference/events.js';
import { httpPage } from './reference/http.js';
import { readModelsPage } from './reference/read-models.js';
import { rulesPage } from './reference/rules.js';
import { root } from './reference/sources.js';
import { stateMachinesPage } from './reference/state-machines.js';

const folder = process.argv[2] ?? join(root, 'docs', 'reference');

mkdirSync(folder, { recursive: true });
for (const make of [rulesPage, eventsPage, readModelsPage, httpPage, stateMachinesPage]) {
  const { name, text } = await make();
  writeFileSync(join(folder, name), text);
}
