import { Problem } from '@app/http';
import { goalOf, type TargetBody } from './goal-body.js';
import { originOf } from './problem-body.js';

describe('a goal as it is sent', () => {
  const terms = { title: 'Faster', problems: ['slow-repairs'] };
  it('leaves out what was left out', () =>
    expect(goalOf('faster', terms)).toEqual({
      goalId: 'faster',
      title: 'Faster',
      problemIds: ['slow-repairs'],
      trajectory: [],
    }));
  it.each<TargetBody>([
    { kind: 'max', value: '90' },
    { kind: 'min', value: '3' },
    { kind: 'target', value: '3' },
    { kind: 'range', from: '2', to: '4' },
    { kind: 'text', text: 'The depot is open.' },
  ])('aims at %j', (target) => expect(goalOf('faster', { ...terms, target }).target).toEqual(target));
  it.each<[TargetBody, string]>([
    [{ kind: 'max' }, '/target/value'],
    [{ kind: 'target', text: 'Three' }, '/target/value'],
    [{ kind: 'range', from: '2' }, '/target/to'],
    [{ kind: 'text', value: '3' }, '/target/text'],
  ])('does not aim at %j', (target, pointer) => {
    let refusal: unknown;
    try {
      goalOf('faster', { ...terms, target });
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal).toMatchObject({ errors: [{ pointer }] });
  });
});

describe('the origin of a problem as it is sent', () => {
  it.each([
    ['gap', 'leaks', { gapId: 'leaks' }],
    ['input', 'water-2026/form-17', { consultationId: 'water-2026', inputId: 'form-17' }],
    ['input', 'form-17', { consultationId: 'form-17', inputId: '' }],
    ['breach', 'streets/on-time/all/2011-07', { breachId: 'streets/on-time/all/2011-07' }],
    ['complaint', 'C 12/2026', { reference: 'C 12/2026' }],
    ['audit', 'AG 2026', { reference: 'AG 2026' }],
  ] as const)('%s %s is read', (kind, reference, origin) =>
    expect(originOf({ kind, reference })).toEqual({ kind, ...origin }),
  );
});
