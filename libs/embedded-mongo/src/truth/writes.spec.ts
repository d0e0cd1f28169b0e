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

  test.each<readonly [verb: string, list: string, good: BSON.Document, bad: unknown, code: number]>([
    ['insert', 'documents', { _id: 2 }, 5, 14],
    ['update', 'updates', { q: {}, u: { n: 2 } }, { u: { n: 3 } }, 40414],
    ['update', 'updates', { q: {}, u: { n: 2 } }, { q: 1, u: { n: 3 } }, 14],
    ['update', 'updates', { q: {}, u: { n: 2 } }, { q: {}, u: 5 }, 9],
    ['update', 'updates', { q: {}, u: { n: 2 } }, { q: {}, u: [{ $set: { n: 3 } }] }, 115],
    ['update', 'updates', { q: {}, u: { n: 2 } }, { q: {}, u: { n: 3 }, upsert: 1 }, 14],
    ['update', 'updates', { q: {}, u: { n: 2 } }, { q: {}, u: { n: 3 }, sort: { n: 1 } }, 40415],
    ['delete', 'deletes', { q: {}, limit: 0 }, { q: {} }, 40414],
    ['delete', 'deletes', { q: {}, limit: 0 }, { q: {}, limit: 2 }, 9],
    ['delete', 'deletes', { q: {}, limit: 0 }, { limit: 0 }, 40414],
  ])(
    '"%s": of the %s %j and %j neither is done, and the command fails with %i',
    async (verb, list, good, bad, code) => {
      expect(await ask({ [verb]: 'c', [list]: [good, bad] })).toMatchObject({ ok: 0, code });
      expect((await ask({ find: 'c' })).cursor.firstBatch).toEqual([{ _id: 1, n: 1 }]);
    },
  );

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
