import fc from 'fast-check';
import { distanceFrom, meets, weakens, type NumericTarget, type Target } from './target.js';

const percent = (target?: Target) => ({ unit: 'percent', ...(target === undefined ? {} : { target }) });
const atLeast = (value: string): Target => ({ kind: 'max', value });
const atMost = (value: string): Target => ({ kind: 'min', value });
const range = (from: string, to: string): Target => ({ kind: 'range', from, to });
const exactly = (value: string): Target => ({ kind: 'target', value });
const words = (text: string): Target => ({ kind: 'text', text });

describe('a target is met', () => {
  it.each([
    [atLeast('80'), '80', true],
    [atLeast('80'), '79.999999999999999999999999999999', false],
    [atMost('5'), '5.0', true],
    [atMost('5'), '5.1', false],
    [range('90', '100'), '100', true],
    [range('90', '100'), '85.61', false],
    [range('0', '5'), '6', false],
    [exactly('100'), '100.00', true],
    [exactly('1.4'), '1.5', false],
  ] as const)('%j by %s: %s', (target, amount, isMet) => expect(meets(target as NumericTarget, amount)).toBe(isMet));
  it('or how much is missing', () => {
    expect(distanceFrom({ kind: 'range', from: '90', to: '100' }, '85.61').decimal().toString()).toBe('4.39');
    expect(distanceFrom({ kind: 'range', from: '0', to: '5' }, '6').decimal().toString()).toBe('1');
  });
});

describe('a target that is changed weakens', () => {
  it.each([
    ['less is enough', atLeast('100'), atLeast('97'), true],
    ['more is needed', atLeast('37.5'), atLeast('55'), false],
    ['it is the same', atLeast('30.00'), atLeast('30'), false],
    ['more is let pass', atMost('5'), atMost('7'), true],
    ['a range opens below', atLeast('100'), range('85', '100'), true],
    ['a range only closes above', atLeast('95'), range('95', '100'), false],
    ['a range only closes below', atMost('5'), range('0', '5'), false],
    ['an exact amount opens', exactly('1.4'), atLeast('1.4'), true],
    ['it becomes exact', atLeast('100'), exactly('100'), false],
    ['the other direction is sought', atLeast('80'), atMost('80'), true],
    ['it is given up', atLeast('80'), undefined, true],
    ['it is the first one', undefined, atLeast('80'), false],
    ['it was never there', undefined, undefined, false],
    ['words cannot be compared', words('decreases'), words('decrease'), undefined],
    ['words replace a number', atLeast('80'), words('improvement'), undefined],
  ])('%s', (_what, was, now, expected) => expect(weakens(percent(was), percent(now))).toBe(expected));
  it('never by comparing two units', () =>
    expect(weakens({ unit: 'points', target: range('4', '5') }, percent(atLeast('80')))).toBeUndefined());

  const numeric: fc.Arbitrary<NumericTarget> = fc.oneof(
    fc.record({ kind: fc.constantFrom('max', 'min', 'target'), value: fc.integer({ min: 0, max: 9 }).map(String) }),
    fc
      .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }))
      .map(([a, b]): NumericTarget => ({ kind: 'range', from: `${Math.min(a, b)}`, to: `${Math.max(a, b)}` })),
  );
  it('exactly when some amount meets the new one and not the old one', () =>
    fc.assert(
      fc.property(numeric, numeric, (was, now) => {
        const amounts = Array.from({ length: 12 }, (_, index) => String(index - 1));
        const passes = amounts.some((amount) => meets(now, amount) && !meets(was, amount));
        expect(weakens(percent(was), percent(now))).toBe(passes);
      }),
    ));
});
