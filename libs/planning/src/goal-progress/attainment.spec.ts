import { Decimal } from '@app/kernel';
import fc from 'fast-check';
import { attainedFrom, attainedOf, attainment, clipped } from './attainment.js';
import type { NumericTarget } from './target.js';

const atLeast = (value: string): NumericTarget => ({ kind: 'max', value });
const atMost = (value: string): NumericTarget => ({ kind: 'min', value });
const range = (from: string, to: string): NumericTarget => ({ kind: 'range', from, to });
const text = (share: { decimal(): Decimal } | undefined): string | undefined => share?.decimal().toString();

describe('the share of a target', () => {
  it('is 1.2 where 8 % were needed of at most 10 %: golden vector (e)', () =>
    expect(text(attainedOf(atMost('10'), '8'))).toBe('1.2'));
  it('is 1 for 2.95 million between goal posts of 3.0 million and 5 %: golden vector (e)', () =>
    expect(text(attainedOf(range('2.85', '3.15'), '2.95'))).toBe('1'));
  it.each([
    ['more is better', atLeast('80'), '60', '0.75'],
    ['more is better, passed', atLeast('80'), '100', '1.25'],
    ['less is better, missed', atMost('10'), '15', '0.5'],
    ['at most nothing, kept', atMost('0'), '0', '1'],
    ['at most nothing, missed', atMost('0'), '0.1', '0'],
    ['at least nothing, missed', atLeast('0'), '-3', '0'],
    ['under the lower goal post', range('80', '100'), '60', '0.75'],
    ['over the upper goal post', range('0', '10'), '15', '0.5'],
    ['at least a negative amount, missed', atLeast('-10'), '-15', '0.5'],
    ['at most a negative amount, missed', atMost('-10'), '-5', '0.5'],
  ])('%s', (_what, target, actual, share) => expect(text(attainedOf(target, actual))).toBe(share));
});

describe('the share of the way from the baseline', () => {
  it.each([
    ['half of the way up', atLeast('90'), '70', '80', '0.5'],
    ['half of the way down', atMost('3'), '9', '6', '0.5'],
    ['backwards', atLeast('90'), '70', '60', '-0.5'],
    ['past the target', atMost('3'), '9', '0', '1.5'],
    ['into a range from below', range('90', '95'), '70', '85', '0.75'],
    ['into a range from above', range('0', '5'), '15', '10', '0.5'],
    ['inside a range', range('0', '5'), '15', '3', '1'],
    ['through a range', range('40', '60'), '30', '65', '0.5'],
  ])('%s', (_what, target, baseline, actual, share) =>
    expect(text(attainedFrom(baseline, target, actual))).toBe(share),
  );
  it('is not there when the baseline is good enough, and the share of the target counts', () => {
    expect(attainedFrom('90', atLeast('80'), '60')).toBeUndefined();
    expect(text(attainment(atLeast('80'), '60', '90'))).toBe('0.75');
  });

  const amount = fc.integer({ min: -500, max: 500 });
  it('is (A-B)/(T-B) by whole numbers', () =>
    fc.assert(
      fc.property(amount, amount, amount, (a, b, t) => {
        fc.pre(b !== t);
        const share = attainment(t > b ? atLeast(`${t}`) : atMost(`${t}`), `${a}`, `${b}`);
        expect(share.times(t - b).compare(a - b)).toBe(0);
      }),
    ));
  it('is the same in cents and in millions', () =>
    fc.assert(
      fc.property(amount, amount, amount, fc.constantFrom('0.01', '1000000'), (a, b, t, scale) => {
        const scaled = (whole: number): string => new Decimal(whole).times(scale).toFixed();
        const [plain, other] = [
          attainment(atLeast(`${t}`), `${a}`, `${b}`),
          attainment(atLeast(scaled(t)), scaled(a), scaled(b)),
        ];
        expect(plain.compare(other)).toBe(0);
      }),
    ));
  it('is shown between -1 and 2, and computed beyond', () => {
    const far = attainment(atLeast('71'), '80', '70').decimal();
    expect([far.toString(), clipped(far).toString(), clipped(far.negated()).toString()]).toEqual(['10', '2', '-1']);
  });
});
