import type { AnswerLink } from '@app/engagement/events';
import { heard, processSpecFor } from '@app/testing';
import { askForLinksWhenInputIsAccepted } from './ask-for-links-when-input-is-accepted.process.js';
import type { ProcessEvent } from './process/process.events.js';
import { processInstance } from './process/process.state.js';

const { given } = processSpecFor(processInstance, askForLinksWhenInputIsAccepted);

const stream = { category: 'consultation', tenant: 'boston', id: 'water-hearing' };
const answeredWith = (disposition: string) =>
  heard({ type: 'InputAnswered', data: { inputId: 'i-1', disposition, rationale: 'Because.', linkedTo: [] } }, stream);
const toGoal: AnswerLink = { kind: 'goal', plan: 'water-2026', id: 'leaks' };
const factsOf = (accepted: boolean, ...linkedTo: readonly AnswerLink[]) => ({
  key: 'water-hearing.input.i-1',
  tenant: 'boston',
  answer: { accepted, linkedTo },
  owner: 'p-owner',
});
const asked: ProcessEvent = {
  type: 'ActionRequested',
  data: {
    action: 'link-1',
    kind: 'link-accepted-input',
    role: 'service-owner',
    person: 'p-owner',
    subject: { kind: 'input', stream: 'consultation-boston/water-hearing', id: 'i-1' },
    reason: 'What was accepted leads to a problem, a goal or a clause before the plan is published.',
  },
};
const settled = (outcome: 'done' | 'withdrawn'): ProcessEvent => ({
  type: 'ActionSettled',
  data: { action: 'link-1', outcome },
});

describe('ask for links when an input is accepted', () => {
  it('asks the owner for a problem, a goal or a clause', () =>
    given().when(answeredWith('accepted'), factsOf(true)).then(asked));
  it('asks for nothing when the answer names one, or when the input was not accepted', () => {
    given().when(answeredWith('accepted'), factsOf(true, toGoal)).then();
    given().when(answeredWith('rejected'), factsOf(false)).then();
  });
  it('heard twice, asks once', () => given(asked).when(answeredWith('accepted'), factsOf(true)).then());
  it('is done when a link is named later', () =>
    given(asked)
      .when(
        heard({ type: 'AnswerLinked', data: { inputId: 'i-1', linkedTo: [toGoal] } }, stream),
        factsOf(true, toGoal),
      )
      .then(settled('done')));
  it('is withdrawn when the answer is changed to one that asks for nothing', () =>
    given(asked).when(answeredWith('rejected'), factsOf(false)).then(settled('withdrawn')));
  it('is withdrawn with the input', () => {
    const withdrawal = heard(
      { type: 'InputWithdrawn', data: {} },
      { category: 'input', tenant: 'boston', id: 'water-hearing.i-1' },
    );
    given(asked).when(withdrawal, factsOf(false)).then(settled('withdrawn'));
  });
  it('asks again when the input is accepted again', () =>
    given(asked, settled('withdrawn'))
      .when(answeredWith('accepted'), factsOf(true))
      .then({ ...asked, data: { ...asked.data, action: 'link-2' } }));
  it('has one instance for each input and each theme', () => {
    const keys = (data: object) => askForLinksWhenInputIsAccepted.hears['InputAnswered']!({ stream, data } as never);
    expect(keys({ inputId: 'i-1' })).toEqual(['water-hearing.input.i-1']);
    expect(keys({ themeId: 'leaks' })).toEqual(['water-hearing.theme.leaks']);
    const ofInput = { stream: { ...stream, category: 'input', id: 'water-hearing.i-1' }, data: {} };
    expect(askForLinksWhenInputIsAccepted.hears['InputWithdrawn']!(ofInput as never)).toEqual([
      'water-hearing.input.i-1',
    ]);
  });
});
