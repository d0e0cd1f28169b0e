import { resultStatusOf } from './result-status.js';

const eighty = { target: { kind: 'max', value: '80' }, dueDate: '2018-03-31' } as const;

describe('the status of a published goal', () => {
  it.each([
    ['met', { ...eighty, actual: '80.00' }, 'met'],
    ['not met', { ...eighty, actual: '79.99' }, 'not-met'],
    ['future while its due date is to come', { ...eighty, dueDate: '2018-05-31', actual: '90' }, 'future'],
    ['future without a due date', { target: eighty.target, actual: '90' }, 'future'],
    ['future without a target', { dueDate: '2018-03-31', actual: '90' }, 'future'],
    ['not available without a result', eighty, 'not-available'],
    [
      'a matter of people where the target is words',
      { ...eighty, target: { kind: 'text', text: 'Green' }, actual: '1' },
      undefined,
    ],
    ['a matter of people where the result is words', { ...eighty, actual: 'Top 4' }, undefined],
  ] as const)('%s', (_what, goal, status) => expect(resultStatusOf(goal, '2018-04-30')).toBe(status));
});
