import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON, MongoClient, type Timestamp } from 'mongodb';
import { startEmbeddedMongo, type EmbeddedMongo } from '../index.js';

describe('MongoDB manual, "Causal Consistency and Read and Write Concerns"', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
  let server: EmbeddedMongo;
  let client: MongoClient;

  const timesOf = async (command: BSON.Document): Promise<{ told: Timestamp; gossiped: Timestamp }> => {
    const answer = await client
      .db('test')
      .command(command)
      .catch((error: { errorResponse: BSON.Document }) => error.errorResponse);
    return { told: answer['operationTime'] as Timestamp, gossiped: answer['$clusterTime'].clusterTime as Timestamp };
  };

  beforeAll(async () => {
    server = await startEmbeddedMongo({ dataDir });
    client = await MongoClient.connect(server.connectionString, { monitorCommands: true });
  });
  afterAll(async () => {
    await client.close();
    await server.close();
    rmSync(dataDir, { recursive: true });
  });

  test('every answer tells the time of the latest write, which each write moves on', async () => {
    const insert = (_id: number): BSON.Document => ({ insert: 'c', documents: [{ _id }] });
    const first = await timesOf(insert(1));
    const second = await timesOf(insert(2));
    const read = await timesOf({ find: 'c' });
    const refused = await timesOf({ find: 5 });
    expect(first.told.getHighBits()).toBeGreaterThanOrEqual(Math.floor(Date.now() / 1000) - 60);
    expect(second.told.greaterThan(first.told)).toBe(true);
    expect([read, refused].map(({ told }) => told)).toEqual([second.told, second.told]);
    for (const { told, gossiped } of [first, second, read, refused]) expect(gossiped).toEqual(told);
  });

  test('a session that reads its own writes asks for their time, and is answered', async () => {
    const asked: unknown[] = [];
    client.on('commandStarted', ({ command }) => asked.push(command['readConcern']?.afterClusterTime));
    await client.withSession({ causalConsistency: true }, async (session) => {
      const rows = client.db('test').collection<{ _id: number }>('c');
      await rows.insertOne({ _id: 3 }, { session });
      expect(await rows.findOne({ _id: 3 }, { session })).toEqual({ _id: 3 });
      expect(asked).toEqual([undefined, session.operationTime]);
    });
  });
});
