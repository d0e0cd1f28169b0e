import { specFor } from '@app/testing';
import { answer, answered, closedAdequate, goalLink, planned, responded } from '../consultation.examples.js';
import type { ConsultationEvent } from '../consultation.events.js';
import { consultationRules } from '../consultation.rules.js';
import {
  consultation,
  unlinkedAccepted,
  type ConsultationState,
  type KnownConsultation,
} from '../consultation.state.js';
import { LinkAnswer, linkAnswer } from './link-answer.js';

const { given } = specFor(consultation, LinkAnswer, linkAnswer);
const facts = { deadLinks: [] };
const asked = { themeId: 'standpipes', linkedTo: [goalLink] };
const linked: ConsultationEvent = { type: 'AnswerLinked', data: asked };
const unlinked: ConsultationEvent = { type: 'InputAnswered', data: { ...answer, linkedTo: [] } };

describe('link an answer', () => {
  it('leads to one thing more', () =>
    given(...closedAdequate, answered)
      .when({ ...asked, linkedTo: [...answer.linkedTo, goalLink] }, { facts })
      .then(linked));
  it('leads somewhere from then on, also once the response is published', () => {
    given(...closedAdequate, unlinked, responded)
      .when(asked, { facts })
      .then(linked);
    const before = [...closedAdequate, unlinked, responded].reduce(consultation.evolve, consultation.initial);
    const unlinkedIn = (state: ConsultationState) => unlinkedAccepted((state as KnownConsultation).answers);
    expect([before, consultation.evolve(before, linked)].map(unlinkedIn)).toEqual([['standpipes'], []]);
  });
  it('sent twice, nothing happens', () =>
    given(...closedAdequate, answered, linked)
      .when(asked, { facts })
      .then());
  it(consultationRules.anAnswerIsGivenBeforeItIsLinked.sentence, () =>
    given(...closedAdequate)
      .when(asked, { facts })
      .refused(consultationRules.anAnswerIsGivenBeforeItIsLinked),
  );
  it(consultationRules.anAnswerIsToOneThing.sentence, () =>
    given(...closedAdequate, answered)
      .when({ linkedTo: [goalLink] }, { facts })
      .refused(consultationRules.anAnswerIsToOneThing),
  );
  it(consultationRules.onlyWhatIsAcceptedLeadsSomewhere.sentence, () =>
    given(...closedAdequate, { type: 'InputAnswered', data: { ...answer, disposition: 'rejected', linkedTo: [] } })
      .when(asked, { facts })
      .refused(consultationRules.onlyWhatIsAcceptedLeadsSomewhere),
  );
  it(consultationRules.aLinkLeadsToSomethingThatIsThere.sentence, () =>
    given(...closedAdequate, answered)
      .when(asked, { facts: { deadLinks: [goalLink] } })
      .refused(consultationRules.aLinkLeadsToSomethingThatIsThere, '/linkedTo'),
  );
  it(consultationRules.answersComeAfterClosing.sentence, () =>
    given(planned).when(asked, { facts }).refused(consultationRules.answersComeAfterClosing),
  );
});
