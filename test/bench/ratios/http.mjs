// G2 and G3: the command side over HTTP, in one process of its own and in one for each core, over the plain client.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { BACKWARDS, END, EventStoreDBClient, NO_STREAM, jsonEvent } from '@eventstore/db-client';
import { child, dispose, home, interleaved, nodeOptions, rateOf } from '../harness.mjs';
import { httpLoad } from '../http-load.mjs';
import { rawWriter } from './commands.mjs';

const agency = 'bench';
const indicator = 'on-time-closure';

const monthOf = (writer) => `${2000 + Math.floor(writer / 12)}-${String(1 + (writer % 12)).padStart(2, '0')}`;

/** A case of that month, with the dimensions of the Boston profile. */
const line = (id, month) =>
  JSON.stringify({
    id,
    kind: 'case',
    startedAt: `${month}-05T08:12:33-05:00`,
    stoppedAt: `${month}-09T17:40:02-05:00`,
    dueAt: `${month}-12T08:12:33-05:00`,
    dimensions: {
      department: 'PWDx',
      type: 'Request for Pothole Repair',
      reason: 'Highway Maintenance',
      neighborhood: 'South Boston / South Boston Waterfront',
      ward: 'Ward 6',
      source: 'Citizens Connect App',
    },
  });

/** `send(writer, ...)`: writers are spread over the processes, as a load balancer would spread their connections. */
async function commandSide(processes, { eventStoreUrl, mongoUrl, folder }) {
  const script = join(import.meta.dirname, '..', 'children', 'command-api.mjs');
  const args = [...nodeOptions, script, eventStoreUrl, mongoUrl, join(folder, 'keys')];
  const apps = [];
  // One after the other: the first makes the keys that the others read.
  for (let i = 0; i < processes; i++) apps.push(await child(args));
  const loads = apps.map(({ says }) => httpLoad(JSON.parse(says).url, 64));
  return {
    secret: JSON.parse(apps[0].says).secret,
    send: (writer, ...request) => loads[writer % processes].send(Math.floor(writer / processes), ...request),
    stop: async () => {
      loads.forEach(({ close }) => close());
      for (const app of apps) await app.stop();
    },
  };
}

