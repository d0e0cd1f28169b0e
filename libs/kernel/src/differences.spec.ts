import { differences } from './differences.js';

describe('differences of two states', () => {
  it('are none between equal states', () =>
    expect(differences({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toEqual([]));
  it('name the deepest place that changed', () =>
    expect(differences({ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } })).toEqual([
      { pointer: '/a/c', before: 2, after: 3 },
    ]));
  it('show what came and what went', () =>
    expect(differences({ gone: 1 }, { come: [2] })).toEqual([
      { pointer: '/gone', before: 1 },
      { pointer: '/come', after: [2] },
    ]));
  it('name the place in a list', () => expect(differences(['a'], ['a', 'b'])).toEqual([{ pointer: '/1', after: 'b' }]));
  it('escape names as JSON pointers do', () =>
    expect(differences({}, { 'a/b~c': null })).toEqual([{ pointer: '/a~1b~0c', after: null }]));
  it('look into maps', () =>
    expect(differences(new Map([['a', { b: 1 }]]), new Map([['a', { b: 2 }]]))).toEqual([
      { pointer: '/a/b', before: 1, after: 2 },
    ]));
  it('show a list that became an object as a whole', () =>
    expect(differences({ a: [] }, { a: {} })).toEqual([{ pointer: '/a', before: [], after: {} }]));
});
