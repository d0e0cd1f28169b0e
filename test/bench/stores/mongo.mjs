// The document store's part of npm run bench:stores.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { child, home } from '../harness.mjs';
import { tableOf } from './measured.mjs';
import { readings, writings } from './mongo-workloads.mjs';
import { inTurns } from './table.mjs';

const cli = join(home, 'dist', 'apps', 'cli', 'src', 'main.js');
const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
const DATABASE = 'ledger-bench-stores';

async function sidesOf(folder, others) {
  mkdirSync(folder, { recursive: true });
  const embedded = await child([cli, 'embedded-mongo', '--data', join(folder, 'documents'), '--port', '0']);
  const nothing = await child([beside('null-mongo.mjs')]);
  const started = [
    { label: 'embedded', address: embedded.says, pid: embedded.pid, stop: embedded.stop },
    ...others,
    { label: 'stores nothing', address: nothing.says, pid: nothing.pid, stop: nothing.stop, cannot: ['group'] },
  ];
  return Promise.all(
    started.map(async (side) => {
      const client = await MongoClient.connect(side.address);
      return { ...side, client, database: client.db(DATABASE) };
    }),
  );
}

/** Opening a folder: the time until the server listens, in a process that does nothing else. */
async function opening(folder, quick, rounds, say) {
  const documents = quick ? 50_000 : 250_000;
  const data = join(folder, `opening-${documents}`);
  say(`writing ${documents} documents`);
  const { stop } = await child([beside('open-mongo.mjs'), data, String(documents)]);
  await stop();
  const label = 'embedded';
  const what = `opening ${documents.toLocaleString('en-US')} documents with three indexes`;
  const row = await inTurns(what, [{ label }], rounds, async () => {
    const { says, stop: close } = await child([beside('open-mongo.mjs'), data, '0']);
    await close();
    const { seconds, cpu, megabytes } = JSON.parse(says);
    return { value: seconds, unit: ' s', note: `(${cpu} s CPU, ${megabytes} MB RSS)` };
  });
  return { title: 'Opening', sides: [label], rows: [row] };
}

/** `others`: [{ label, address }], servers to put beside; their database ledger-bench-stores is dropped at the end. */
export async function mongoTables({ folder, quick, rounds, others, say }) {
  const sides = await sidesOf(folder, others);
  const scale = quick ? 0.2 : 1;
  say('warming up');
  for (const { run } of writings(0.1)) for (const side of sides) await run(side);
  const tables = [
    await tableOf(
      'Writes, durable before they are acknowledged, documents/s (p50/p99 ms)',
      sides,
      writings(scale),
      rounds,
      say,
    ),
    await tableOf('Reads, answers/s (p50/p99 ms)', sides, readings(scale), rounds, say),
  ];
  for (const { database, client, stop } of sides) {
    await database.dropDatabase();
    await client.close();
    await stop?.();
  }
  return [...tables, await opening(folder, quick, rounds, say)];
}
