import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BSON } from 'mongodb';
import { WireClient } from '../../spec-support/wire-client.js';
import { startEmbeddedMongo, type EmbeddedMongo } from '../index.js';

describe('MongoDB manual, "Query and Write Operation Commands"', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
  let server: EmbeddedMongo;
  let client: WireClient;

  const ask = (command: BSON.Document): Promise<BSON.Document> => client.ask({ ...command, $db: 'test' });
  const told = async (command: BSON.Document): Promise<BSON.Document> => {
    const { operationTime, $clusterTime, ...answer } = await ask(command);
    expect([operationTime, $clusterTime]).not.toContain(undefined);
    return answer;
  };

  beforeAll(async () => {
    server = await startEmbeddedMongo({ dataDir });
    client = new WireClient(server.port);
  });
  beforeEach(async () => {
    await ask({ drop: 'c' });
    await ask({ insert: 'c', documents: [{ _id: 1, n: 1 }] });
  });
  afterAll(async () => {
    client.close();
    await server.close();
    rmSync(dataDir, { recursive: true });
  });

  test.each<BSON.Document>([
    { insert: 'c', documents: [] },
    { update: 'c', updates: [] },
    { delete: 'c', deletes: [] },
  ])('%j has no statement, which is refused', async (command) => {
    expect(await ask(command)).toMatchObject({ ok: 0, code: 16 });
  });

  test('"sort" of an update is of version 8, and refused', async () => {
    const updates = [{ q: {}, u: { $set: { n: 2 } }, sort: { n: 1 } }];
    expect((await ask({ update: 'c', updates })).writeErrors).toMatchObject([{ index: 0, code: 40415 }]);
  });

  const twice = { insert: 'c', documents: [{ _id: 2 }, { _id: 1 }] };
  const moved = { update: 'c', updates: [{ q: {}, u: { n: 2 }, multi: true }] };

  test.each<readonly [command: BSON.Document, concern: BSON.Document, answer: BSON.Document]>([
    [twice, { w: 0 }, { ok: 1, n: 0 }],
    [twice, { w: 0, j: false }, { ok: 1, n: 0 }],
    [moved, { w: 0 }, { ok: 1, n: 0, nModified: 0 }],
  ])('%j with the write concern %j is told nothing', async (command, writeConcern, answer) => {
    expect(await told({ ...command, writeConcern })).toEqual(answer);
  });

  test.each<readonly [command: BSON.Document, concern: BSON.Document, answer: BSON.Document]>([
    [twice, { w: 0, j: true }, { n: 1, writeErrors: [{ code: 11000 }] }],
    [twice, { w: 1 }, { n: 1, writeErrors: [{ code: 11000 }] }],
    [moved, {}, { n: 0, writeErrors: [{ code: 9 }] }],
  ])('%j with the write concern %j is told what came of it', async (command, writeConcern, answer) => {
    expect(await told({ ...command, writeConcern })).toMatchObject(answer);
  });

  test.each<readonly [query: BSON.Document, more: BSON.Document, code: number | undefined]>([
    [{ _id: 1 }, {}, undefined],
    [{ _id: { $eq: 1 } }, {}, undefined],
    [{ _id: { a: 1 } }, {}, undefined],
    [{ _id: 1 }, { hint: '_id_' }, 15974],
    [{ _id: 1, n: 1 }, {}, 15974],
    [{ _id: { $gt: 0 } }, {}, 15974],
    [{ _id: { $eq: 1, $gt: 0 } }, {}, 15974],
    [{ _id: null }, {}, 15974],
    [{ n: 1 }, {}, 15974],
  ])('"sort" of findAndModify: with the query %j and %j a wrong one gives %j', async (query, more, code) => {
    const answer = await ask({ findAndModify: 'c', query, ...more, remove: true, sort: { n: 'up' } });
    expect(answer['code']).toBe(code);
  });
});
