import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sent } from '../../spec-support/documents.js';
import { LmdbStore } from '../storage/store.js';
import { Catalogue } from './catalogue.js';
import { Committer } from './committer.js';
import { Expiry } from './expiry.js';
import { parseIndex } from './index-specification.js';
import { Unit } from './unit.js';

test.each([1, -1])('MongoDB manual, "TTL Indexes": what is over is deleted, in the direction %i', async (direction) => {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
  const store = new LmdbStore(folder);
  const catalogue = new Catalogue(store.load());
  const committer = new Committer(store);
  const unit = new Unit();
  const collection = catalogue.create(unit, 'test.c');
  const spec = { name: 'at', key: { at: direction }, expireAfterSeconds: 60 };
  catalogue.addIndex(unit, collection, parseIndex(sent(spec)));
  const documents = [
    { _id: 'over', at: new Date(0) },
    { _id: 'just over', at: new Date(40_000) },
    { _id: 'not over', at: new Date(40_001) },
    { _id: 'one of two over', at: [new Date(90_000), new Date(1)] },
    { _id: 'no date', at: 5 },
    { _id: 'missing' },
  ];
  for (const document of documents) collection.insert(unit, sent(document));
  await committer.commit(unit);

  expect(await new Expiry(catalogue, committer).sweep(100_000)).toBe(3);
  const left = [...new Catalogue(store.load()).get('test.c')!.records.values()];
  expect(left.length).toBe(3);
  expect([...collection.records.values()].map(({ rid }) => rid)).toEqual(left.map(({ rid }) => rid));
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
