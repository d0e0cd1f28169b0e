// npm run bench [-- --quick] [--json] [--only commands,http,projections,boston,votes] [--events 1000000] [--file cases.csv.gz]
//   [--profile folder]
// Both sides of every ratio in one run, in turns, on two servers in processes of their own. EVENTSTORE_URL and MONGODB_URL
// name others: throw-away ones, for streams are left behind.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, servers, table } from './harness.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: 'commands,http,projections,boston,votes' },
    events: { type: 'string' },
    file: { type: 'string' },
    profile: { type: 'string' },
  },
});
const { quick, json, only, file, profile } = values;
// Every child writes a CPU profile of each of its threads there; the figures are then lower.
if (profile !== undefined) process.env.BENCH_PROFILE = profile;
const parts = {
  commands: async (given) => (await import('./ratios/commands.mjs')).commandRatios(given),
  http: async (given) => (await import('./ratios/http.mjs')).httpRatios(given),
  projections: async (given) => (await import('./ratios/projections.mjs')).projectionRatios(given),
  boston: async (given) => (await import('./ratios/boston.mjs')).bostonRows(given),
  votes: async (given) => (await import('./ratios/votes.mjs')).votesRatios(given),
};
const wanted = only.split(',');
const unknown = wanted.find((name) => parts[name] === undefined);
if (unknown !== undefined) throw new Error(`There is no part ${unknown}; there are ${Object.keys(parts).join(', ')}.`);

const root = mkdtempSync(join(tmpdir(), 'ledger-bench-'));
const about = machine(root);
const rows = [];
for (const name of wanted) {
  process.stderr.write(`${name} ...\n`);
  const folder = join(root, name);
  // Servers of its own for each part: what an earlier one has written must not weigh on a later one.
  const stores = await servers(join(folder, 'stores'));
  const events = values.events && { events: Number(values.events) };
  rows.push(...(await parts[name]({ ...stores, folder, quick, file, ...events })));
  await stores.stop();
}
rmSync(root, { recursive: true, force: true });
process.stdout.write(
  json
    ? `${JSON.stringify({ machine: about, quick, rows }, null, 2)}\n`
    : `${about}${quick ? ', --quick' : ''}\n\n${table(rows)}\n`,
);
process.exit(0);
