// The event store's part of npm run bench:stores.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EventStoreDBClient } from '@eventstore/db-client';
import { child, dispose, home } from '../harness.mjs';
import { appends, latencies, reads, subscriptions } from './eventstore-workloads.mjs';
import { tableOf } from './measured.mjs';
import { inTurns } from './table.mjs';

const cli = join(home, 'dist', 'apps', 'cli', 'src', 'main.js');
const beside = (name) => fileURLToPath(new URL(name, import.meta.url));

async function sidesOf(folder, others) {
  mkdirSync(folder, { recursive: true });
  const embedded = await child([cli, 'embedded-eventstore', '--data', join(folder, 'events'), '--port', '0']);
  const nothing = await child([beside('null-eventstore.mjs')]);
  const started = [
    { label: 'embedded', address: embedded.says, pid: embedded.pid, stop: embedded.stop },
    ...others,
    {
      label: 'stores nothing',
      address: nothing.says,
      pid: nothing.pid,
      stop: nothing.stop,
      cannot: ['persistent', 'live'],
    },
  ];
  return started.map((side) => ({ ...side, client: EventStoreDBClient.connectionString(side.address) }));
}

/** Opening a folder: the time until the server listens, in a process that does nothing else. */
async function opening(folder, quick, rounds, say) {
  const events = quick ? 200_000 : 1_000_000;
  const streams = events / 10;
  const data = join(folder, `opening-${events}`);
  say(`writing ${events} events`);
  const { stop, says: written } = await child([beside('open-eventstore.mjs'), data, String(events), String(streams)]);
  await stop();
  say(written);
  const label = 'embedded';
  const opened = [];
  const row = await inTurns(
    `opening ${events.toLocaleString('en-US')} events in ${streams.toLocaleString('en-US')} streams`,
    [{ label }],
    rounds,
    async () => {
      const { says, stop: close } = await child([beside('open-eventstore.mjs'), data, '0', '0']);
      await close();
      const { seconds, megabytes } = JSON.parse(says);
      opened.push(megabytes);
      return { value: seconds, unit: ' s', note: `(${megabytes} MB RSS)` };
    },
  );
  return { title: 'Opening', sides: [label], rows: [row] };
}

/** `others`: [{ label, address }], servers to put beside. */
export async function eventStoreTables({ folder, quick, rounds, others, say }) {
  const sides = await sidesOf(folder, others);
  const scale = quick ? 0.2 : 1;
  const measured = (title, workloads) => tableOf(title, sides, workloads, rounds, say);
  const tables = [
    await measured('Appends, durable before they are acknowledged (p50/p99 ms)', appends(scale)),
    await measured('Reads and subscriptions, events/s', [...reads(scale), ...subscriptions(scale)]),
    await measured('From the append until a live subscriber has it, p50, at 50/s', latencies(scale)),
  ];
  await Promise.all(sides.map(({ client }) => dispose(client)));
  for (const { stop } of sides) await stop?.();
  return [...tables, await opening(folder, quick, rounds, say)];
}
