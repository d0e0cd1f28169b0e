import { specFor } from '@app/testing';
import {
  answer,
  answered,
  closedAdequate,
  closedInadequate,
  reachingAll,
  responded,
} from '../consultation.examples.js';
import { consultationRules } from '../consultation.rules.js';
import { consultation, unlinkedAccepted, type KnownConsultation } from '../consultation.state.js';
import { AnswerInput, answerInput, type AnswerInputFacts } from './answer-input.js';

const { given } = specFor(consultation, AnswerInput, answerInput);
const facts: AnswerInputFacts = { input: 'none', deadLinks: [] };
const received: AnswerInputFacts = { ...facts, input: 'received' };
const { themeId: _theme, ...toInput } = { ...answer, inputId: 'form-17', linkedTo: [] };

describe('answer an input', () => {
  it('is answered with every other input of its theme', () =>
    given(...closedAdequate)
      .when(answer, { facts })
      .then(answered));
  it('is answered by itself', () =>
    given(...closedInadequate)
      .when(toInput, { facts: received })
      .then({ type: 'InputAnswered', data: toInput }));
  it('sent twice, nothing happens', () =>
    given(...closedAdequate, answered)
      .when(answer, { facts })
      .then());
  it('is answered anew until the response is published, and the last answer stands', () => {
    const { linkedTo: _links, ...refused } = { ...answer, disposition: 'rejected' as const };
    const anew = { type: 'InputAnswered' as const, data: { ...refused, linkedTo: [] } };
    given(...closedAdequate, answered)
      .when(anew.data, { facts })
      .then(anew);
    const { answers } = [...closedAdequate, answered, anew].reduce(
      consultation.evolve,
      consultation.initial,
    ) as KnownConsultation;
    expect([[...answers], unlinkedAccepted(answers)]).toEqual([[anew.data], []]);
  });
  it('stands among those that lead to nothing yet while it is accepted without a link', () => {
    const unlinked = { type: 'InputAnswered' as const, data: toInput };
    const state = [...closedAdequate, unlinked].reduce(consultation.evolve, consultation.initial);
    expect(unlinkedAccepted((state as KnownConsultation).answers)).toEqual(['form-17']);
  });
  it(consultationRules.answersComeAfterClosing.sentence, () =>
    given(...reachingAll)
      .when(answer, { facts })
      .refused(consultationRules.answersComeAfterClosing),
  );
  it(consultationRules.theResponseEndsAConsultation.sentence, () =>
    given(...closedAdequate, answered, responded)
      .when({ ...answer, rationale: 'Because' }, { facts })
      .refused(consultationRules.theResponseEndsAConsultation),
  );
  it(consultationRules.anAnswerIsToOneThing.sentence, () => {
    given(...closedAdequate)
      .when({ ...answer, inputId: 'form-17' }, { facts: received })
      .refused(consultationRules.anAnswerIsToOneThing);
    given(...closedAdequate)
      .when({ ...answer, themeId: undefined }, { facts })
      .refused(consultationRules.anAnswerIsToOneThing);
  });
  it(consultationRules.aThemeIsNamedFirst.sentence, () =>
    given(...closedAdequate)
      .when({ ...answer, themeId: 'leaks' }, { facts })
      .refused(consultationRules.aThemeIsNamedFirst, '/themeId'),
  );
  it(consultationRules.onlyAReceivedInputIsAnswered.sentence, () =>
    given(...closedAdequate)
      .when(toInput, { facts })
      .refused(consultationRules.onlyAReceivedInputIsAnswered, '/inputId'),
  );
  it(consultationRules.aWithdrawnInputIsNotAnswered.sentence, () =>
    given(...closedAdequate)
      .when(toInput, { facts: { ...facts, input: 'withdrawn' } })
      .refused(consultationRules.aWithdrawnInputIsNotAnswered, '/inputId'),
  );
  it(consultationRules.anAnswerSaysWhy.sentence, () =>
    given(...closedAdequate)
      .when({ ...answer, rationale: '  ' }, { facts })
      .refused(consultationRules.anAnswerSaysWhy, '/rationale'),
  );
  it.each(['rejected', 'out-of-scope'] as const)(
    `${consultationRules.onlyWhatIsAcceptedLeadsSomewhere.sentence} Not what is %s.`,
    (disposition) =>
      given(...closedAdequate)
        .when({ ...answer, disposition }, { facts })
        .refused(consultationRules.onlyWhatIsAcceptedLeadsSomewhere, '/linkedTo'),
  );
  it(consultationRules.aLinkLeadsToSomethingThatIsThere.sentence, () =>
    given(...closedAdequate)
      .when(answer, { facts: { ...facts, deadLinks: answer.linkedTo } })
      .refused(consultationRules.aLinkLeadsToSomethingThatIsThere, '/linkedTo'),
  );
  it(consultationRules.aConsultationIsPlannedFirst.sentence, () =>
    given().when(answer, { facts }).refused(consultationRules.aConsultationIsPlannedFirst),
  );
});
