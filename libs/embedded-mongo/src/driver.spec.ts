import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decimal128, Long, MongoClient, type Db } from 'mongodb';
import { startEmbeddedMongo, type EmbeddedMongo } from './index.js';

interface Row {
  _id: string | number;
  name?: string;
  n?: number;
  when?: unknown;
  big?: unknown;
  money?: unknown;
  code?: unknown;
  k?: unknown;
  v?: unknown;
}

describe('the official driver against the embedded server', () => {
  let folder: string;
  let server: EmbeddedMongo;
  let client: MongoClient;
  let db: Db;

  const start = async (): Promise<void> => {
    server = await startEmbeddedMongo({ dataDir: folder });
    client = await MongoClient.connect(server.connectionString);
    db = client.db('test');
  };
  const restart = async (): Promise<void> => {
    await client.close();
    await server.close();
    await start();
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
    await start();
  });
  beforeEach(async () => {
    await db.dropDatabase();
  });
  afterAll(async () => {
    await client.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('what is written is read back, also after a restart', async () => {
    const before = {
      _id: 'a',
      when: new Date(5),
      big: Long.fromString('9007199254740993'),
      money: Decimal128.fromString('0.10'),
    };
    await db.collection<Row>('c').insertOne(before);
    await restart();
    const after = await db.collection<Row>('c').findOne({ _id: 'a' }, { promoteLongs: false });
    expect(after?.['when']).toEqual(before.when);
    expect(String(after?.['big'])).toBe('9007199254740993');
    expect(String(after?.['money'])).toBe('0.10');
  });

  test('bulkWrite replaces, upserts, updates and deletes in order', async () => {
    const rows = db.collection<Row>('c');
    const result = await rows.bulkWrite([
      { replaceOne: { filter: { _id: 1 }, replacement: { name: 'one' }, upsert: true } },
      { updateOne: { filter: { _id: 2 }, update: { $set: { name: 'two' }, $inc: { n: 1 } }, upsert: true } },
      { updateOne: { filter: { _id: 2 }, update: { $inc: { n: 1 } } } },
      { insertOne: { document: { _id: 3 } } },
      { deleteOne: { filter: { _id: 3 } } },
    ]);
    expect(result.upsertedIds).toEqual({ 0: 1, 1: 2 });
    expect(result.deletedCount).toBe(1);
    expect(await rows.find().sort({ _id: -1 }).toArray()).toEqual([
      { _id: 2, n: 2, name: 'two' },
      { _id: 1, name: 'one' },
    ]);
  });

  test('a duplicate key names the index and the value, and unordered writes go on after it', async () => {
    const rows = db.collection<Row>('c');
    await rows.createIndex({ code: 1 }, { unique: true });
    await rows.insertOne({ _id: 1, code: 'x' });
    const attempt = rows.insertMany(
      [
        { _id: 2, code: 'x' },
        { _id: 3, code: 'y' },
      ],
      { ordered: false },
    );
    await expect(attempt).rejects.toMatchObject({ code: 11000, writeErrors: [{ index: 0, code: 11000 }] });
    await expect(rows.insertOne({ _id: 1 })).rejects.toMatchObject({ keyPattern: { _id: 1 }, keyValue: { _id: 1 } });
    expect(await rows.countDocuments()).toBe(2);
  });

  test('find filters, sorts, limits and projects, through an index where there is one', async () => {
    const rows = db.collection<Row>('c');
    await rows.insertMany(Array.from({ length: 300 }, (_, i) => ({ _id: i, n: i, kind: i % 3, deep: { a: i, b: 1 } })));
    await rows.createIndex({ kind: 1, n: -1 });
    const query = rows
      .find({ kind: { $in: [1] }, n: { $gte: 10, $lt: 100 } }, { projection: { _id: 0, 'deep.a': 1 } })
      .sort({ n: -1 })
      .limit(2);
    expect(await query.toArray()).toEqual([{ deep: { a: 97 } }, { deep: { a: 94 } }]);
    const plan = await rows.find({ kind: 1 }).sort({ n: -1 }).explain();
    expect(plan['queryPlanner'].winningPlan).toMatchObject({
      stage: 'FETCH',
      inputStage: { stage: 'IXSCAN', indexName: 'kind_1_n_-1' },
    });
    const scan = await rows.find({ 'deep.b': 1 }).sort({ 'deep.a': 1 }).explain();
    expect(scan['queryPlanner'].winningPlan).toMatchObject({ stage: 'SORT', inputStage: { stage: 'COLLSCAN' } });
    expect(await rows.find().batchSize(7).toArray()).toHaveLength(300);
  });

  test('a collection is renamed over another, listed and dropped', async () => {
    await db.collection<Row>('next').insertOne({ _id: 1 });
    await db.collection<Row>('now').insertMany([{ _id: 2 }, { _id: 3 }]);
    await db.collection('next').createIndex({ a: 1 });
    await db.collection('next').rename('now', { dropTarget: true });
    await restart();
    expect((await db.listCollections().toArray()).map((c) => c.name)).toEqual(['now']);
    expect(await db.collection('now').find().toArray()).toEqual([{ _id: 1 }]);
    expect((await db.collection('now').indexes()).map((index) => index.name)).toEqual(['_id_', 'a_1']);
    await db.collection('now').drop();
    expect(await db.listCollections().toArray()).toEqual([]);
  });

  test('findOneAndUpdate, distinct, count and an aggregation answer as MongoDB does', async () => {
    const rows = db.collection<Row>('c');
    const after = await rows.findOneAndUpdate(
      { _id: 'seq' },
      { $inc: { n: 1 } },
      { upsert: true, returnDocument: 'after' },
    );
    expect(after).toEqual({ _id: 'seq', n: 1 });
    await rows.insertMany([
      { _id: 1, k: 'a', v: 1 },
      { _id: 2, k: 'a', v: 2.5 },
      { _id: 3, k: 'b', v: 4 },
    ]);
    expect(await rows.distinct('k')).toEqual(['a', 'b']);
    expect(await rows.countDocuments({ k: 'a' })).toBe(2);
    const groups = rows.aggregate([
      { $match: { k: { $exists: true } } },
      { $group: { _id: '$k', sum: { $sum: '$v' }, avg: { $avg: '$v' }, all: { $push: '$v' } } },
      { $sort: { _id: 1 } },
    ]);
    expect(await groups.toArray()).toEqual([
      { _id: 'a', sum: 3.5, avg: 1.75, all: [1, 2.5] },
      { _id: 'b', sum: 4, avg: 4, all: [4] },
    ]);
  });

  test('what is not supported is refused by name and code', async () => {
    const rows = db.collection<Row>('c');
    await expect(db.command({ create: 'c', collation: {} })).rejects.toMatchObject({ code: 40414 });
    expect(await rows.find({}, { collation: {} as never }).toArray()).toEqual([]);
    await expect(client.db('admin').command({ dropDatabase: 1 })).rejects.toMatchObject({ code: 20 });
    await expect(db.command({ dropDatabase: 2 })).rejects.toMatchObject({ code: 5255100 });
    await expect(db.command({ mapReduce: 'c' })).rejects.toMatchObject({ code: 59, codeName: 'CommandNotFound' });
    await expect(rows.find({ a: { $mod: [2, 0] } }).toArray()).rejects.toMatchObject({ code: 2 });
    await expect(rows.aggregate([{ $lookup: {} }]).toArray()).rejects.toMatchObject({ code: 40324 });
    await expect(rows.aggregate([{ $project: { a: { $add: [1, 2] } } }]).toArray()).rejects.toMatchObject({
      code: 168,
    });
    await expect(rows.createIndex({ a: 'text' })).rejects.toMatchObject({ code: 67 });
    await expect(rows.createIndex({ a: 1 }, { wildcardProjection: { a: 1 } })).rejects.toMatchObject({ code: 197 });
    await expect(rows.updateOne({}, [{ $set: { a: 1 } }])).rejects.toMatchObject({ code: 115 });
  });

  test('a second server on the same folder is refused with advice', async () => {
    await expect(startEmbeddedMongo({ dataDir: folder })).rejects.toThrow(
      /in use by another embedded document store \(process \d+\)/,
    );
  });
});
