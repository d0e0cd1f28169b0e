// What each side is asked to do. Every workload writes streams of its own, so that rounds do not weigh on each other.
import { randomUUID } from 'node:crypto';
import {
  END,
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults as settings,
  START,
} from '@eventstore/db-client';
import { now, percentile, sleep } from '../harness.mjs';
import { measured } from './measured.mjs';

const text = 'x'.repeat(110);
const trace = 'm'.repeat(70);
/** 180 bytes of data and 110 of metadata, as an event of the ledger has them. */
const anEvent = (i) =>
  jsonEvent({
    type: 'ReadingRecorded',
    data: { i, at: '2024-01-01T00:00:00Z', value: 12.5, text },
    metadata: { correlation: `c-${i}`, trace },
  });
const someEvents = (from, count) => Array.from({ length: count }, (_, k) => anEvent(from + k));
const newName = (kind) => `${kind}-${randomUUID().slice(0, 8)}`;

/** `count` events in appends of `size`, `inFlight` at a time, each writer to a stream of its own. */
async function appendAll({ client }, count, size, inFlight, times) {
  const name = newName('append');
  let next = 0;
  const writer = async (_, number) => {
    while (next < count) {
      const from = next;
      next += size;
      const begun = now();
      await client.appendToStream(`${name}-${number}`, size === 1 ? anEvent(from) : someEvents(from, size));
      times.push(now() - begun);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, writer));
}

export function appends(scale) {
  const workload = (size, inFlight, most) => {
    const count = Math.ceil((most * scale) / size) * size;
    const what =
      size === 1 ? `single events, ${inFlight} in flight` : `${size} events per append, ${inFlight} in flight`;
    return { what, run: (side) => measured(side, count, (times) => appendAll(side, count, size, inFlight, times)) };
  };
  return [
    workload(1, 1, 3000),
    workload(1, 16, 12_000),
    workload(1, 64, 20_000),
    workload(1, 256, 30_000),
    workload(100, 1, 40_000),
    workload(100, 4, 80_000),
  ];
}

const big = new Map();
/** A stream of `count` events on this side, written once. */
async function bigStream(side, count) {
  const known = big.get(side.label);
  if (known !== undefined) return known;
  const name = newName('big');
  for (let from = 0; from < count; from += 500) await side.client.appendToStream(name, someEvents(from, 500));
  big.set(side.label, name);
  return name;
}

async function counted(events, count) {
  let seen = 0;
  for await (const _ of events) seen += 1;
  if (seen < count) throw new Error(`only ${seen} of ${count} events came`);
}

/** Resolves when `count` events came; `ack` acknowledges one where that is needed. */
function received(subscription, count, ack = () => undefined) {
  return new Promise((resolve, reject) => {
    let seen = 0;
    subscription.on('error', (error) => seen < count && reject(error));
    subscription.on('data', (resolved) => {
      ack(resolved);
      seen += 1;
      if (seen === count) subscription.unsubscribe().then(resolve, resolve);
    });
  });
}

const onBigStream = (count, what, work, kind) => ({
  kind,
  what: `${what}, ${count.toLocaleString('en-US')} events`,
  run: async (side, round) => {
    const stream = await bigStream(side, count);
    return measured(side, count, () => work(side.client, stream, round));
  },
});

export function reads(scale) {
  const count = Math.ceil((100_000 * scale) / 500) * 500;
  return [
    onBigStream(count, 'readStream', (client, stream) => counted(client.readStream(stream), count)),
    onBigStream(count, 'readStream backwards', (client, stream) =>
      counted(client.readStream(stream, { direction: 'backwards', fromRevision: END }), count),
    ),
    onBigStream(count, 'readAll', (client) => counted(client.readAll({ maxCount: count }), count)),
  ];
}

export function subscriptions(scale) {
  const count = Math.ceil((100_000 * scale) / 500) * 500;
  const persistent = (bufferSize) =>
    onBigStream(
      count,
      `persistent subscription, buffer ${bufferSize}`,
      async (client, stream) => {
        const group = newName('group');
        const buffers = { readBatchSize: 200, historyBufferSize: 2000, liveBufferSize: 2000 };
        await client.createPersistentSubscriptionToStream(stream, group, settings({ startFrom: START, ...buffers }));
        const subscription = client.subscribeToPersistentSubscriptionToStream(stream, group, { bufferSize });
        await received(subscription, count, (resolved) => void subscription.ack(resolved));
      },
      'persistent',
    );
  return [
    onBigStream(count, 'catch-up subscription to a stream', (client, stream) =>
      received(client.subscribeToStream(stream, { fromRevision: START }), count),
    ),
    onBigStream(count, 'catch-up subscription to $all', (client) =>
      received(client.subscribeToAll({ fromPosition: START }), count),
    ),
    persistent(10),
    persistent(500),
  ];
}

async function latency(side, subscribe, count) {
  const { client } = side;
  const stream = newName('live');
  const sent = new Map();
  const times = [];
  const subscription = subscribe(client, stream);
  let failed;
  subscription.on('error', (error) => (failed ??= error));
  subscription.on('data', ({ event }) => sent.has(event?.id) && times.push(now() - sent.get(event.id)));
  await sleep(500);
  for (let i = 0; i < count; i++) {
    const event = anEvent(i);
    sent.set(event.id, now());
    void client.appendToStream(stream, event);
    await sleep(20);
  }
  await sleep(300);
  await subscription.unsubscribe();
  if (failed !== undefined) throw failed;
  if (times.length < count) return { note: `${times.length} of ${count} came` };
  return { value: percentile(times, 0.5), unit: ' ms', note: `(p99 ${percentile(times, 0.99).toFixed(2)} ms)` };
}

export function latencies(scale) {
  const count = Math.ceil(250 * scale);
  const workload = (what, subscribe) => ({ what, kind: 'live', run: (side) => latency(side, subscribe, count) });
  return [
    workload('subscriber of the stream', (client, stream) => client.subscribeToStream(stream, { fromRevision: END })),
    workload('subscriber of $all', (client) => client.subscribeToAll({ fromPosition: END })),
  ];
}
