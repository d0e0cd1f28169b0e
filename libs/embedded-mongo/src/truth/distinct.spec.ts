import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON, Double, Long, MongoClient } from 'mongodb';
import { decimal, ONE_OF_EACH } from '../../spec-support/types.js';
import { startEmbeddedMongo, type EmbeddedMongo } from '../index.js';

describe('MongoDB manual, "distinct"', () => {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-mongo-distinct-'));
  let server: EmbeddedMongo;
  let client: MongoClient;
  beforeAll(async () => {
    server = await startEmbeddedMongo({ dataDir: folder });
    client = await MongoClient.connect(server.connectionString, { promoteValues: false });
  });
  afterEach(() => client.db('d').dropDatabase());
  afterAll(async () => {
    await client.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const shown = (values: readonly unknown[]): string => BSON.EJSON.stringify(values, { relaxed: false });

  /** The same with an index on the field, which must not matter. */
  async function found(documents: readonly BSON.Document[], key: string, filter: BSON.Document): Promise<string[]> {
    const collection = client.db('d').collection('c');
    await collection.insertMany([...documents]);
    const scanned = shown(await collection.distinct(key, filter));
    if (!/\.\d/.test(key)) await collection.createIndex({ [key]: 1 });
    return [scanned, shown(await collection.distinct(key, filter))];
  }

  test.each<readonly [documents: BSON.Document[], key: string, values: unknown[]]>([
    [[{ a: 2 }, { a: 1 }, { a: 2 }], 'a', [1, 2]],
    [[{ a: 1 }, {}, { a: null }, { a: null }], 'a', [null, 1]],
    [[{}], 'a', []],
    [[{ a: 1 }, { a: new Double(1) }, { a: Long.ONE }, { a: decimal('1.0') }], 'a', [1]],
    [[{ a: 'a' }, { a: 'A' }], 'a', ['A', 'a']],
    [[{ a: [1, 2] }, { a: [2, 3] }, { a: 4 }], 'a', [1, 2, 3, 4]],
    [[{ a: [] }], 'a', []],
    [[{ a: [[1, 2], 1] }], 'a', [1, [1, 2]]],
    [[{ a: { b: 1 } }, { a: { b: 1 } }, { a: { b: 2 } }], 'a', [{ b: 1 }, { b: 2 }]],
    [[{ a: { b: 1 } }, { a: 5 }, { a: { c: 1 } }], 'a.b', [1]],
    [[{ a: [{ b: 1 }, { b: 2 }, { c: 3 }, 4] }], 'a.b', [1, 2]],
    [[{ a: [{ b: [1, 2] }, { b: 3 }] }], 'a.b', [1, 2, 3]],
    [[{ a: [7, 8] }, { a: [9] }], 'a.0', [7, 9]],
    [[{ a: { '0': 7 } }], 'a.0', [7]],
    [[{ a: [{ b: 1 }, { b: 2 }] }], 'a.1.b', [2]],
  ])('of %j at %s', async (documents, key, values) => {
    expect(await found(documents, key, {})).toEqual([shown(values), shown(values)]);
  });

  test('of each type, in the order of the types; an array gives its elements', async () => {
    const values = ONE_OF_EACH.filter((value) => !Array.isArray(value));
    const documents = [...values, ...values].map((a) => ({ a }));
    expect(await found(documents, 'a', {})).toEqual([shown(values), shown(values)]);
  });

  test.each<readonly [key: unknown, code: number]>([
    [undefined, 40414],
    [null, 40414],
    [5, 14],
    ['a\0', 31032],
  ])('of the key %j is refused with code %i', async (key, code) => {
    await expect(client.db('d').command({ distinct: 'c', key })).rejects.toMatchObject({ code });
  });

  test('only of what the filter finds', async () => {
    const documents = [{ a: 1, b: 1 }, { a: 2 }, { a: [3, 4], b: 1 }];
    const wanted = shown([1, 3, 4]);
    expect(await found(documents, 'a', { b: 1 })).toEqual([wanted, wanted]);
  });
});
