import { Decimal } from '@app/kernel';
import fc from 'fast-check';
import { leaksGoal } from './plan.examples.js';
import type { Goal } from './plan.events.js';
import { weakeningsOf } from './goal-weakening.js';

const more: Goal = {
  ...leaksGoal,
  direction: 'higher-is-better',
  target: { kind: 'max', value: '90' },
  trajectory: [{ period: '2026-Q4', expected: '70' }],
  equityFloor: { dimension: 'district', floor: '80' },
};

describe('what weakens a goal', () => {
  it.each<[string, Goal, Partial<Goal>, readonly string[]]>([
    ['nothing', leaksGoal, {}, []],
    ['a higher most', leaksGoal, { target: { kind: 'min', value: '3.1' } }, ['target']],
    ['a lower most', leaksGoal, { target: { kind: 'min', value: '2.9' } }, []],
    ['a lower least', more, { target: { kind: 'max', value: '89.9' } }, ['target']],
    ['a higher least', more, { target: { kind: 'max', value: '90.1' } }, []],
    ['a range instead of a least', more, { target: { kind: 'range', from: '90', to: '95' } }, []],
    ['a range below a least', more, { target: { kind: 'range', from: '85', to: '95' } }, ['target']],
    ['no target', more, { target: undefined }, ['target']],
    ['words instead of a number', more, { target: { kind: 'text', text: 'Better.' } }, ['target']],
    ['another unit', more, { unit: 'points' }, ['target']],
    ['a later due date', leaksGoal, { dueDate: '2029-01-31' }, ['due-date']],
    ['an earlier due date', leaksGoal, { dueDate: '2028-11-30' }, []],
    ['no due date', leaksGoal, { dueDate: undefined }, ['due-date']],
    [
      'more expected at a later period only',
      more,
      { trajectory: [{ period: '2027-Q4', expected: '85' }] },
      ['trajectory'],
    ],
    ['less expected', more, { trajectory: [{ period: '2026-Q4', expected: '69' }] }, ['trajectory']],
    ['more expected', more, { trajectory: [{ period: '2026-Q4', expected: '71' }] }, []],
    ['less expected where less is better', leaksGoal, { trajectory: leaksGoal.trajectory.slice(0, 1) }, ['trajectory']],
    ['a lower floor', more, { equityFloor: { dimension: 'district', floor: '79' } }, ['equity-floor']],
    ['a floor of another dimension', more, { equityFloor: { dimension: 'age', floor: '80' } }, ['equity-floor']],
    ['no floor', leaksGoal, { equityFloor: undefined }, ['equity-floor']],
    ['a higher floor', more, { equityFloor: { dimension: 'district', floor: '81' } }, []],
    ['another weight', more, { weight: '0.5' }, []],
  ])('%s', (_name, was, change, expected) => expect(weakeningsOf(was, { ...was, ...change })).toEqual(expected));

  it('are other words, and not the same ones', () => {
    const words = (text: string): Goal => ({ ...leaksGoal, target: { kind: 'text', text } });
    expect(weakeningsOf(words('A charter.'), words('A charter.'))).toEqual([]);
    expect(weakeningsOf(words('A charter.'), words('A draft.'))).toEqual(['target']);
  });
  it('is another amount than expected within a band', () => {
    const band: Goal = { ...more, direction: 'within-band', target: { kind: 'range', from: '1', to: '2' } };
    expect(weakeningsOf(band, { ...band, trajectory: [{ period: '2026-Q4', expected: '71' }] })).toEqual([
      'trajectory',
    ]);
  });

  it('is exactly a target that some amount meets which failed the old one, whatever the numbers', () => {
    const tenths = fc.integer({ min: -50, max: 50 });
    const text = (count: number): string => new Decimal(count).dividedBy(10).toString();
    const anyTarget = fc.oneof(
      fc.record({ kind: fc.constant('max' as const), value: tenths.map(text) }),
      fc.record({ kind: fc.constant('min' as const), value: tenths.map(text) }),
      fc.record({ kind: fc.constant('target' as const), value: tenths.map(text) }),
      fc.tuple(tenths, tenths).map(([one, other]) => ({
        kind: 'range' as const,
        from: text(Math.min(one, other)),
        to: text(Math.max(one, other)),
      })),
    );
    type Numeric = Exclude<NonNullable<Goal['target']>, { kind: 'text' }>;
    const isMet = (target: Numeric, value: Decimal): boolean => {
      if (target.kind === 'max') return value.greaterThanOrEqualTo(target.value);
      if (target.kind === 'min') return value.lessThanOrEqualTo(target.value);
      if (target.kind === 'target') return value.equals(target.value);
      return value.greaterThanOrEqualTo(target.from) && value.lessThanOrEqualTo(target.to);
    };
    fc.assert(
      fc.property(anyTarget, anyTarget, (was, now) => {
        const amounts = Array.from({ length: 241 }, (_, index) => new Decimal(index - 120).dividedBy(20));
        const opens = amounts.some((value) => isMet(now, value) && !isMet(was, value));
        const found = weakeningsOf({ ...leaksGoal, target: was }, { ...leaksGoal, target: now });
        expect(found).toEqual(opens ? ['target'] : []);
      }),
      { numRuns: 300 },
    );
  });
});
