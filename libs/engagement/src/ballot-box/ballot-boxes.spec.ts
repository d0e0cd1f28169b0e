import { boxOf, boxesOf, consultationOf } from './ballot-box.state.js';

describe('the boxes of a consultation', () => {
  it('hold each participant in the one that it is stored in for ever', () =>
    expect(['k-1', 'k-2', 'k-3', 'k-5', '0', '72'].map((participant) => boxOf('wage', participant))).toEqual([
      'wage/1',
      'wage/2',
      'wage/3',
      'wage/3',
      'wage/1',
      'wage/2',
    ]));
  it('are all used, and no other is', () => {
    const used = Array.from({ length: 100 }, (_, at) => boxOf('wage', `p-${at}`));
    expect([...new Set(used)].sort()).toEqual(boxesOf('wage'));
  });
  it('say which consultation they are of', () =>
    expect(boxesOf('wage').map(consultationOf)).toEqual(Array(4).fill('wage')));
});
