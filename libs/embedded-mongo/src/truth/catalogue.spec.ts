import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Binary, MongoClient, type BSON } from 'mongodb';
import { startEmbeddedMongo, type EmbeddedMongo } from '../index.js';

/** What collections and databases may be called, renamed to and dropped, asked of a running server. */
describe('MongoDB manual, "Administration Commands"', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
  let server: EmbeddedMongo;
  let client: MongoClient;

  /** 0 when the command is done. */
  const codeOf = async (command: BSON.Document, database = 'test'): Promise<unknown> => {
    try {
      await client.db(database).command(command);
      return 0;
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
  };

  const uuidOf = async (name: string): Promise<unknown> => {
    const { cursor } = await client.db('test').command({ listCollections: 1, filter: { name } });
    return cursor.firstBatch[0].info.uuid;
  };

  beforeAll(async () => {
    server = await startEmbeddedMongo({ dataDir });
    client = await MongoClient.connect(server.connectionString);
  });
  beforeEach(async () => {
    for (const name of ['test', 'other']) await client.db(name).dropDatabase();
    for (const name of ['from', 'to']) await client.db('test').createCollection(name);
  });
  afterAll(async () => {
    await client.close();
    await server.close();
    rmSync(dataDir, { recursive: true });
  });

  test.each<readonly [from: unknown, to: unknown, code: number]>([
    ['test.from', 'test.new', 0],
    ['test.from', 'other.new', 0],
    ['test.from', 'test.to', 48],
    ['test.from', 'test.from', 20],
    ['test.none', 'test.new', 26],
    ['test.from', 'new', 73],
    ['test.from', 'test.', 73],
    ['test.from', 'te st.new', 73],
    ['test.from', undefined, 40414],
    [5, 'test.new', 14],
    ['test.$from', 'test.new', 20],
    ['te$t.from', 'test.new', 20],
    ['test.from', 'test.$new', 20],
    ['test.from', 'test.system.new', 20],
    ['test.system.js', 'test.new', 20],
    ['test.from', `test.${'n'.repeat(250)}`, 0],
    ['test.from', `test.${'n'.repeat(251)}`, 20],
    [`test.${'n'.repeat(251)}`, 'test.new', 20],
    ['test.from', 'local.oplog.rs', 20],
    ['test.from', 'TEST.new', 13297],
  ])('"renameCollection": %j to %j is answered with code %i', async (renameCollection, to, code) => {
    const command = to === undefined ? { renameCollection } : { renameCollection, to };
    expect(await codeOf(command, 'admin')).toBe(code);
  });

  test('"renameCollection": dropTarget is a flag, or the UUID of the collection that goes', async () => {
    const rename = (dropTarget: unknown, to = 'test.to'): Promise<unknown> =>
      codeOf({ renameCollection: 'test.from', to, dropTarget }, 'admin');
    expect(await rename(1)).toBe(14);
    expect(await rename(new Binary(Buffer.alloc(16), 0))).toBe(207);
    expect(await rename(new Binary(Buffer.alloc(15), 4))).toBe(207);
    expect(await rename(await uuidOf('from'))).toBe(361);
    expect(await rename(await uuidOf('to'), 'test.new')).toBe(361);
    expect(await rename(await uuidOf('to'), 'other.to')).toBe(72);
    expect(await rename(false)).toBe(48);
    expect(await rename(await uuidOf('to'))).toBe(0);
    await client.db('test').createCollection('from');
    expect(await rename(true)).toBe(0);
  });

  test.each<readonly [command: BSON.Document, code: number]>([
    [{ create: 'system.js' }, 73],
    [{ create: 'a', clusteredIndex: null }, 14],
    [{ create: 'a', clusteredIndex: false }, 0],
    [{ dropDatabase: null }, 40414],
    [{ dropDatabase: '1' }, 14],
    [{ dropDatabase: 2 }, 5255100],
    [{ killCursors: 'from', cursors: [null, null] }, 0],
    [{ killCursors: 'from', cursors: ['1'] }, 14],
    [{ killCursors: '$cmd.listCollections', cursors: [] }, 0],
    [{ killCursors: '$from', cursors: [] }, 73],
    [{ aggregate: 'from', pipeline: [{ $collStats: { count: {} } }], cursor: {}, ...strictly() }, 0],
    [{ aggregate: 'from', pipeline: [{ $collStats: { storageStats: {} } }], cursor: {}, ...strictly() }, 323],
  ])('%j is answered with code %i', async (command, code) => {
    expect(await codeOf(command)).toBe(code);
  });

  test('"admin.system.version" tells the version of the features, and cannot be changed', async () => {
    const admin = client.db('admin');
    const namespace = 'admin.system.version';
    expect(await admin.collection('system.version').find().toArray()).toEqual([
      { _id: 'featureCompatibilityVersion', version: '7.0' },
    ]);
    expect(
      await admin
        .listCollections()
        .map(({ name }) => name)
        .toArray(),
    ).toEqual(['system.version']);
    for (const command of [
      { insert: 'system.version', documents: [{}] },
      { update: 'system.version', updates: [{ q: {}, u: { $set: { version: '8.0' } } }] },
      { delete: 'system.version', deletes: [{ q: {}, limit: 0 }] },
      { findAndModify: 'system.version', remove: true },
      { findandmodify: 'system.version', remove: true },
      { createIndexes: 'system.version', indexes: [{ key: { a: 1 }, name: 'a' }] },
      { dropIndexes: 'system.version', index: '*' },
      { drop: 'system.version' },
      { create: 'system.version' },
      { renameCollection: namespace, to: 'admin.other' },
      { renameCollection: 'test.from', to: namespace, dropTarget: true },
      { dropDatabase: 1 },
    ])
      expect([command, await codeOf(command, 'admin')]).toEqual([command, 20]);
    expect(await admin.collection('system.version').countDocuments()).toBe(1);
  });

  test('databases whose names differ in case only cannot both be there', async () => {
    expect(await codeOf({ create: 'a' }, 'Test')).toBe(13297);
    await client.db('test').dropDatabase();
    expect(await codeOf({ create: 'a' }, 'Test')).toBe(0);
    await client.db('Test').dropDatabase();
  });

  test('"dropDatabase" and "listDatabases": three databases are there whatever is dropped', async () => {
    expect(await client.db('test').command({ dropDatabase: 1 })).not.toHaveProperty('dropped');
    const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
    expect(databases).toEqual([{ name: 'admin' }, { name: 'config' }, { name: 'local' }]);
  });
});

function strictly(): BSON.Document {
  return { apiVersion: '1', apiStrict: true };
}
