import { Decimal } from '@app/kernel';
import fc from 'fast-check';
import { measured, onTime } from './compliance-period.examples.js';
import { attainment, evaluateObjectives, scoreOf, type Measure } from './evaluation.js';

const verdict = (value: string, change: Partial<Measure> = {}, objective = onTime) =>
  evaluateObjectives([objective], [measured(value, change)], [])[0]!;

describe('the verdict on an objective', () => {
  it('is Met exactly at the target', () => expect(verdict('99')).toMatchObject({ verdict: 'Met' }));
  it('compares the unrounded value', () =>
    expect(verdict('98.9999999999999999999999')).toMatchObject({ verdict: 'NotMet', severity: 'Minor' }));
  it('is Met inside the tolerance and not beyond it', () => {
    const tolerant = { ...onTime, tolerance: '0.5' };
    expect(verdict('98.5', {}, tolerant)).toMatchObject({ verdict: 'Met' });
    expect(verdict('98.49', {}, tolerant)).toMatchObject({ verdict: 'NotMet' });
  });
  it('gives a value on an edge to the band that starts there', () => {
    expect(verdict('98')).toMatchObject({ severity: 'Minor' });
    expect(verdict('97')).toMatchObject({ severity: 'Serious', belowMinimum: false });
    expect(verdict('96.99')).toMatchObject({ severity: 'Severe', belowMinimum: true });
  });
  it('is not determinable without data', () =>
    expect(verdict('0', { n: 0, value: undefined })).toMatchObject({
      verdict: 'NotDeterminable',
      reason: 'no-data',
      smallSample: false,
    }));
  it('follows the stated rule for a small sample, and says that it is small', () => {
    expect(verdict('50', { n: 29 })).toMatchObject({
      verdict: 'NotDeterminable',
      reason: 'sample-too-small',
      value: '50',
      smallSample: true,
    });
    expect(verdict('50', { n: 29, smallSamples: 'judged' })).toMatchObject({ verdict: 'NotMet', smallSample: true });
    expect(verdict('50', { n: 30 })).toMatchObject({ verdict: 'NotMet', smallSample: false });
  });
  it('holds a scope against the floor instead of the target', () => {
    const floored = { ...onTime, perScopeFloor: { dimension: 'ward', floor: '90' } };
    expect(verdict('91', { scope: 'ward=3' }, floored)).toMatchObject({ verdict: 'Met', target: '90' });
    expect(verdict('89', { scope: 'ward=3' }, floored)).toMatchObject({ verdict: 'NotMet', severity: 'Severe' });
  });
  it('asks for at most the target where less is better', () => {
    const days = {
      ...onTime,
      comparator: 'at-most' as const,
      target: '3',
      minimumLevel: '5',
      severityBands: [
        { severity: 'Minor' as const, from: '3', to: '5' },
        { severity: 'Severe' as const, from: '5' },
      ],
    };
    expect(verdict('3', {}, days)).toMatchObject({ verdict: 'Met' });
    expect(verdict('3.01', {}, days)).toMatchObject({ verdict: 'NotMet', severity: 'Minor' });
    expect(verdict('5', {}, days)).toMatchObject({ severity: 'Severe', belowMinimum: false });
  });
  it('has one severity for every ratio that misses the target', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(10_000), (whole, part) => {
        const value = new Decimal(Math.min(part, whole)).times(100).dividedBy(whole);
        const [result] = evaluateObjectives([onTime], [{ ...measured('0'), value }], []);
        const met = Math.min(part, whole) * 100 >= 99 * whole;
        expect(result!.verdict).toBe(met ? 'Met' : 'NotMet');
        expect(result!.severity === undefined).toBe(met);
      }),
    ));
});

describe('repeats', () => {
  const missed = (repeatCount: number) => [{ objectiveId: 'on-time', scope: 'all', repeatCount }];
  it('count the unbroken row of final misses before', () =>
    expect(evaluateObjectives([onTime], [measured('96')], missed(1))[0]).toMatchObject({ repeatCount: 2 }));
  it('end when the objective is met', () =>
    expect(evaluateObjectives([onTime], [measured('99')], missed(1))[0]).toMatchObject({ repeatCount: 0 }));
  it('are of one scope only', () =>
    expect(evaluateObjectives([onTime], [measured('80', { scope: 'ward=3' })], missed(1))[0]).toMatchObject({
      repeatCount: 0,
    }));
});

describe('attainment and score', () => {
  it('golden vector (e): less is better, target 10, actual 8 gives 120 %', () =>
    expect(attainment(new Decimal(8), new Decimal(10), 'at-most').toString()).toBe('120'));
  it('a target of zero is reached or not', () => {
    expect(attainment(new Decimal(0), new Decimal(0), 'at-most').toString()).toBe('100');
    expect(attainment(new Decimal(1), new Decimal(0), 'at-most').toString()).toBe('0');
  });
  it('weighs the objectives', () => {
    const half = [
      { ...onTime, weight: '0.25' },
      { ...onTime, objectiveId: 'second', weight: '0.75', target: '80' },
    ];
    const results = evaluateObjectives(half, [measured('49.5'), measured('60', { objectiveId: 'second' })], []);
    expect(scoreOf(half, results)).toBe('68.75');
  });
  it('is absent while one objective is not determinable', () =>
    expect(
      scoreOf([onTime], evaluateObjectives([onTime], [measured('0', { n: 0, value: undefined })], [])),
    ).toBeUndefined());
});
