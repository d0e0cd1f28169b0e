import type { BSON } from 'mongodb';
import { sent, shown } from '../../spec-support/documents.js';
import { MongoError } from './errors.js';
import { parseProjection } from './projection.js';

const DOCUMENT = { _id: 1, b: 2, a: { x: 1, y: [{ z: 1, w: 2 }, 5, [{ z: 3 }]] }, c: null };

function projected(projection: BSON.Document): BSON.Document {
  const project = parseProjection(sent(projection));
  return project ? shown(project(sent(DOCUMENT))) : DOCUMENT;
}

describe('MongoDB manual, "Project Fields to Return from Query"', () => {
  test.each<readonly [projection: BSON.Document, expected: BSON.Document]>([
    [{}, DOCUMENT],
    [{ b: 1 }, { _id: 1, b: 2 }],
    [{ b: true, _id: 0 }, { b: 2 }],
    [{ _id: 1 }, { _id: 1 }],
    [{ _id: 0 }, { b: 2, a: DOCUMENT.a, c: null }],
    [{ a: 0 }, { _id: 1, b: 2, c: null }],
    [
      { a: 0, _id: 0 },
      { b: 2, c: null },
    ],
    [
      { a: 0, _id: 1 },
      { _id: 1, b: 2, c: null },
    ],
    [{ 'a.x': 1 }, { _id: 1, a: { x: 1 } }],
    [{ a: { x: 1 } }, { _id: 1, a: { x: 1 } }],
    [{ 'a.y.z': 1 }, { _id: 1, a: { y: [{ z: 1 }, [{ z: 3 }]] } }],
    [{ 'a.y.z': 0 }, { _id: 1, b: 2, a: { x: 1, y: [{ w: 2 }, 5, [{}]] }, c: null }],
    [{ 'b.x': 1 }, { _id: 1 }],
    [{ 'b.x': 0 }, DOCUMENT],
    [{ nothing: 1 }, { _id: 1 }],
  ])('%j', (projection, expected) => {
    expect(projected(projection)).toEqual(expected);
  });

  test('a part of the id can be asked for', () => {
    const project = parseProjection(sent({ '_id.x': 1, a: 1 }));
    expect(shown(project!(sent({ _id: { x: 1, y: 2 }, a: 3, b: 4 })))).toEqual({ _id: { x: 1 }, a: 3 });
  });

  test('fields stay in the order of the document', () => {
    const project = parseProjection(sent({ a: 1, b: 1 }));
    expect([...project!(sent(DOCUMENT)).fields.keys()]).toEqual(['_id', 'b', 'a']);
  });

  test.each<readonly [projection: BSON.Document, code: number]>([
    [{ a: 1, b: 0 }, 31254],
    [{ a: 0, b: 1 }, 31253],
    [{ a: 1, 'a.x': 1 }, 31249],
    [{ 'a.x': 1, a: 1 }, 31250],
    [{ 'a.$': 1 }, 115],
    [{ a: { $slice: 1 } }, 115],
    [{ a: { $elemMatch: { z: 1 } } }, 115],
    [{ a: '$b' }, 115],
    [{ 'a.': 1 }, 40353],
  ])('%j is refused with code %i', (projection, code) => {
    expect(() => projected(projection)).toThrow(MongoError);
    expect(() => projected(projection)).toThrow(expect.objectContaining({ code }));
  });
});
