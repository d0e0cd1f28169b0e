import type { BSON } from 'mongodb';
import { sent } from '../../spec-support/documents.js';
import { implies } from './implication.js';
import { parseFilter } from './matcher.js';

const implied = (query: BSON.Document, partial: BSON.Document): boolean =>
  implies(parseFilter(sent(query)).conjuncts, parseFilter(sent(partial)).conjuncts);

describe('MongoDB manual, "Partial Indexes": a query may use one only if it cannot match beyond it', () => {
  test.each<readonly [query: BSON.Document, partial: BSON.Document, expected: boolean]>([
    [{ a: { $gt: 5 } }, { a: { $gt: 5 } }, true],
    [{ a: { $gt: 6 } }, { a: { $gt: 5 } }, true],
    [{ a: { $gte: 5 } }, { a: { $gt: 5 } }, false],
    [{ a: { $gt: 5 } }, { a: { $gte: 5 } }, true],
    [{ a: { $gt: 4 } }, { a: { $gt: 5 } }, false],
    [{ a: { $lt: 5 } }, { a: { $gt: 5 } }, false],
    [{ a: { $lt: 3 } }, { a: { $lte: 5 } }, true],
    [{ a: { $gt: 'x' } }, { a: { $gt: 5 } }, false],
    [{ a: 6 }, { a: { $gt: 5 } }, true],
    [{ a: 5 }, { a: { $gt: 5 } }, false],
    [{ a: { $in: [6, 7] } }, { a: { $gt: 5 } }, true],
    [{ a: { $in: [5, 7] } }, { a: { $gt: 5 } }, false],
    [{ a: 1 }, { a: { $in: [1, 2] } }, true],
    [{ a: 1 }, { a: { $exists: true } }, true],
    [{ a: { $lt: 3 } }, { a: { $exists: true } }, true],
    [{ a: null }, { a: { $exists: true } }, false],
    [{ a: { $in: [1, null] } }, { a: { $exists: true } }, false],
    [{ a: { $ne: 1 } }, { a: { $exists: true } }, false],
    [{ b: 6 }, { a: { $gt: 5 } }, false],
    [{ a: 6 }, { a: { $gt: 5 }, b: 1 }, false],
    [{ a: 6, b: 1, c: 2 }, { a: { $gt: 5 }, b: 1 }, true],
    [{ $or: [{ a: 6 }, { a: 7 }] }, { a: { $gt: 5 } }, false],
    [{ a: [6] }, { a: { $gt: 5 } }, false],
    [{}, { a: { $exists: true } }, false],
  ])('%j with an index over %j: %s', (query, partial, expected) => {
    expect(implied(query, partial)).toBe(expected);
  });
});
