// What each side is asked to do. Every workload writes collections of its own, so that rounds do not weigh on each other.
import { randomUUID } from 'node:crypto';
import { now } from '../harness.mjs';
import { measured } from './measured.mjs';

const text = 'x'.repeat(200);
const idOf = (i) => `key-${String(i).padStart(9, '0')}`;
/** Half a kilobyte, as a document of a read model has it. */
export const aDocument = (i) => ({
  _id: idOf(i),
  tenant: `t${i % 7}`,
  n: i,
  at: new Date(1.7e12 + i * 1000),
  status: ['open', 'closed', 'late'][i % 3],
  nested: { a: i, list: [i, i + 1, i + 2], name: `name ${i}` },
  text,
  count: i * 0.5,
  _v: 1,
});
export const someDocuments = (from, count) => Array.from({ length: count }, (_, k) => aDocument(from + k));
export const threeIndexes = [{ key: { tenant: 1, n: 1 } }, { key: { at: 1 } }, { key: { status: 1, count: -1 } }];

const durable = { writeConcern: { w: 'majority', j: true } };

async function newCollection({ database }, indexes) {
  const collection = database.collection(`c-${randomUUID().slice(0, 8)}`, durable);
  if (indexes.length > 0) await collection.createIndexes(indexes);
  return collection;
}

/** `count` documents, `size` in each call, one call after the other, into a new collection. */
function writes(what, count, size, indexes, write) {
  const run = async (side) => {
    const collection = await newCollection(side, indexes);
    const figure = await measured(side, count, async (times) => {
      for (let from = 0; from < count; from += size) {
        const documents = someDocuments(from, size);
        const begun = now();
        await write(collection, documents);
        times.push(now() - begun);
      }
    });
    await collection.drop();
    return figure;
  };
  return { what, run };
}

const insert = (collection, documents) => collection.insertMany(documents);
const upsert = (collection, documents) => {
  const operations = documents.map((replacement) => ({
    replaceOne: { filter: { _id: replacement._id }, replacement, upsert: true },
  }));
  return collection.bulkWrite(operations, { ordered: false });
};

export function writings(scale) {
  const count = 40_000 * scale;
  return [
    writes('insertMany of 1,000, no index', count, 1000, [], insert),
    writes('insertMany of 1,000, three indexes', count, 1000, threeIndexes, insert),
    writes('bulk upserts of 500 new documents, no index', count, 500, [], upsert),
    writes('bulk upserts of 500 new documents, three indexes', count, 500, threeIndexes, upsert),
  ];
}

const filled = new Map();
/** A collection with `count` documents and three indexes on this side, written once. */
async function bigCollection(side, count) {
  const known = filled.get(side.label);
  if (known !== undefined) return known;
  const collection = await newCollection(side, threeIndexes);
  for (let from = 0; from < count; from += 5000) await collection.insertMany(someDocuments(from, 5000));
  filled.set(side.label, collection);
  return collection;
}

/** `times` calls of `ask(collection, i)`, `inFlight` at a time; each has to answer `expected` documents. */
function questions(what, size, times, inFlight, expected, ask, kind) {
  const run = async (side) => {
    const collection = await bigCollection(side, size);
    return measured(side, times, async (milliseconds) => {
      let next = 0;
      const one = async () => {
        for (let i = next++; i < times; i = next++) {
          const begun = now();
          const found = await ask(collection, i).toArray();
          milliseconds.push(now() - begun);
          if (found.length !== expected) throw new Error(`${found.length} of ${expected} documents came`);
        }
      };
      await Promise.all(Array.from({ length: inFlight }, one));
    });
  };
  return { what, kind, run };
}

export function readings(scale) {
  const size = 100_000;
  const byId = (collection, i) => collection.find({ _id: idOf((i * 7919) % size) });
  const range = (collection, i) => collection.find({ tenant: `t${i % 7}`, n: { $gte: (i * 101) % 50_000 } }).limit(100);
  const group = (collection) =>
    collection.aggregate([{ $group: { _id: '$tenant', sum: { $sum: '$n' }, documents: { $sum: 1 } } }]);
  const of = `of ${size.toLocaleString('en-US')} documents`;
  return [
    questions(`find by _id ${of}, 1 in flight`, size, 10_000 * scale, 1, 1, byId),
    questions(`find by _id ${of}, 16 in flight`, size, 20_000 * scale, 16, 1, byId),
    questions(`100 documents by a range of an index ${of}, 1 in flight`, size, 2000 * scale, 1, 100, range),
    questions(`group ${of}, 1 in flight`, size, 20 * scale, 1, 7, group, 'group'),
  ];
}
