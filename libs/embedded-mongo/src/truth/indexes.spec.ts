import { Double, Long, type BSON } from 'mongodb';
import { sent } from '../../spec-support/documents.js';
import { Collection } from '../engine/collection.js';
import { MongoError } from '../engine/errors.js';
import { holdTheSame, parseIndex } from '../engine/index-specification.js';
import { Unit } from '../engine/unit.js';

function codeOf(action: () => void): number {
  try {
    action();
  } catch (error) {
    if (error instanceof MongoError) return error.code;
    throw error;
  }
  return 0;
}

function collectionOf(documents: readonly BSON.Document[]): Collection {
  const collection = new Collection(1, 'test.c');
  documents.forEach((document, i) => collection.insert(new Unit(), sent({ _id: i, ...document })));
  return collection;
}

const UNIQUE = { name: 'i', key: { a: 1 }, unique: true };

describe('MongoDB manual, "Unique Indexes"', () => {
  test.each<readonly [index: BSON.Document, held: BSON.Document[], fits: boolean]>([
    [UNIQUE, [{ a: 1 }, { a: 2 }], true],
    [UNIQUE, [{ a: 1 }, { a: 1 }], false],
    [UNIQUE, [{ a: 1 }, { a: new Double(1) }], false],
    [UNIQUE, [{ a: 1 }, { a: Long.ONE }], false],
    [UNIQUE, [{}, {}], false],
    [UNIQUE, [{}, { a: null }], false],
    [UNIQUE, [{ a: [1, 1] }, { a: 2 }], true],
    [UNIQUE, [{ a: [1, 2] }, { a: [2, 3] }], false],
    [UNIQUE, [{ a: [] }, { a: [] }], false],
    [UNIQUE, [{ a: [1, 2] }, { a: [[1, 2]] }], true],
    [{ ...UNIQUE, sparse: true }, [{}, {}], true],
    [{ ...UNIQUE, sparse: true }, [{ a: null }, { a: null }], false],
    [{ ...UNIQUE, partialFilterExpression: { b: true } }, [{ a: 1 }, { a: 1 }], true],
    [{ ...UNIQUE, partialFilterExpression: { b: true } }, [{ a: 1, b: true }, { a: 1 }], true],
    [
      { ...UNIQUE, partialFilterExpression: { b: true } },
      [
        { a: 1, b: true },
        { a: 1, b: true },
      ],
      false,
    ],
    [{ ...UNIQUE, key: { a: 1, b: 1 } }, [{ a: 1, b: 1 }, { a: 1 }], true],
    [{ ...UNIQUE, key: { a: 1, b: 1 } }, [{ a: 1 }, { a: 1, b: null }], false],
  ])('%j over %j fits: %j, whether the documents come before the index or after it', (index, held, fits) => {
    const code = fits ? 0 : 11000;
    expect(codeOf(() => collectionOf(held).createIndex(new Unit(), parseIndex(sent(index))))).toBe(code);
    const before = collectionOf([]);
    before.createIndex(new Unit(), parseIndex(sent(index)));
    const insertAll = (): void =>
      held.forEach((document, i) => before.insert(new Unit(), sent({ _id: i, ...document })));
    expect(codeOf(insertAll)).toBe(code);
  });
});

describe('MongoDB manual, "createIndexes": an index that is not allowed', () => {
  const manyFields = Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`f${i}`, 1]));
  test.each<readonly [index: BSON.Document, code: number]>([
    [{ key: { a: 1 } }, 9],
    [{ key: { a: 1 }, name: 5 }, 14],
    [{ key: { a: 1 }, name: '' }, 67],
    [{ key: {}, name: 'i' }, 67],
    [{ key: { a: 0 }, name: 'i' }, 67],
    [{ key: { a: 'text' }, name: 'i' }, 67],
    [{ key: { a: 'hashed' }, name: 'i' }, 67],
    [{ key: { a: '2d' }, name: 'i' }, 67],
    [{ key: { '$**': 1 }, name: 'i' }, 67],
    [{ key: manyFields, name: 'i' }, 13103],
    [{ key: { _id: -1 }, name: 'i' }, 2],
    [{ key: { a: 1 }, name: '_id_' }, 2],
    [{ key: { _id: 1 }, name: 'i', expireAfterSeconds: 1 }, 197],
    [{ key: { _id: 1 }, name: 'i', partialFilterExpression: { a: 1 } }, 197],
    [{ key: { a: 1 }, name: 'i', unique: 'yes' }, 14],
    [{ key: { a: 1 }, name: 'i', sparse: {} }, 14],
    [{ key: { a: 1 }, name: 'i', sparse: null }, 14],
    [{ key: { a: 1 }, name: 'i', unique: null }, 14],
    [{ key: { a: 1 }, name: 'i', sparse: true, partialFilterExpression: { a: 1 } }, 67],
    [{ key: { a: 1, b: 1 }, name: 'i', expireAfterSeconds: 1 }, 67],
    [{ key: { a: 1 }, name: 'i', expireAfterSeconds: -1 }, 67],
    [{ key: { a: 1 }, name: 'i', partialFilterExpression: { a: { $ne: 1 } } }, 67],
    [{ key: { a: 1 }, name: 'i', collation: { locale: 'de' } }, 115],
    [{ key: { a: 1 }, name: 'i', collation: {} }, 2],
    [{ key: { a: 1 }, name: 'i', wildcardProjection: { a: 1 } }, 197],
  ])('%j is refused with code %i', (index, code) => {
    expect(codeOf(() => parseIndex(sent(index)))).toBe(code);
  });
});

describe('MongoDB manual, "Partial Indexes": whether two filters make one index', () => {
  test.each<readonly [one: BSON.Document, other: BSON.Document, same: boolean]>([
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ $and: [{ a: 1 }, { b: 2 }] }, { $and: [{ b: 2 }, { a: 1 }] }, true],
    [{ $and: [{ a: 1 }, { b: 2 }] }, { a: 1, b: 2 }, true],
    [{ $and: [{ a: 1 }, { $and: [{ b: 2 }] }] }, { a: 1, b: 2 }, true],
    [{ a: 1 }, { a: new Double(1) }, true],
    [{ a: 1, b: 2 }, { a: 2, b: 1 }, false],
    [{ $and: [{ a: 1 }, { b: 2 }] }, { a: 1 }, false],
    [{ a: { $gt: 1 } }, { a: { $gte: 1 } }, false],
  ])('%j and %j: %j', (one, other, same) => {
    const [a, b] = [one, other].map((partialFilterExpression) =>
      parseIndex(sent({ key: { x: 1 }, name: 'i', partialFilterExpression })),
    );
    expect(a && b && holdTheSame(a, b)).toBe(same);
  });

  test('no filter at all is another index than an empty one', () => {
    const [a, b] = [{}, { partialFilterExpression: {} }].map((partial) =>
      parseIndex(sent({ key: { x: 1 }, name: 'i', ...partial })),
    );
    expect(a && b && holdTheSame(a, b)).toBe(false);
  });
});
