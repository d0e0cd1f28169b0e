import { differences } from '@app/kernel';
import fc from 'fast-check';
import { Answers, unlinkedAccepted, type Answer } from './answers.js';
import type { ConsultationEvent } from './consultation.events.js';
import { closedAdequate } from './consultation.examples.js';
import { consultation } from './consultation.state.js';

const answer = (inputId: string, changes: Partial<Answer> = {}): Answer => ({
  inputId,
  disposition: 'accepted',
  rationale: 'So',
  linkedTo: [],
  ...changes,
});
const link = { kind: 'problem' as const, plan: 'water', id: 'far' };

describe('the answers of a consultation', () => {
  it('are what a plain list gives, whatever is answered, answered anew and linked', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const change = fc.oneof(
      fc.record({ kind: fc.constant('answer' as const), id, rationale: fc.string() }),
      fc.record({ kind: fc.constant('link' as const), id }),
    );
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        let [answers, list] = [Answers.none, [] as readonly Answer[]];
        for (const one of changes) {
          const before = JSON.stringify(answers);
          const earlier = answers;
          if (one.kind === 'answer') {
            const given = answer(one.id, { rationale: one.rationale });
            answers = answers.with(given);
            list = [...list.filter(({ inputId }) => inputId !== one.id), given];
          } else {
            answers = answers.linked({ inputId: one.id }, [link]);
            list = list.map((it) => (it.inputId === one.id ? { ...it, linkedTo: [...it.linkedTo, link] } : it));
          }
          expect(JSON.stringify(earlier)).toBe(before);
        }
        expect([...answers]).toEqual(list);
        expect([...Answers.of(answers.toJSON())]).toEqual(list);
        for (const inputId of ['a', 'b', 'c', 'd'])
          expect(answers.to({ inputId })).toEqual(list.find((it) => it.inputId === inputId));
      }),
    );
  });
  it('to an input and to a theme of the same name are two', () => {
    const { inputId: _input, ...to } = answer('leaks', { rationale: 'Of the theme' });
    const both = Answers.of([answer('leaks'), { ...to, themeId: 'leaks' }]);
    expect(both.to({ inputId: 'leaks' })).toMatchObject({ rationale: 'So' });
    expect(both.to({ themeId: 'leaks' })).toMatchObject({ rationale: 'Of the theme' });
  });
  it('lead to nothing yet while they are accepted without a link', () =>
    expect(
      unlinkedAccepted(
        Answers.of([
          answer('open'),
          answer('partly', { disposition: 'partly-accepted' }),
          answer('linked', { linkedTo: [link] }),
          answer('not', { disposition: 'rejected' }),
        ]),
      ),
    ).toEqual(['open', 'partly']));
  it('are compared as lists in the history of a consultation', () =>
    expect(differences({ answers: Answers.none }, { answers: Answers.of([answer('a')]) })).toEqual([
      { pointer: '/answers/0', after: answer('a') },
    ]));
  it('go through a snapshot as they are', () => {
    const answered: ConsultationEvent = { type: 'InputAnswered', data: answer('form-17', { linkedTo: [] }) as never };
    const state = [...closedAdequate, answered].reduce(consultation.evolve, consultation.initial);
    const { encode, decode } = consultation.snapshot!;
    expect(decode(JSON.parse(JSON.stringify(encode(state))) as object)).toEqual(state);
  });
});
