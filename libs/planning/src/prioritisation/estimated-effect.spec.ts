import type { Goal, SolutionTerms } from '../plan/plan.events.js';
import { estimatedEffect } from './estimated-effect.js';

const goal = (change: Partial<Goal>): Goal => ({
  goalId: 'answer-calls',
  title: 'Answer calls',
  problemIds: ['slow-calls'],
  baseline: { value: '60' },
  target: { kind: 'max', value: '90' },
  trajectory: [],
  ...change,
});
const solution = (...changes: readonly string[]): SolutionTerms => ({
  solutionId: 'call-centre',
  title: 'Call centre',
  description: 'More people answer.',
  problemIds: ['slow-calls'],
  goalIds: ['answer-calls'],
  estimatedCost: { amount: '1', unit: 'ZAR' },
  estimatedEffort: { amount: '1', unit: 'person-days' },
  estimatedEffects: changes.map((change) => ({ goalId: 'answer-calls', change })),
});

describe('the estimated effect of a solution', () => {
  it.each([
    ['its share of the way to the target', {}, '10', '0.333333333333'],
    ['downwards where less is better', { target: { kind: 'min', value: '30' } }, '-15', '0.5'],
    ['the whole way at most', {}, '60', '1'],
    ['nothing for a change for the worse', {}, '-1', '0'],
    ['as much as its goal weighs', { weight: '0.25' }, '15', '0.125'],
    ['up to the nearer edge of a range', { target: { kind: 'range', from: '80', to: '90' } }, '10', '0.5'],
    ['down to the nearer edge of a range', { target: { kind: 'range', from: '10', to: '20' } }, '-10', '0.25'],
    ['nothing inside of a range', { target: { kind: 'range', from: '50', to: '70' } }, '5', '0'],
    ['nothing for a goal in words', { target: { kind: 'text', text: 'Well done' } }, '5', '0'],
    ['nothing without a baseline', { baseline: undefined }, '5', '0'],
    ['nothing for a target that is the baseline', { target: { kind: 'target', value: '60' } }, '5', '0'],
  ] as const)('is %s', (_title, change, effect, expected) =>
    expect(estimatedEffect(solution(effect), [goal(change as Partial<Goal>)])).toBe(expected),
  );
  it('is summed over its goals', () => expect(estimatedEffect(solution('3', '6'), [goal({})])).toBe('0.3'));
  it('is nothing for goals that were removed', () => expect(estimatedEffect(solution('3'), [])).toBe('0'));
});
