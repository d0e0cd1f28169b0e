// npm run bench:stores [-- --quick] [--json] [--only eventstore,mongo] [--rounds 3]
//   [--eventstore label=esdb://host:2113?tls=false ...] [--mongo label=mongodb://host:27017 ...]
// The embedded stores under their official clients, all sides in one run, in turns. A part is a module beside this file
// that answers tables (see table.mjs); servers that are named on the command line join as sides of their own. They must
// be throw-away ones: streams are left behind.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from '../harness.mjs';
import { printed } from './table.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
    eventstore: { type: 'string', multiple: true, default: [] },
    mongo: { type: 'string', multiple: true, default: [] },
  },
});

const parts = {
  eventstore: async (given) => (await import('./eventstore.mjs')).eventStoreTables(given),
  mongo: async (given) => (await import('./mongo.mjs')).mongoTables(given),
};
const wanted = values.only?.split(',') ?? Object.keys(parts);
const unknown = wanted.find((name) => parts[name] === undefined);
if (unknown !== undefined) throw new Error(`There is no part ${unknown}; there are ${Object.keys(parts).join(', ')}.`);

/** `label=address`: the label is the column's head. */
const named = (given) => {
  const at = given.indexOf('=');
  if (at < 1) throw new Error(`${given} is not label=address.`);
  return { label: given.slice(0, at), address: given.slice(at + 1) };
};

const root = mkdtempSync(join(tmpdir(), 'ledger-bench-stores-'));
const { quick, json } = values;
const about = `${machine(root)}${quick ? ', --quick' : ''}`;
const rounds = Number(values.rounds ?? (quick ? 1 : 3));
const tables = [];
for (const part of wanted) {
  const others = (values[part] ?? []).map(named);
  const say = (text) => process.stderr.write(`${part}: ${text}\n`);
  tables.push(...(await parts[part]({ folder: join(root, part), quick, rounds, others, say })));
}
rmSync(root, { recursive: true, force: true });
process.stdout.write(
  json
    ? `${JSON.stringify({ machine: about, tables }, null, 2)}\n`
    : `${about}\n\n${tables.map(printed).join('\n\n')}\n`,
);
process.exit(0);
