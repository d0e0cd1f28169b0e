// 10,000 inputs and 200,000 votes in one consultation: votes over HTTP beside appends of the plain client, then how long the
// views of it take and how fast its coverage is told.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { BACKWARDS, END, EventStoreDBClient, NO_STREAM, jsonEvent } from '@eventstore/db-client';
import { child, dispose, home, interleaved, nodeOptions, now, percentile, rateOf, sleep } from '../harness.mjs';
import { rawWriter } from './commands.mjs';

const agency = 'bench';
const consultation = 'minimum-wage';
const path = `/v1/agencies/${agency}/consultations/${consultation}`;
const groups = ['renters', 'owners', 'landlords'];
const statements = 200;
const batch = 512;

/** One answer over kept-alive connections: its last line, or the whole text of a question. */
function sender(url, connections) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  const send = (method, address, headers, body) =>
    new Promise((resolve, reject) => {
      const sent = request({ agent, hostname, port, path: address, method, headers }, (reply) => {
        let text = '';
        reply.setEncoding('utf8');
        reply.on('data', (part) => (text += part));
        reply.on('end', () =>
          reply.statusCode < 300 ? resolve(text) : reject(new Error(`${address}: ${reply.statusCode} ${text}`)),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return { send, close: () => agent.destroy() };
}

const dayFrom = (days) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19)}Z`;

export async function votesRatios({ eventStoreUrl, mongoUrl, folder, quick }) {
  const app = await child([
    ...nodeOptions,
    join(import.meta.dirname, '..', 'children', 'command-api.mjs'),
    eventStoreUrl,
    mongoUrl,
    join(folder, 'keys'),
  ]);
  const { url, secret } = JSON.parse(app.says);
  const { send, close } = sender(url, 8);
  const post = async (token, address, body) =>
    JSON.parse(
      await send(
        'POST',
        address,
        { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        JSON.stringify(body),
      ),
    );
  const tokenFor = async (role, of) =>
    (await post(secret, '/v1/tokens', { role, lifetime: 7200, ...(of && { agency: of }) })).token;
  const [administrator, owner] = [await tokenFor('administrator'), await tokenFor('service-owner', agency)];
  const upload = async (what, lines) => {
    const headers = { authorization: `Bearer ${owner}`, 'content-type': 'application/x-ndjson' };
    const text = await send('POST', `${path}/${what}`, headers, lines.map((line) => JSON.stringify(line)).join('\n'));
    const { accepted } = JSON.parse(text.trim().split('\n').at(-1));
    if (accepted !== lines.length) throw new Error(`${accepted} of ${lines.length} ${what} were accepted: ${text}`);
  };

  await post(administrator, '/v1/agencies', { id: agency, name: 'Bench', timeZone: 'Etc/UTC' });
  await post(administrator, `/v1/agencies/${agency}/plans`, {
    id: 'wages',
    title: 'Wages',
    cycle: 1,
    from: '2026-01-01',
    to: '2028-12-31',
    strategicPlanRef: 'Outcome 1',
  });
  await post(owner, `/v1/agencies/${agency}/consultations`, {
    id: consultation,
    title: 'What should be the minimum wage?',
    subject: { kind: 'plan', id: 'wages' },
    level: 'consult',
    questions: ['What do you think of these statements?'],
    requiredGroups: groups.map((groupId) => ({
      groupId,
      threshold: '0.5',
      name: groupId,
      population: 10_000,
      asOf: '2025-06-30',
      source: 'Census',
    })),
    minOpenDays: 10,
  });
  const opening = { materialsHash: 'a'.repeat(64), openedAt: dayFrom(-5), closesAt: dayFrom(30) };
  await post(owner, `${path}/opening`, opening);
  await upload(
    'statements',
    Array.from({ length: statements }, (_, at) => ({
      id: `s-${at}`,
      text: `Statement number ${at} of the consultation.`,
    })),
  );

  const rounds = quick ? 2 : 5;
  const votes = quick ? 4_000 : 40_000;
  const lines = quick ? 1_000 : 5_000;
  const people = Math.ceil((rounds * votes + lines) / statements);
  await upload(
    'participants',
    Array.from({ length: people }, (_, at) => ({ id: `k-${String(at).padStart(40, '0')}`, group: groups[at % 3] })),
  );

  const inputs = quick ? 200 : 10_000;
  const begun = now();
  for (let from = 0; from < inputs; from += 2_000)
    await upload(
      'gathered-inputs',
      Array.from({ length: Math.min(2_000, inputs - from) }, (_, at) => ({
        id: `i-${from + at}`,
        text: `What person ${from + at} says about the minimum wage, in a few words more than one would think of.`,
        person: `paper form ${from + at}`,
        group: groups[at % 3],
        stance: ['for', 'against'][at % 2],
      })),
    );
  const inputRate = (inputs / (now() - begun)) * 1000;

  let cast = 0;
  const castAt = new Date(Date.now() - 86_400_000).getTime();
  const someVotes = (count) =>
    Array.from({ length: count }, () => {
      const at = cast++;
      return {
        id: randomUUID(),
        participant: `k-${String(Math.floor(at / statements)).padStart(40, '0')}`,
        statement: `s-${at % statements}`,
        vote: ['agree', 'disagree', 'pass'][at % 3],
        castAt: new Date(castAt + at).toISOString(),
      };
    });
  await upload('votes', someVotes(lines));
  const client = EventStoreDBClient.connectionString(eventStoreUrl);
  const stored = await newestVote(client);
  let streams = 0;
  const run = randomUUID().slice(0, 8);
  const appendBatches = async () => {
    let expectedRevision = NO_STREAM;
    const stream = `raw-votes-${run}-${streams++}`;
    for (let left = lines; left > 0; left -= batch) {
      const events = Array.from({ length: Math.min(batch, left) }, () => jsonEvent(stored));
      ({ nextExpectedRevision: expectedRevision } = await client.appendToStream(stream, events, { expectedRevision }));
    }
  };
  const uploads = votes / lines;
  const { a, b } = await interleaved(
    rounds,
    async () => lines * (await rateOf(uploads, 3, () => upload('votes', someVotes(lines)))),
    async () => lines * (await rateOf(uploads, 3, () => appendBatches())),
  );
  const single = rawWriter(client, `raw-single-${run}`);
  const singles = await rateOf(quick ? 1_000 : 10_000, 64, (_i, writer) =>
    single(writer, stored.type, stored.data, stored.metadata),
  );
  close();
  await app.stop();

  const all = (rounds * votes + lines).toLocaleString('en-US');
  const what = `${all} votes in one consultation over HTTP, uploads of ${lines} lines, 3 in flight`;
  return [
    { id: '', what: `${what}; appends of ${batch} events, 3 in flight`, ours: a, raw: b, ratio: a / b, goal: 0.5 },
    {
      id: '',
      what: `${what}; appends of one event, 64 in flight`,
      ours: a,
      raw: singles,
      ratio: a / singles,
      goal: 0.5,
    },
    {
      id: '',
      what: `${inputs.toLocaleString('en-US')} inputs over HTTP, each sealed under a key of its person`,
      ours: inputRate,
    },
    ...(await questionRows({ eventStoreUrl, mongoUrl, folder, client })),
  ];
}

/** The whole service over what was written: when its views are there, and how long an answer takes. */
async function questionRows({ eventStoreUrl, mongoUrl, folder, client }) {
  const port = 20_000 + (process.pid % 20_000);
  const url = `http://127.0.0.1:${port}`;
  const data = join(folder, 'ledger');
  mkdirSync(data, { recursive: true });
  const env = {
    LEDGER_DATA_DIR: data,
    LEDGER_PORT: String(port),
    LEDGER_LOG_LEVEL: 'silent',
    EVENTSTORE_URL: eventStoreUrl,
    MONGODB_URL: mongoUrl,
  };
  const begun = now();
  const service = await child([join(home, 'dist', 'bundle', 'all-in-one.js'), '--empty'], { env });
  const { position } = await lastEvent(client);
  const target = `${position.commit}-${position.prepare}`;
  const { send, close } = sender(url, 8);
  for (let tries = 0; ; tries++) {
    const known = await send('GET', `${path}/coverage?minPosition=${target}`, { prefer: 'wait=30' }).then(
      () => true,
      () => false,
    );
    if (known) break;
    if (tries > 1_000) throw new Error('The views did not catch up');
    await sleep(100);
  }
  const seconds = (now() - begun) / 1000;
  const times = async (address, headers, count) => {
    const taken = [];
    for (let at = 0; at < count; at++) {
      const from = now();
      await send('GET', address, headers);
      taken.push(now() - from);
    }
    return taken;
  };
  // A service that has just caught up is not what people ask every day.
  await times(`${path}/coverage`, {}, 1_000);
  const coverage = await times(`${path}/coverage`, {}, 2_000);
  close();
  await service.stop();
  await dispose(client);
  const p99 = percentile(coverage, 0.99);
  return [
    {
      id: '',
      what: 'seconds until all views have them, from the start of the service',
      ours: `${seconds.toFixed(1)} s`,
    },
    {
      id: '',
      what: `coverage of the consultation over HTTP, p99; median ${percentile(coverage, 0.5).toFixed(1)} ms`,
      ours: `${p99.toFixed(1)} ms`,
      ratio: p99,
      goal: 10,
      atMost: true,
    },
  ];
}

async function newestVote(client) {
  for await (const { event } of client.readStream(`ballots-${agency}/${consultation}/0`, {
    direction: BACKWARDS,
    fromRevision: END,
    maxCount: 1,
  })) {
    const { type, data, metadata } = event;
    return { type, data, metadata };
  }
  throw new Error('No vote was recorded');
}

async function lastEvent(client) {
  for await (const { event } of client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 })) return event;
  throw new Error('The log is empty');
}
