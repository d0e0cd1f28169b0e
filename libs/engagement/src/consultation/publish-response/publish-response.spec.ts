import { specFor } from '@app/testing';
import { answered, closedAdequate, reachingAll, responded, told } from '../consultation.examples.js';
import { consultationRules } from '../consultation.rules.js';
import { consultation } from '../consultation.state.js';
import { PublishResponse, publishResponse } from './publish-response.js';

const { given } = specFor(consultation, PublishResponse, publishResponse);
const asked = { youSaidWeDid: [told] };

describe('publish the response', () => {
  it('says of every theme what people said and what was done', () =>
    given(...closedAdequate, answered)
      .when(asked)
      .then(responded));
  it('sent twice, nothing happens', () =>
    given(...closedAdequate, answered, responded)
      .when(asked)
      .then());
  it(consultationRules.everyThemeIsAnswered.sentence, () =>
    given(...closedAdequate)
      .when(asked)
      .refused(consultationRules.everyThemeIsAnswered),
  );
  it(`${consultationRules.everyThemeIsAnswered.sentence} One of two is not every.`, () =>
    given(...closedAdequate, answered, { type: 'ThemeNamed', data: { themeId: 'leaks', title: 'Leaks' } })
      .when(asked)
      .refused(consultationRules.everyThemeIsAnswered));
  it.each([[[]], [[told, told]], [[{ ...told, themeId: 'leaks' }]]])(
    `${consultationRules.theResponseIsAboutEveryTheme.sentence} Not %j.`,
    (youSaidWeDid) =>
      given(...closedAdequate, answered)
        .when({ youSaidWeDid })
        .refused(consultationRules.theResponseIsAboutEveryTheme, '/youSaidWeDid'),
  );
  it(consultationRules.theResponseIsPublishedOnce.sentence, () =>
    given(...closedAdequate, answered, responded)
      .when({ youSaidWeDid: [{ ...told, weDid: 'Nothing' }] })
      .refused(consultationRules.theResponseIsPublishedOnce),
  );
  it(consultationRules.answersComeAfterClosing.sentence, () =>
    given(...reachingAll)
      .when(asked)
      .refused(consultationRules.answersComeAfterClosing),
  );
  it(consultationRules.aConsultationIsPlannedFirst.sentence, () =>
    given().when(asked).refused(consultationRules.aConsultationIsPlannedFirst),
  );
});
