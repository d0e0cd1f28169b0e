// projector.mjs <event store> <mongo> <database> <views>: keeps that many small views, or those of the product, and tells
// over IPC how long it took to the position that it is asked for; or reads the log with the plain client, for comparison.
import { EventStoreDBClient, START, excludeSystemEvents } from '@eventstore/db-client';
import { dist, now } from '../harness.mjs';

const { EventLog } = await dist('libs/event-store/src/index.js');
const { LocalEngine, ReadModels } = await dist('libs/projections/src/index.js');
const [eventStoreUrl, mongoUrl, database, views] = process.argv.slice(2);
const projections =
  views === 'product'
    ? (await dist('apps/all-in-one/src/projections.js')).projections
    : (await import('../reading-slice.mjs')).tallies.slice(0, Number(views));
const log = EventLog.connect(eventStoreUrl);
const readModels = new ReadModels(mongoUrl, database);
const engine = new LocalEngine(log, readModels, projections);
const megabytes = (bytes) => bytes / 2 ** 20;

const client = EventStoreDBClient.connectionString(eventStoreUrl);
let read = 0;

/** Everything up to `target`, by a catch-up subscription as the engine has one. */
function subscribeThrough(target) {
  const subscription = client.subscribeToAll({ fromPosition: START, filter: excludeSystemEvents() });
  return new Promise((resolve, reject) => {
    subscription.on('error', reject);
    subscription.on('data', ({ event }) => {
      read += 1;
      if (event.position.commit >= target.commit) resolve();
    });
  });
}

process.on('message', async ({ call, position, names }) => {
  const target = position && { commit: BigInt(position.commit), prepare: BigInt(position.prepare) };
  const baseline = megabytes(process.memoryUsage().rss);
  const begun = now();
  if (call === 'project') {
    await engine.start();
    if (target && !(await engine.waitFor(target, 600_000))) throw new Error('It did not catch up');
  }
  if (call === 'rebuild') await engine.rebuild(...names);
  if (call === 'subscribe') await subscribeThrough(target);
  if (call === 'scan') for await (const _event of client.readAll({ fromPosition: START })) read += 1;
  const seconds = (now() - begun) / 1000;
  process.send({ seconds, events: read || engine.events, baseline, peak: process.resourceUsage().maxRSS / 1024 });
});
process.on('SIGTERM', async () => {
  await engine.stop();
  await readModels.db.dropDatabase();
  await readModels.close();
  await log.close();
  process.exit(0);
});
process.stdout.write('ready\n');
