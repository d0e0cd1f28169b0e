// G2 and G3: the command side over HTTP, in a process of its own, over the plain client.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BACKWARDS, END, EventStoreDBClient, NO_STREAM, jsonEvent } from '@eventstore/db-client';
import { child, dispose, home, interleaved, rateOf } from '../harness.mjs';
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

export async function httpRatios({ eventStoreUrl, mongoUrl, folder, quick }) {
  const app = await child([
    join(import.meta.dirname, '..', 'children', 'command-api.mjs'),
    eventStoreUrl,
    mongoUrl,
    join(folder, 'keys'),
  ]);
  const { url, secret } = JSON.parse(app.says);
  const { send, close } = httpLoad(url, 64);
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
  const record = async (writer) => {
    const { accepted } = await send(writer, door, line(`${run}-${cases++}`, monthOf(writer)), headers);
    if (accepted !== 1) throw new Error('A reading was not accepted');
  };

  const client = EventStoreDBClient.connectionString(eventStoreUrl);
  const rounds = quick ? 3 : 5;
  const rows = [];
  await rateOf(quick ? 640 : 2_000, 64, (_i, writer) => record(writer));
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
  const assign = async (writer) => {
    const body = JSON.stringify({
      person: owners[assigned++ % 2],
      from: `2026-01-${String(1 + (assigned % 28)).padStart(2, '0')}`,
    });
    await send(writer, `/v1/agencies/${agency}/indicators/owned-${writer}/owner`, body, json(administrator));
  };
  await rateOf(640, 64, (_i, writer) => assign(writer));
  const owned = await newestOf(client, `indicator-${agency}/owned-3`);

  for (const [what, command, like] of [
    ['a JSON command each (owner of an indicator)', assign, owned],
    ['an upload of one reading each', record, stored],
  ])
    for (const concurrency of [1, 16, 64]) {
      const count = (quick ? 200 : 600) * Math.min(16, concurrency);
      const raw = rawWriter(client, `raw-http-${run}-${randomUUID().slice(0, 8)}`);
      const { a, b } = await interleaved(
        rounds,
        () => rateOf(count, concurrency, (_i, writer) => command(writer)),
        () => rateOf(count, concurrency, (_i, writer) => raw(writer, like.type, like.data, like.metadata)),
      );
      const row = `over HTTP, ${concurrency} keep-alive connections, ${what}`;
      rows.push({ id: 'G2', what: row, ours: a, raw: b, ratio: a / b, goal: 0.5 });
    }

  const lines = 2_000;
  const batch = 512;
  const uploads = quick ? 6 : 15;
  const upload = async (writer) => {
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
  await upload(0);
  const { a, b } = await interleaved(
    rounds,
    async () => lines * (await rateOf(uploads, 3, (_i, writer) => upload(writer))),
    async () => lines * (await rateOf(uploads, 3, () => appendBatches(`raw-bulk-${run}-${streams++}`))),
  );
  const what = `bulk ingest over HTTP, readings/s: uploads of ${lines} lines, 3 in flight; appends of ${batch} events, 3 in flight`;
  rows.push({ id: 'G3', what, ours: a, raw: b, ratio: a / b, goal: 0.8 });
  close();
  await dispose(client);
  await app.stop();
  return rows;
}

/** What the service has stored for one command, so that the plain client writes the very same. */
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
