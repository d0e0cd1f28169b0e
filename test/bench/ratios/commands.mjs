// G1 and G4: commands in this process over single appends of the plain client.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, NO_STREAM, jsonEvent } from '@eventstore/db-client';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { dispose, dist, interleaved, rateOf } from '../harness.mjs';
import { RecordBenchReading, RecordBenchReadingHandler, benchReading, metadataOf } from '../reading-slice.mjs';

const { EventLog, EventStoreModule } = await dist('libs/event-store/src/index.js');
const { RegisterAgencyHandler } = await dist('libs/directory/src/agency/register-agency/register-agency.endpoint.js');
const { RegisterAgency } = await dist('libs/directory/src/agency/register-agency/register-agency.js');

/** Appends after the revision that the last append of the same stream gave. */
export function rawWriter(client, prefix) {
  const revisions = new Map();
  return async (writer, type, data, metadata) => {
    const stream = `${prefix}-${writer}`;
    const expectedRevision = revisions.get(stream) ?? NO_STREAM;
    const event = jsonEvent({ type, data, metadata: { schemaVersion: 1, ...metadata } });
    const { nextExpectedRevision } = await client.appendToStream(stream, event, { expectedRevision });
    revisions.set(stream, nextExpectedRevision);
  };
}

export async function commandRatios({ eventStoreUrl, quick }) {
  const app = await NestFactory.createApplicationContext(
    {
      module: class Bench {},
      imports: [CqrsModule.forRoot(), EventStoreModule.forRoot({ url: eventStoreUrl })],
      providers: [RecordBenchReadingHandler, RegisterAgencyHandler],
    },
    { logger: false },
  );
  const bus = app.get(CommandBus);
  const client = EventStoreDBClient.connectionString(eventStoreUrl);
  const run = randomUUID().slice(0, 8);
  const rounds = quick ? 3 : 5;
  const rows = [];
  const record = (stream, i) =>
    bus.execute(
      new RecordBenchReading('boston', stream, benchReading(`${run}-${stream}`, i), metadataOf(randomUUID())),
    );

  for (const concurrency of [1, 16, 64]) {
    const count = (quick ? 300 : 1_000) * Math.min(16, concurrency);
    let ids = 0;
    const raw = rawWriter(client, `raw-${run}-${concurrency}`);
    const ours = () => rateOf(count, concurrency, (_i, writer) => record(`${run}-${concurrency}-${writer}`, ids++));
    const plain = () =>
      rateOf(count, concurrency, (i, writer) =>
        raw(writer, 'ReadingRecorded', benchReading(run, i), metadataOf(randomUUID())),
      );
    await ours();
    await plain();
    const { a, b } = await interleaved(rounds, ours, plain);
    rows.push({
      id: 'G1',
      what: `commands in process, ${concurrency} in flight`,
      ours: a,
      raw: b,
      ratio: a / b,
      goal: 0.85,
    });
  }

  let agencies = 0;
  const agency = { name: 'City of Boston', timeZone: 'America/New_York' };
  const register = async () => {
    const id = `${run}-${agencies++}`;
    await bus.execute(new RegisterAgency(id, id, agency, metadataOf(randomUUID())));
  };
  const raw = rawWriter(client, `raw-agency-${run}`);
  const count = quick ? 1_500 : 5_000;
  const fresh = await interleaved(
    rounds,
    () => rateOf(count, 16, register),
    () => rateOf(count, 16, () => raw(agencies++, 'AgencyRegistered', agency, metadataOf(randomUUID()))),
  );
  rows.push({
    id: 'G1',
    what: 'the same, RegisterAgency: a new stream each, which is read first, 16 in flight',
    ours: fresh.a,
    raw: fresh.b,
    ratio: fresh.a / fresh.b,
  });

  rows.push(await contention(record, eventStoreUrl, quick, run, rounds));
  await app.close();
  await dispose(client);
  return rows;
}

/** 64 writers on one stream, each waiting for its answer, over one writer that waits for each of its own. */
async function contention(record, eventStoreUrl, quick, run, rounds) {
  const writers = 64;
  const each = quick ? 20 : 60;
  let next = 0;
  const { a, b } = await interleaved(
    rounds,
    (round) => rateOf(writers * each, writers, () => record(`${run}-shared-${round}`, next++)),
    (round) => rateOf(writers * (quick ? 5 : 15), 1, () => record(`${run}-alone-${round}`, next++)),
  );
  const log = EventLog.connect(eventStoreUrl);
  const ids = [];
  for (let round = 0; round < rounds; round++)
    for await (const event of log.readStream({
      category: 'benchreadings',
      tenant: 'boston',
      id: `${run}-shared-${round}`,
    }))
      ids.push(event.data.readingId);
  await log.close();
  const acknowledged = writers * each * rounds;
  const doubled = ids.length - new Set(ids).size;
  const lost = acknowledged - new Set(ids).size;
  const what = `64 writers on one stream over one writer: ${acknowledged} acknowledged, ${lost} lost, ${doubled} doubled`;
  return { id: 'G4', what, ours: a, raw: b, ratio: lost + doubled > 0 ? 0 : a / b, goal: 5 };
}
