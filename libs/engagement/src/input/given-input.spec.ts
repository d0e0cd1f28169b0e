import { RuleViolation } from '@app/kernel';
import { givenInput } from './given-input.js';
import { inputRules } from './input.rules.js';

const now = '2026-01-05T09:00:00.000Z';
const read = (line: unknown) => givenInput(line, 'boston', 'water-2026', now);

describe('a line of an upload of inputs', () => {
  it('says what was said, by whom, when and about what', () =>
    expect(
      read({
        id: 'form-17',
        text: 'Too far',
        person: 'respondent 4',
        group: 'informal',
        district: 'north',
        themes: ['standpipes'],
        stance: 'for',
        channel: 'post',
        contact: '0123',
        receivedAt: '2026-01-04T10:00:00+02:00',
      }),
    ).toEqual({
      consultationId: 'water-2026',
      inputId: 'form-17',
      person: expect.stringMatching(/^c-[0-9a-f-]{36}$/),
      identification: 'pseudonymous',
      receivedAt: '2026-01-04T08:00:00.000Z',
      channel: 'post',
      groupId: 'informal',
      districtId: 'north',
      themeIds: ['standpipes'],
      stance: 'for',
      text: 'Too far',
      contact: '0123',
    }));
  it('needs an id and a text only', () =>
    expect(read({ id: 'form-17', text: 'Too far' })).toMatchObject({
      identification: 'anonymous',
      receivedAt: now,
      channel: 'other',
      themeIds: [],
    }));
  it('has its themes in one cell of a CSV file', () =>
    expect(read({ id: 'form-17', text: 'Too far', themes: 'leaks standpipes' }).themeIds).toEqual([
      'leaks',
      'standpipes',
    ]));
  it('is of one person where it names the same, and of nobody else', () => {
    const of = (id: string, person?: string): string => read({ id, text: 'x', ...(person && { person }) }).person;
    expect(of('a', 'one')).toBe(of('b', 'one'));
    expect(new Set([of('a', 'one'), of('a', 'two'), of('a'), of('b'), of('c', 'a')]).size).toBe(5);
  });
  it.each([
    [{ id: 'form-17' }, '/text'],
    [{ id: 'Form 17', text: 'x' }, '/id'],
    [{ id: 'form-17', text: 'x'.repeat(8_001) }, '/text'],
    [{ id: 'form-17', text: 'x', stance: 'maybe' }, '/stance'],
    [{ id: 'form-17', text: 'x', receivedAt: 'yesterday' }, '/receivedAt'],
    [{ id: 'form-17', text: 'x', surname: 'y' }, ''],
  ])(`${inputRules.aLineIsAnInput.sentence} Not %j.`, (line, pointer) => {
    let refusal: unknown;
    try {
      read(line);
    } catch (thrown) {
      refusal = thrown;
    }
    expect(refusal).toBeInstanceOf(RuleViolation);
    expect(refusal).toMatchObject({ rule: inputRules.aLineIsAnInput, pointer });
  });
});
