import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Long, UUID, type BSON } from 'mongodb';
import { WireClient } from '../../spec-support/wire-client.js';
import { startEmbeddedMongo, type EmbeddedMongo } from '../index.js';

describe('MongoDB manual, "getMore"', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
  let server: EmbeddedMongo;
  let client: WireClient;

  const ask = (command: BSON.Document): Promise<BSON.Document> => client.ask({ ...command, $db: 'test' });

  beforeAll(async () => {
    server = await startEmbeddedMongo({ dataDir });
    client = new WireClient(server.port);
    await ask({ insert: 'c', documents: [1, 2, 3, 4].map((_id) => ({ _id, n: -_id })) });
    await ask({ createIndexes: 'c', indexes: [{ key: { i: 1 }, name: 'i' }] });
  });
  afterAll(async () => {
    client.close();
    await server.close();
    rmSync(dataDir, { recursive: true });
  });

  test.each<readonly [command: BSON.Document, goesOn: boolean]>([
    [{ find: 'c', batchSize: 4 }, true],
    [{ find: 'c', batchSize: 5 }, false],
    [{ find: 'c', batchSize: 4, sort: { _id: 1 } }, true],
    [{ find: 'c', batchSize: 4, sort: { n: 1 } }, false],
    [{ find: 'c', batchSize: 4, limit: 4 }, false],
    [{ find: 'c', batchSize: 4, limit: 5 }, true],
    [{ find: 'c', batchSize: 3, limit: 4 }, true],
    [{ find: 'c', batchSize: 2, singleBatch: true }, false],
    [{ find: 'c', batchSize: 0 }, true],
    [{ find: 'none', batchSize: 0 }, false],
    [{ aggregate: 'c', pipeline: [], cursor: { batchSize: 4 } }, true],
    [{ aggregate: 'c', pipeline: [], cursor: {} }, false],
    [{ aggregate: 'c', pipeline: [{ $match: { _id: 9 } }], cursor: { batchSize: 0 } }, true],
    [{ listIndexes: 'c', cursor: { batchSize: 2 } }, false],
    [{ listIndexes: 'c', cursor: { batchSize: 1 } }, true],
  ])('%j leaves a cursor open: %j', async (command, goesOn) => {
    const { cursor } = await ask(command);
    expect(cursor.id !== 0).toBe(goesOn);
  });

  test('a full batch is followed by one that is empty, which ends the cursor', async () => {
    const { cursor } = await ask({ find: 'c', batchSize: 2 });
    const more = { getMore: Long.fromNumber(cursor.id), collection: 'c', batchSize: 2 };
    expect((await ask(more)).cursor).toMatchObject({ id: cursor.id, nextBatch: [{ _id: 3 }, { _id: 4 }] });
    expect((await ask(more)).cursor).toMatchObject({ id: 0, nextBatch: [] });
    expect(await ask(more)).toMatchObject({ ok: 0, code: 43 });
  });

  test.each<readonly [what: string, command: BSON.Document, database: string]>([
    ['a drop', { drop: 'gone' }, 'other'],
    ['a drop of the database', { dropDatabase: 1 }, 'other'],
    ['a rename', { renameCollection: 'other.gone', to: 'other.new', dropTarget: true }, 'admin'],
    ['a rename over it', { renameCollection: 'other.over', to: 'other.gone', dropTarget: true }, 'admin'],
  ])('%s ends the cursors that read the collection, and no other', async (_what, command, $db) => {
    const documents = [1, 2, 3].map((_id) => ({ _id }));
    for (const name of ['gone', 'over']) await client.ask({ insert: name, documents, $db: 'other' });
    const open = async (opening: BSON.Document): Promise<Long> =>
      Long.fromNumber((await client.ask({ ...opening, $db: 'other' })).cursor.id);
    const found = await open({ find: 'gone', batchSize: 1 });
    const aggregated = await open({ aggregate: 'gone', pipeline: [], cursor: { batchSize: 1 } });
    const listed = await open({ listIndexes: 'gone', cursor: { batchSize: 0 } });
    const another = Long.fromNumber((await ask({ find: 'c', batchSize: 1 })).cursor.id);

    expect(await client.ask({ ...command, $db })).toMatchObject({ ok: 1 });
    await client.ask({ insert: 'gone', documents, $db: 'other' });

    const codeOf = async (getMore: Long): Promise<unknown> =>
      (await client.ask({ getMore, collection: 'gone', $db: 'other' }))['code'];
    expect([await codeOf(found), await codeOf(found)]).toEqual([175, 43]);
    expect(await codeOf(aggregated)).toBe(175);
    expect(await codeOf(listed)).toBeUndefined();
    expect((await ask({ getMore: another, collection: 'c' })).cursor.nextBatch).toHaveLength(3);
    await client.ask({ dropDatabase: 1, $db: 'other' });
  });

  test('a cursor belongs to the session that opened it, or to none', async () => {
    const [mine, another] = [{ lsid: { id: new UUID() } }, { lsid: { id: new UUID() } }];
    for (const [opened, asked, code] of [
      [mine, mine, undefined],
      [mine, another, 50738],
      [mine, {}, 50738],
      [{}, mine, 50738],
      [{}, {}, undefined],
    ] as const) {
      const { cursor } = await ask({ find: 'c', batchSize: 1, ...opened });
      const answer = await ask({ getMore: Long.fromNumber(cursor.id), collection: 'c', ...asked });
      expect(answer['code']).toBe(code);
    }
  });
});
