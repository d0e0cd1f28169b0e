import fc from 'fast-check';
import { crossGroupSupport, noVotes, rankOf, shownSupport, type Tally } from './cross-group-support.js';

const tally = (agree: number, disagree: number, pass: number): Tally => ({ agree, disagree, pass });
const supportOf = (...groups: readonly Tally[]): string => shownSupport(crossGroupSupport(groups));

describe('cross-group support', () => {
  it('is the product over all groups of (agreeing + 1) / (votes + 2): golden vector k', () => {
    expect(crossGroupSupport([tally(8, 1, 1), tally(3, 4, 1)])).toEqual({ numerator: 36n, denominator: 120n });
    expect(supportOf(tally(8, 1, 1), tally(3, 4, 1))).toBe('0.3');
  });
  it('is a half for every group that has not voted', () => {
    expect(supportOf(noVotes)).toBe('0.5');
    expect(supportOf(noVotes, noVotes)).toBe('0.25');
  });
  it('puts what all agree with above what one group loves and another refuses', () =>
    expect(
      rankOf(crossGroupSupport([tally(60, 40, 0), tally(6, 4, 0)])) >
        rankOf(crossGroupSupport([tally(100, 0, 0), tally(0, 10, 0)])),
    ).toBe(true));
  it.each([
    [tally(0, 19_998, 0), '0.0001'],
    [tally(0, 20_001, 0), '0'],
    [tally(1, 1, 0), '0.5'],
  ])('is shown half up at four decimals: %p is %s', (votes, shown) => expect(supportOf(votes)).toBe(shown));
  it('never exceeds 1, and its rank orders as the exact fraction does', () => {
    const groups = fc.array(
      fc.tuple(fc.nat(500), fc.nat(500), fc.nat(500)).map((counts) => tally(...counts)),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(groups, groups, (one, other) => {
        const [a, b] = [crossGroupSupport(one), crossGroupSupport(other)];
        expect(a.numerator < a.denominator).toBe(true);
        const order = a.numerator * b.denominator - b.numerator * a.denominator;
        const ranks = [rankOf(a), rankOf(b)] as const;
        expect(ranks[0].length).toBe(ranks[1].length);
        if (order !== 0n) expect(ranks[0] > ranks[1]).toBe(order > 0n);
        else expect(ranks[0]).toBe(ranks[1]);
      }),
    );
  });
});
