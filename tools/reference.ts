// npm run reference: writes docs/reference, and what the OpenAPI document says of answers, from the code. Another folder may be named.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsPage } from './reference/events.js';
import { httpPage } from './reference/http.js';
import { readModelsPage } from './reference/read-models.js';
import { repliesFile } from './reference/replies.js';
import { rulesPage } from './reference/rules.js';
import { root } from './reference/sources.js';
import { stateMachinesPage } from './reference/state-machines.js';

const other = process.argv[2];
const folder = other ?? join(root, 'docs', 'reference');
const beside = other ?? join(root, 'libs', 'http', 'src', 'service');

mkdirSync(folder, { recursive: true });
for (const make of [rulesPage, eventsPage, readModelsPage, httpPage, stateMachinesPage]) {
  const { name, text } = await make();
  writeFileSync(join(folder, name), text);
}
const { name, text } = await repliesFile();
writeFileSync(join(beside, name), text);
