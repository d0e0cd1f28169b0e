import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON, Long, MongoClient, UUID, type Db } from 'mongodb';
import { sent } from '../spec-support/documents.js';
import { message } from '../spec-support/messages.js';
import { startEmbeddedMongo, type EmbeddedMongo } from './index.js';
import { startOnStore } from './server.js';
import { LmdbStore, type Store } from './storage/store.js';

interface Row {
  _id: number;
  n?: number;
  text?: string;
}

/** A command as it stands: the driver puts a session of its own into each. */
async function ask(port: number, command: BSON.Document): Promise<BSON.Document> {
  const socket = connect(port, '127.0.0.1');
  socket.write(message(sent({ ...command, $db: 'test' }).bytes));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return BSON.deserialize(answer.subarray(21));
}

describe('The embedded document store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
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

  beforeAll(start);
  beforeEach(() => db.dropDatabase());
  afterAll(async () => {
    await client.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a sort of 105 MiB is refused when it may not use the disk', async () => {
    const blobs = db.collection<Row & { blob: Buffer }>('blobs');
    const blob = Buffer.alloc(15 * 1024 * 1024);
    for (let _id = 1; _id <= 7; _id++) await blobs.insertOne({ _id, blob });
    const find = { find: 'blobs', sort: { n: 1 }, projection: { _id: 1 } };
    const aggregate = { aggregate: 'blobs', pipeline: [{ $sort: { n: 1 } }, { $project: { _id: 1 } }], cursor: {} };
    for (const command of [find, aggregate]) {
      await expect(db.command({ ...command, allowDiskUse: false })).rejects.toMatchObject({ code: 292 });
      for (const more of [{}, { allowDiskUse: true }])
        expect((await db.command({ ...command, ...more })).cursor.firstBatch).toHaveLength(7);
    }
  });

  test('a retried write answers as before and applies once, also after a restart', async () => {
    const increment = {
      update: 'c',
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }],
      lsid: { id: new UUID() },
      txnNumber: Long.fromNumber(1),
    };
    const send = async (): Promise<unknown> => (await ask(server.port, increment))['upserted'];
    const first = await send();
    expect(first).toEqual([{ index: 0, _id: 1 }]);
    expect(await send()).toEqual(first);
    await restart();
    expect(await send()).toEqual(first);
    expect(await db.collection<Row>('c').findOne({ _id: 1 })).toEqual({ _id: 1, n: 1 });
    expect(await ask(server.port, { ...increment, txnNumber: Long.ZERO })).toMatchObject({ ok: 0, code: 225 });
  });

  test('a cursor is a snapshot: later writes do not reach it', async () => {
    const rows = db.collection<Row>('c');
    await rows.insertMany(Array.from({ length: 20 }, (_, i) => ({ _id: i, n: 0 })));
    const cursor = rows.find({ n: 0 }).batchSize(5);
    await cursor.next();
    await rows.updateMany({}, { $set: { n: 1 } });
    await rows.deleteMany({ _id: { $gte: 10 } });
    const rest: Row[] = [];
    for (let row = await cursor.next(); row; row = await cursor.next()) rest.push(row);
    expect(rest).toHaveLength(19);
    expect(rest.every(({ n }) => n === 0)).toBe(true);
  });

  test('answers above 16 MiB are split, and a larger document is refused', async () => {
    const rows = db.collection<Row>('c');
    const text = 'x'.repeat(6 * 1024 * 1024);
    await rows.insertMany([1, 2, 3, 4].map((_id) => ({ _id, text })));
    expect((await rows.find().toArray()).map(({ _id }) => _id)).toEqual([1, 2, 3, 4]);
    const large = { $group: { _id: null, all: { $push: '$text' } } };
    await expect(rows.aggregate([large]).toArray()).rejects.toMatchObject({ code: 10334 });
    await db.collection('c').updateOne({}, { $set: { second: text } });
    await expect(db.collection('c').updateOne({}, { $set: { third: text } })).rejects.toMatchObject({ code: 10334 });
  });

  test('ordered writes stop at the first error, unordered ones go on', async () => {
    const rows = db.collection<Row>('c');
    const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
    await expect(rows.insertMany(documents)).rejects.toMatchObject({ writeErrors: [{ index: 1, code: 11000 }] });
    expect(await rows.countDocuments()).toBe(1);
    await expect(rows.insertMany(documents, { ordered: false })).rejects.toMatchObject({
      writeErrors: [
        { index: 0, code: 11000 },
        { index: 1, code: 11000 },
      ],
    });
    expect(await rows.countDocuments()).toBe(2);
    await expect(rows.insertOne({ _id: 9 }, { writeConcern: { w: 2 } })).rejects.toMatchObject({ code: 100 });
  });

  test('sparse, partial and multikey unique indexes refuse what they hold only', async () => {
    const rows = db.collection('c');
    await rows.createIndexes([
      { key: { s: 1 }, unique: true, sparse: true },
      { key: { p: 1 }, unique: true, partialFilterExpression: { on: true } },
      { key: { m: 1 }, unique: true, partialFilterExpression: { m: { $exists: true } } },
    ]);
    await rows.insertMany([{}, {}, { s: null }, { p: 1, on: true }, { p: 1 }, { p: 1 }, { m: [1, 2, 2] }]);
    await expect(rows.insertOne({ s: null })).rejects.toMatchObject({ keyPattern: { s: 1 } });
    await expect(rows.insertOne({ p: 1, on: true })).rejects.toMatchObject({ keyPattern: { p: 1 } });
    await expect(rows.insertOne({ m: [3, 2] })).rejects.toMatchObject({ keyValue: { m: 2 } });
    await restart();
    await expect(db.collection('c').insertOne({ p: 1, on: true })).rejects.toMatchObject({ code: 11000 });
  });

  const ping = sent({ ping: 1, $db: 'admin' }).bytes;
  const changed = (at: number, value: number): Buffer => {
    const body = Buffer.from(ping);
    body.writeInt32LE(value, at);
    return body;
  };

  test.each<readonly [what: string, bytes: Buffer]>([
    ['words', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['a length that is negative', message(ping, 0, -1)],
    ['a length above the limit', message(ping, 0, 2 ** 31 - 1)],
    ['a document longer than its message', message(changed(0, ping.length + 8))],
    ['a document shorter than its fields', message(changed(0, 5))],
    ['unknown flags', message(ping, 4)],
    ['no command', message(Buffer.from([5, 0, 0, 0, 0]))],
  ])('a socket that sends %s is closed, and only that one', async (_, bytes) => {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(bytes);
    const received: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    await once(socket, 'close');
    expect(Buffer.concat(received)).toHaveLength(0);
    expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });
});

