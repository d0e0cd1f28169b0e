import { mkdtempSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON, Decimal128, Double, Long, MongoClient, type Db } from 'mongodb';
import { MongoClient as OlderClient } from 'mongodb-6';
import { startEmbeddedMongo, type EmbeddedMongo } from './index.js';

interface Row {
  _id: number;
  text: string;
}

describe('What a tool asks the embedded document store when it connects', () => {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-mongo-tools-'));
  const rows = Array.from({ length: 10 }, (_, i): Row => ({ _id: i, text: 'x'.repeat(i) }));
  const bytes = rows.reduce((sum, row) => sum + BSON.calculateObjectSize(row), 0);
  let server: EmbeddedMongo;
  let client: MongoClient;
  let db: Db;
  let admin: Db;

  beforeAll(async () => {
    server = await startEmbeddedMongo({ dataDir: folder });
    client = await MongoClient.connect(server.connectionString);
    [db, admin] = [client.db('test'), client.db('admin')];
    await db.collection<Row>('c').insertMany(rows);
    await db.collection('c').createIndex({ text: 1 });
  });
  afterAll(async () => {
    await client.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('sizes and counts are those of the documents', async () => {
    const storage = {
      size: bytes,
      count: 10,
      avgObjSize: Math.round(bytes / 10),
      nindexes: 2,
      storageSize: bytes + 150,
    };
    expect(await db.command({ collStats: 'c' })).toMatchObject({ ...storage, ns: 'test.c' });
    const [stats] = await db
      .collection('c')
      .aggregate([{ $collStats: { storageStats: {}, count: {} } }])
      .toArray();
    expect(stats).toMatchObject({ ns: 'test.c', count: 10, storageStats: storage });
    expect(await db.stats()).toMatchObject({ collections: 1, objects: 10, dataSize: bytes, indexes: 2 });
    expect(await db.stats({ scale: 100 })).toMatchObject({ dataSize: bytes / 100, scaleFactor: 100 });
    const types = await db.command({ dbStats: 1, freeStorage: true }, { promoteValues: false });
    expect(types).toMatchObject({
      objects: Long.fromNumber(10),
      dataSize: new Double(bytes),
      indexes: Long.fromNumber(2),
    });
    expect(types).toMatchObject({ scaleFactor: Long.fromNumber(1), freeStorageSize: new Double(0) });
    expect(await db.stats()).not.toHaveProperty('freeStorageSize');
    const { databases, totalSize } = await admin.admin().listDatabases();
    const { dataSize: ofAdmin } = await admin.stats();
    expect(totalSize).toBe(bytes + ofAdmin);
    expect(await admin.command({ listDatabases: 1, filter: { name: 'local' } })).toMatchObject({ totalSize: 0 });
    expect(databases).toMatchObject([
      { name: 'admin', sizeOnDisk: ofAdmin, empty: false },
      { name: 'config', sizeOnDisk: 0, empty: true },
      { name: 'local', sizeOnDisk: 0, empty: true },
      { name: 'test', sizeOnDisk: bytes, empty: false },
    ]);
  });

  test.each<readonly [options: BSON.Document, shown: BSON.Document | number]>([
    [{ storageStats: { scale: 1.9 } }, { scaleFactor: 1 }],
    [{ storageStats: { scale: Decimal128.fromString('2.5') } }, { scaleFactor: 2 }],
    [{ storageStats: { scale: 1e12, more: 1 } }, { scaleFactor: 2 ** 31 - 1 }],
    [{ storageStats: null, count: null, latencyStats: null }, 0],
    [{ storageStats: { scale: 0.5 } }, 2],
    [{ storageStats: { scale: NaN } }, 2],
    [{ storageStats: { scale: 'x' } }, 14],
    [{ storageStats: true }, 14],
    [{ count: 5 }, 14],
    [{ count: { a: 1 } }, 31170],
    [{ count: { a: 1 }, queryExecStats: {} }, 31170],
    [{ queryExecStats: {} }, 40415],
    [{ Count: null }, 40415],
  ])('{$collStats: %j} shows, or is refused with, %j', async ($collStats, shown) => {
    const asked = (name: string): Promise<BSON.Document[]> => db.collection(name).aggregate([{ $collStats }]).toArray();
    if (typeof shown === 'object') expect(await asked('c')).toMatchObject([{ storageStats: shown }]);
    else if (shown > 0)
      for (const name of ['c', 'none']) await expect(asked(name)).rejects.toMatchObject({ code: shown });
    else
      for (const name of ['c', 'none'])
        expect(Object.keys((await asked(name))[0] ?? {})).toEqual(['ns', 'host', 'localTime']);
  });

  test('the sizes of indexes grow with their keys', async () => {
    const before = await db.command({ collStats: 'c' });
    await db.collection<Row>('c').updateOne({ _id: 1 }, { $set: { text: 'x'.repeat(101) } });
    const after = await db.command({ collStats: 'c' });
    await db.collection<Row>('c').updateOne({ _id: 1 }, { $set: { text: 'x' } });
    expect(after['indexSizes'].text_1 - before['indexSizes'].text_1).toBe(100);
    expect(after['indexSizes']._id_).toBe(before['indexSizes']._id_);
  });

  test('host, server, parameters and log', async () => {
    expect(await admin.command({ hostInfo: 1 })).toMatchObject({ system: { hostname: hostname() } });
    expect(await admin.command({ getParameter: 1, featureCompatibilityVersion: 1 })).toMatchObject({
      featureCompatibilityVersion: { version: '7.0' },
    });
    expect(await admin.command({ getLog: 'startupWarnings' })).toMatchObject({ totalLinesWritten: 0, log: [] });
    expect(await admin.command({ getCmdLineOpts: 1 })).toMatchObject({ parsed: { net: { port: server.port } } });
    const nobody = { authenticatedUsers: [], authenticatedUserRoles: [] };
    expect((await admin.command({ connectionStatus: 1 }))['authInfo']).toEqual(nobody);
    expect((await admin.command({ connectionStatus: 1, showPrivileges: true }))['authInfo']).toEqual({
      ...nobody,
      authenticatedUserPrivileges: [],
    });
  });

  test('operations and connections are counted', async () => {
    const before = await admin.command({ serverStatus: 1 });
    await db.collection<Row>('c').find().toArray();
    await db.collection<Row>('d').insertMany([
      { _id: 1, text: '' },
      { _id: 2, text: '' },
    ]);
    const after = await admin.command({ serverStatus: 1 });
    await db.collection('d').drop();
    expect(after['opcounters'].query - before['opcounters'].query).toBe(1);
    expect(after['opcounters'].insert - before['opcounters'].insert).toBe(2);
    expect(after['connections'].current).toBeGreaterThan(0);
  });

  test.each([
    [{ top: 1 }, 59],
    [{ atlasVersion: 1 }, 59],
    [{ getParameter: 1, noSuchParameter: 1 }, 40415],
    [{ getLog: 'rs' }, 96],
    [{ getLog: 5 }, 14],
    [{ getLog: null }, 40414],
    [{ currentOp: 1 }, 59],
  ])('%j is refused by name', async (command, code) => {
    await expect(admin.command(command)).rejects.toMatchObject({ code });
  });

  test('version 6 of the driver reads and writes as version 7 does', async () => {
    const older = await OlderClient.connect(server.connectionString);
    const old = older.db('test').collection<Row>('old');
    await old.insertMany([
      { _id: 1, text: 'a' },
      { _id: 2, text: 'b' },
    ]);
    await old.bulkWrite([
      { updateOne: { filter: { _id: 1 }, update: { $set: { text: 'c' } } } },
      { replaceOne: { filter: { _id: 3 }, replacement: { text: 'd' }, upsert: true } },
      { deleteOne: { filter: { _id: 2 } } },
    ]);
    expect(await old.find().sort({ _id: -1 }).toArray()).toEqual([
      { _id: 3, text: 'd' },
      { _id: 1, text: 'c' },
    ]);
    expect(await db.collection<Row>('old').find().sort({ _id: -1 }).toArray()).toEqual(
      await old.find().sort({ _id: -1 }).toArray(),
    );
    expect(await old.aggregate([{ $group: { _id: null, n: { $sum: 1 } } }]).toArray()).toEqual([{ _id: null, n: 2 }]);
    expect(await old.indexes()).toMatchObject([{ name: '_id_' }]);
    await old.drop();
    await older.close();
  });
});
