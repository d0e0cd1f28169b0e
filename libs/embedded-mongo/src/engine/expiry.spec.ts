import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Double, Long, Timestamp, type BSON } from 'mongodb';
import { sent } from '../../spec-support/documents.js';
import { ONE_OF_EACH } from '../../spec-support/types.js';
import { refusal } from '../../spec-support/updates.js';
import { Doc } from '../codec/values.js';
import { LmdbStore } from '../storage/store.js';
import { Catalogue } from './catalogue.js';
import { Committer } from './committer.js';
import { Expiry } from './expiry.js';
import { parseIndex } from './index-specification.js';
import { Unit } from './unit.js';

const NOW = 100_000;
const MINUTE = { name: 'at', key: { at: 1 }, expireAfterSeconds: 60 };

describe('MongoDB manual, "TTL Indexes": what is over is deleted', () => {
  let folder: string;
  let store: LmdbStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
    store = new LmdbStore(folder);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The documents that are left on the disk, by their place in the list. */
  async function left(index: BSON.Document, documents: readonly BSON.Document[]): Promise<unknown[]> {
    const catalogue = new Catalogue(store.load());
    const committer = new Committer(store);
    const unit = new Unit();
    const collection = catalogue.create(unit, 'test.c');
    catalogue.addIndex(unit, collection, parseIndex(sent(index)));
    documents.forEach((document, _id) => collection.insert(unit, sent({ _id, ...document })));
    await committer.commit(unit);
    const deleted = await new Expiry(catalogue, committer).sweep(NOW);
    const stored = [...new Catalogue(store.load()).get('test.c')!.records.values()];
    expect([...collection.records.values()].map(({ rid }) => rid)).toEqual(stored.map(({ rid }) => rid));
    expect(deleted).toBe(documents.length - stored.length);
    return stored.map(({ raw }) => new Doc(raw).get('_id'));
  }

  test.each<readonly [index: BSON.Document, document: BSON.Document, isOver: boolean]>([
    [MINUTE, { at: new Date(0) }, true],
    [MINUTE, { at: new Date(40_000) }, true],
    [MINUTE, { at: new Date(40_001) }, false],
    [MINUTE, { at: new Date(-1e12) }, true],
    [MINUTE, { at: [new Date(90_000), new Date(1)] }, true],
    [MINUTE, { at: [new Date(90_000), new Date(80_000)] }, false],
    [MINUTE, { at: ['x', new Date(1), 5] }, true],
    [MINUTE, { at: [[new Date(1)]] }, false],
    [MINUTE, { at: [] }, false],
    [MINUTE, { at: Timestamp.fromBits(1, 1) }, false],
    [MINUTE, { at: Long.fromNumber(1) }, false],
    [MINUTE, { at: { at: new Date(1) } }, false],
    [MINUTE, {}, false],
    [{ ...MINUTE, key: { at: -1 } }, { at: new Date(40_000) }, true],
    [{ ...MINUTE, key: { at: -1 } }, { at: new Date(40_001) }, false],
    [{ ...MINUTE, key: { at: -1 } }, { at: [new Date(90_000), new Date(1)] }, true],
    [{ ...MINUTE, key: { 'a.at': 1 } }, { a: [{ at: new Date(90_000) }, { at: new Date(1) }] }, true],
    [{ ...MINUTE, expireAfterSeconds: 0 }, { at: new Date(NOW) }, true],
    [{ ...MINUTE, expireAfterSeconds: 0 }, { at: new Date(NOW + 1) }, false],
    [{ ...MINUTE, expireAfterSeconds: new Double(59.9) }, { at: new Date(41_000) }, true],
    [{ ...MINUTE, expireAfterSeconds: 2 ** 31 - 1 }, { at: new Date(0) }, false],
    [{ ...MINUTE, sparse: true }, { at: new Date(1) }, true],
    [{ ...MINUTE, unique: true }, { at: new Date(1) }, true],
    [{ ...MINUTE, partialFilterExpression: { b: 1 } }, { at: new Date(1), b: 1 }, true],
    [{ ...MINUTE, partialFilterExpression: { b: 1 } }, { at: new Date(1), b: 2 }, false],
  ])('under %j, %j is over: %s', async (index, document, isOver) => {
    expect(await left(index, [document, { at: 'never' }])).toEqual(isOver ? [1] : [0, 1]);
  });

  test('only dates are ever over', async () => {
    const documents = ONE_OF_EACH.map((at) => ({ at }));
    const dates = ONE_OF_EACH.flatMap((at, i) => (at instanceof Date ? [i] : []));
    expect(await left(MINUTE, documents)).toEqual([...documents.keys()].filter((i) => !dates.includes(i)));
  });

  test('more than one batch is deleted in one sweep', async () => {
    const documents = Array.from({ length: 2500 }, (_, i) => ({ at: new Date(i) }));
    expect(await left(MINUTE, [...documents, { at: new Date(NOW) }])).toEqual([2500]);
  });
});

test.each<readonly [seconds: unknown]>([[-1], [2 ** 31], ['60'], [null], [new Date(1)]])(
  'MongoDB manual, "TTL Indexes": expireAfterSeconds of %p is refused',
  (expireAfterSeconds) => {
    expect(refusal(() => parseIndex(sent({ ...MINUTE, expireAfterSeconds }))).code).toBe(67);
  },
);
