import { changeIn } from './change.js';

describe('the change of an audit entry', () => {
  it('names each field with its value', () => expect(changeIn({ title: 'Streets', n: 3 })).toBe('title=Streets, n=3'));
  it('says how long a list is and what an object holds', () =>
    expect(changeIn({ list: [1, 2], floor: { dimension: 'ward', deep: {} } })).toBe(
      'list=[2], floor={dimension:ward deep:…}',
    ));
  it('leaves out what is not there', () => expect(changeIn({ cap: undefined, points: '3' })).toBe('points=3'));
  it('stays short for any event', () => {
    expect(changeIn({ text: 'x'.repeat(1000) })).toBe(`text=${'x'.repeat(60)}…`);
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`field${index}`, 'value']));
    expect(changeIn(many)).toHaveLength(201);
  });
});
