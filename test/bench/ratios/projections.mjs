// G5 to G8: the projection engine, in a process of its own, over a plain reading of $all.
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { BACKWARDS, END, EventStoreDBClient } from '@eventstore/db-client';
import { MongoClient } from 'mongodb';
import { child, dispose, dist, median, now, percentile, rateOf, sleep } from '../harness.mjs';
import { benchReading, metadataOf } from '../reading-slice.mjs';
import { rawWriter } from './commands.mjs';

const { EventLog } = await dist('libs/event-store/src/index.js');

export async function headOf(client) {
  for await (const { event } of client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }))
    return event.position;
  return undefined;
}

export async function startProjector({ eventStoreUrl, mongoUrl }, views) {
  const database = `bench_${randomUUID().slice(0, 8)}`;
  const started = await child([
    join(import.meta.dirname, '..', 'children', 'projector.mjs'),
    eventStoreUrl,
    mongoUrl,
    database,
    String(views),
  ]);
  const ask = async (message) => {
    started.process.send(message);
    const ended = once(started.process, 'exit').then(() => Promise.reject(new Error('The projector ended')));
    ended.catch(() => undefined);
    const [answer] = await Promise.race([once(started.process, 'message'), ended]);
    return answer;
  };
  return { database, ask, stop: started.stop };
}

export const asText = ({ commit, prepare }) => ({ commit: String(commit), prepare: String(prepare) });

/** Projects the whole log in turns with a plain subscription to it, each in a process that has just started. */
export async function projectorRatio(stores, views, rounds, client) {
  const head = await headOf(client);
  const ours = [];
  const plain = [];
  const growth = [];
  for (let round = 0; round < rounds; round++) {
    const projector = await startProjector(stores, views);
    const { seconds, events, baseline, peak } = await projector.ask({ call: 'project', position: asText(head) });
    await projector.stop();
    ours.push(events / seconds);
    growth.push(peak - baseline);
    const reader = await startProjector(stores, 0);
    const read = await reader.ask({ call: 'subscribe', position: asText(head) });
    await reader.stop();
    plain.push(read.events / read.seconds);
  }
  return { a: median(ours), b: median(plain), growth: median(growth) };
}

async function fill(eventStoreUrl, count) {
  const log = EventLog.connect(eventStoreUrl);
  const streams = 500;
  const batch = 200;
  const run = randomUUID().slice(0, 8);
  const perStream = Math.ceil(count / streams);
  await rateOf(streams, 4, async (stream) => {
    const name = `benchreadings-boston/${run}-${stream}`;
    let revision = -1n;
    for (let from = 0; from < perStream; from += batch) {
      const events = Array.from({ length: Math.min(batch, perStream - from) }, (_, i) =>
        log.codec.encode(
          { type: 'ReadingRecorded', data: benchReading(run, stream * perStream + from + i) },
          metadataOf(randomUUID()),
          0,
        ),
      );
      ({ revision } = await log.append(name, events, revision));
    }
  });
  await log.close();
}

export async function projectionRatios({ eventStoreUrl, mongoUrl, quick, events = quick ? 40_000 : 200_000 }) {
  const stores = { eventStoreUrl, mongoUrl };
  await fill(eventStoreUrl, events);
  const client = EventStoreDBClient.connectionString(eventStoreUrl);
  const rounds = quick ? 2 : 3;
  const rows = [];
  for (const [views, goal] of [
    [1, 0.9],
    [5, 0.6],
  ]) {
    const { a, b, growth } = await projectorRatio(stores, views, rounds, client);
    const what = `projector, ${views === 1 ? 'one small view' : `${views} small views`}, events/s of ${events.toLocaleString('en-US')}`;
    rows.push({ id: 'G5', what, ours: a, raw: b, ratio: a / b, goal });
    if (views === 5) {
      const what = `replay of ${events.toLocaleString('en-US')} events into five views: peak RSS over RSS before it, MB`;
      rows.push({ id: 'G8', what, ours: growth, unit: ' MB', ratio: growth, goal: 80, atMost: true });
    }
  }
  rows.push(await rebuildRatio(stores, client, events, rounds));
  rows.push(...(await lagRows(stores, client, quick)));
  await dispose(client);
  return rows;
}

async function rebuildRatio(stores, client, events, rounds) {
  const head = await headOf(client);
  const projector = await startProjector(stores, 1);
  await projector.ask({ call: 'project', position: asText(head) });
  const ours = [];
  const plain = [];
  for (let round = 0; round < rounds; round++) {
    ours.push((await projector.ask({ call: 'rebuild', names: ['tally-by-period'] })).seconds);
    const reader = await startProjector(stores, 0);
    plain.push((await reader.ask({ call: 'scan' })).seconds);
    await reader.stop();
  }
  await projector.stop();
  const [a, b] = [median(ours), median(plain)];
  const what = `rebuild of one view from ${events.toLocaleString('en-US')} events, seconds over those of a plain scan`;
  return { id: 'G6', what, ours: `${a.toFixed(2)} s`, raw: `${b.toFixed(2)} s`, ratio: a / b, goal: 1.2, atMost: true };
}

/** Appends at half of what 16 writers reach while five views are kept, and looks when the document shows the event. */
async function lagRows(stores, client, quick) {
  const projector = await startProjector(stores, 5);
  await projector.ask({ call: 'project', position: asText(await headOf(client)) });
  const mongo = await new MongoClient(stores.mongoUrl).connect();
  const view = mongo.db(projector.database).collection('tally-by-stream');
  const run = randomUUID().slice(0, 8);
  const raw = rawWriter(client, `benchreadings-boston/lag-${run}`);
  let readings = 0;
  const append = (writer) => raw(writer, 'ReadingRecorded', benchReading(run, readings++), metadataOf(randomUUID()));
  const most = await rateOf(quick ? 5_000 : 20_000, 16, (_i, writer) => append(writer));
  await sleep(2_000);

  const seconds = quick ? 5 : 20;
  const lags = [];
  const counts = new Map();
  const chains = new Map();
  let probing = Promise.resolve();
  let probes = 0;
  const begun = now();
  let sent = 0;
  while (now() - begun < seconds * 1000) {
    const due = ((now() - begun) / 1000) * (most / 2);
    for (; sent < due; sent++) {
      const writer = 100 + (sent % 16);
      const before = now();
      const n = (counts.get(writer) ?? 0) + 1;
      counts.set(writer, n);
      // One writer's appends follow each other, so that its revisions stay in order.
      const done = (chains.get(writer) ?? Promise.resolve()).then(() => append(writer));
      chains.set(writer, done);
      if (probes === 0 && sent % 20 === 0) {
        probes = 1;
        probing = probing.then(async () => {
          const _id = `benchreadings-boston/lag-${run}-${writer}`;
          await done;
          while (((await view.findOne({ _id }, { projection: { n: 1 } }))?.n ?? 0) < n) await sleep(1);
          lags.push(now() - before);
          probes = 0;
        });
      }
    }
    await sleep(1);
  }
  const reached = sent / ((now() - begun) / 1000);
  await Promise.all(chains.values());
  await probing;
  await mongo.close();
  await projector.stop();
  const at = `${Math.round(reached).toLocaleString('en-US')} events/s, half of the most; ${lags.length} samples`;
  return [
    [0.5, 15],
    [0.99, 50],
  ].map(([share, goal]) => {
    const lag = percentile(lags, share);
    const what = `from the append until five views have it, p${share * 100}, at ${at}`;
    return { id: 'G7', what, ours: `${lag.toFixed(1)} ms`, ratio: lag, goal, atMost: true };
  });
}