describe('The embedded document store on a disk that fails', () => {
  const open: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });

  test('a failed commit is final: nothing is written after it, reading goes on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
    open.push(() => rmSync(folder, { recursive: true, force: true }));
    const disk = new LmdbStore(folder);
    let failing = false;
    const store: Store = {
      load: () => disk.load(),
      commit: (writes, bytes) => {
        if (failing) throw new Error('EIO: the disk of a spec');
        disk.commit(writes, bytes);
      },
      close: () => disk.close(),
    };
    const server = await startOnStore(store);
    const client = await MongoClient.connect(server.connectionString);
    open.push(
      () => server.close(),
      () => client.close(),
    );
    const rows = client.db('test').collection<Row>('c');
    await rows.insertOne({ _id: 1 });
    failing = true;
    await expect(rows.insertOne({ _id: 2 })).rejects.toMatchObject({ code: 1 });
    failing = false;
    await expect(rows.insertOne({ _id: 3 })).rejects.toThrow(/Restart the server/);
    expect((await server.failed).message).toContain('EIO');
    expect(await rows.find().toArray()).toEqual([{ _id: 1 }]);
  });

  const canMount = process.platform === 'linux' && process.getuid?.() === 0;
  (canMount ? test : test.skip)('a full disk refuses writes, keeps reading and recovers by itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'embedded-mongo-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder]);
    open.push(() => {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true, force: true });
    });
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir);
    const server = await startEmbeddedMongo({ dataDir });
    const client = await MongoClient.connect(server.connectionString);
    open.push(
      () => server.close(),
      () => client.close(),
    );
    const rows = client.db('test').collection<Row>('c');
    await rows.insertOne({ _id: 1 });
    const filler = openSync(join(folder, 'filler'), 'w');
    expect(() => {
      for (;;) writeSync(filler, Buffer.alloc(1024 * 1024));
    }).toThrow(/ENOSPC/);
    closeSync(filler);
    await expect(rows.insertOne({ _id: 2 })).rejects.toMatchObject({ code: 14031 });
    expect(await rows.find().toArray()).toEqual([{ _id: 1 }]);
    rmSync(join(folder, 'filler'));
    await rows.insertOne({ _id: 2 });
    await client.close();
    await server.close();
    const again = await startEmbeddedMongo({ dataDir });
    const reader = await MongoClient.connect(again.connectionString);
    open.push(
      () => again.close(),
      () => reader.close(),
    );
    expect(await reader.db('test').collection('c').countDocuments()).toBe(2);
  });
});