export async function httpRatios(options) {
  const { eventStoreUrl, quick } = options;
  const processes = Math.max(2, availableParallelism());
  const one = await commandSide(1, options);
  const several = await commandSide(processes, options);
  const { secret, send } = one;
  const json = (token) => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });
  const tokenFor = async (role, of) =>
    (await send(0, '/v1/tokens', JSON.stringify({ role, lifetime: 7200, ...(of && { agency: of }) }), json(secret)))
      .token;
  const administrator = await tokenFor('administrator');
  const { setup } = JSON.parse(readFileSync(join(home, 'profiles', 'boston-311.json'), 'utf8'));
  await send(0, '/v1/agencies', JSON.stringify({ id: agency, ...setup.agency }), json(administrator));
  await send(
    0,
    `/v1/agencies/${agency}/districts`,
    JSON.stringify({ districts: setup.districts }),
    json(administrator),
  );
  const card = setup.indicators.find(({ id }) => id === indicator);
  await send(0, `/v1/agencies/${agency}/indicators`, JSON.stringify(card), json(administrator));

  const capturer = await tokenFor('data-capturer', agency);
  const headers = { authorization: `Bearer ${capturer}`, 'content-type': 'application/x-ndjson' };
  const door = `/v1/agencies/${agency}/indicators/${indicator}/readings`;
  const run = randomUUID().slice(0, 8);
  let cases = 0;
  const record = async (writer, { send }) => {
    const { accepted } = await send(writer, door, line(`${run}-${cases++}`, monthOf(writer)), headers);
    if (accepted !== 1) throw new Error('A reading was not accepted');
  };

  const client = EventStoreDBClient.connectionString(eventStoreUrl);
  const rounds = quick ? 3 : 5;
  const rows = [];
  await rateOf(quick ? 640 : 2_000, 64, (_i, writer) => record(writer, one));
  const stored = await newestOf(client, `readings-${agency}/${indicator}/${monthOf(3)}`);

  const owners = ['a', 'b'].map((digit) => `p-${digit.repeat(40)}`);
  for (let writer = 0; writer < 64; writer++)
    await send(
      0,
      `/v1/agencies/${agency}/indicators`,
      JSON.stringify({ ...card, id: `owned-${writer}` }),
      json(administrator),
    );
  let assigned = 0;
  const assign = async (writer, { send }) => {
    const body = JSON.stringify({
      person: owners[assigned++ % 2],
      from: `2026-01-${String(1 + (assigned % 28)).padStart(2, '0')}`,
    });
    await send(writer, `/v1/agencies/${agency}/indicators/owned-${writer}/owner`, body, json(administrator));
  };
  for (const side of [one, several]) await rateOf(640, 64, (_i, writer) => assign(writer, side));
  const owned = await newestOf(client, `indicator-${agency}/owned-3`);

  const claimed = await newestOf(client, `readingids-${agency}/${indicator}`);
  for (const [what, command, likes] of [
    ['a JSON command each (owner of an indicator)', assign, [owned]],
    [
      'an upload of one reading each, which is two appends one after the other on both sides',
      record,
      [claimed, stored],
    ],
  ])
    for (const [side, how, concurrencies] of [
      [one, 'one process', [1, 16, 64]],
      [several, `${processes} processes`, [16, 64]],
    ])
      for (const concurrency of concurrencies) {
        const count = (quick ? 200 : 600) * Math.min(16, concurrency);
        const plain = likes.map((like) => {
          const write = rawWriter(client, `raw-http-${run}-${randomUUID().slice(0, 8)}`);
          return (writer) => write(writer, like.type, like.data, like.metadata);
        });
        const { a, b } = await interleaved(
          rounds,
          () => rateOf(count, concurrency, (_i, writer) => command(writer, side)),
          () =>
            rateOf(count, concurrency, async (_i, writer) => {
              for (const append of plain) await append(writer);
            }),
        );
        const row = `over HTTP, ${how}, ${concurrency} keep-alive connections, ${what}`;
        rows.push({ id: 'G2', what: row, ours: a, raw: b, ratio: a / b, goal: 0.5 });
      }

  const least = await leastService(eventStoreUrl, owned);
  const assignLeast = (writer) => least.assign(writer, owners[assigned++ % 2]);
  await rateOf(640, 64, (_i, writer) => assignLeast(writer));
  for (const concurrency of [1, 16, 64]) {
    const raw = rawWriter(client, `raw-least-${run}-${concurrency}`);
    const { a, b } = await interleaved(
      rounds,
      () => rateOf((quick ? 200 : 600) * Math.min(16, concurrency), concurrency, (_i, writer) => assignLeast(writer)),
      () =>
        rateOf((quick ? 200 : 600) * Math.min(16, concurrency), concurrency, (_i, writer) =>
          raw(writer, owned.type, owned.data, owned.metadata),
        ),
    );
    const what = `the limit: the frameworks with nothing of ours, one process, ${concurrency} keep-alive connections, the same JSON`;
    rows.push({ id: 'G2', what, ours: a, raw: b, ratio: a / b });
  }
  await least.stop();

  const lines = 2_000;
  const batch = 512;
  const uploads = quick ? 6 : 15;
  const upload = async (writer, { send }) => {
    const body = Array.from({ length: lines }, () => line(`${run}-${cases++}`, monthOf(100 + writer))).join('\n');
    const { accepted } = await send(writer, door, body, headers);
    if (accepted !== lines) throw new Error(`${accepted} of ${lines} readings were accepted`);
  };
  const appendBatches = async (stream) => {
    let expectedRevision = NO_STREAM;
    for (let left = lines; left > 0; left -= batch) {
      const size = Math.min(batch, left);
      const events = Array.from({ length: size }, () => jsonEvent(stored));
      ({ nextExpectedRevision: expectedRevision } = await client.appendToStream(stream, events, { expectedRevision }));
    }
  };
  let streams = 0;
  for (const [side, how, inFlight] of [
    [one, 'one process', 3],
    [several, `${processes} processes`, 2 * processes],
  ]) {
    for (let writer = 0; writer < processes; writer++) await upload(writer, side);
    const { a, b } = await interleaved(
      rounds,
      async () => lines * (await rateOf(uploads, inFlight, (_i, writer) => upload(writer, side))),
      async () => lines * (await rateOf(uploads, inFlight, () => appendBatches(`raw-bulk-${run}-${streams++}`))),
    );
    const what = `bulk ingest over HTTP, ${how}, readings/s: uploads of ${lines} lines, ${inFlight} in flight; appends of ${batch} events, ${inFlight} in flight`;
    rows.push({ id: 'G3', what, ours: a, raw: b, ratio: a / b, goal: 0.8 });
  }
  await dispose(client);
  await several.stop();
  await one.stop();
  return rows;
}

/** The frameworks of the command side and nothing of its own: see the child. */
async function leastService(eventStoreUrl, like) {
  const app = await child([
    ...nodeOptions,
    join(import.meta.dirname, '..', 'children', 'least-service.mjs'),
    eventStoreUrl,
  ]);
  const load = httpLoad(app.says, 64);
  const headers = { 'content-type': 'application/json' };
  await load.send(0, '/v1/agencies/bench/indicators/like', JSON.stringify(like), headers);
  return {
    assign: (writer, person) => {
      const body = JSON.stringify({ person, from: '2026-01-01' });
      return load.send(writer, `/v1/agencies/bench/indicators/owned-${writer}/owner`, body, headers);
    },
    stop: async () => {
      load.close();
      await app.stop();
    },
  };
}

/** What the service has stored, so that the plain client writes the very same. */
async function newestOf(client, stream) {
  for await (const { event } of client.readStream(stream, {
    direction: BACKWARDS,
    fromRevision: END,
    maxCount: 1,
  })) {
    const { type, data, metadata } = event;
    return { type, data, metadata };
  }
  throw new Error(`${stream} has no event`);
}
