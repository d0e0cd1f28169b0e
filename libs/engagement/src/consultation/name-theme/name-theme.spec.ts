import { specFor } from '@app/testing';
import { answered, closedAdequate, planned, responded, standpipes, themeNamed } from '../consultation.examples.js';
import { consultationRules } from '../consultation.rules.js';
import { consultation } from '../consultation.state.js';
import { NameTheme, nameTheme } from './name-theme.js';

const { given } = specFor(consultation, NameTheme, nameTheme);

describe('name a theme', () => {
  it('is named', () => given(planned).when(standpipes).then(themeNamed));
  it('sent twice, nothing happens', () => given(planned, themeNamed).when(standpipes).then());
  it(consultationRules.aThemeIsNamedOnce.sentence, () =>
    given(planned, themeNamed)
      .when({ ...standpipes, title: 'Standpipes' })
      .refused(consultationRules.aThemeIsNamedOnce, '/title'),
  );
  it(consultationRules.theResponseEndsAConsultation.sentence, () =>
    given(...closedAdequate, answered, responded)
      .when({ themeId: 'leaks', title: 'Leaks' })
      .refused(consultationRules.theResponseEndsAConsultation),
  );
  it(consultationRules.aConsultationIsPlannedFirst.sentence, () =>
    given().when(standpipes).refused(consultationRules.aConsultationIsPlannedFirst),
  );
  it(consultationRules.aConsultationOfThePastStandsAsItWas.sentence, () =>
    given({
      type: 'PastConsultationRecorded',
      data: {
        title: 'Wage',
        subject: { kind: 'plan', id: 'wage' },
        level: 'consult',
        questions: ['What do you think?'],
        groups: [],
        openedAt: '2014-06-01T00:00:00Z',
        closedAt: '2014-07-01T00:00:00Z',
        source: 'Published elsewhere',
        recordedBy: 'p-clerk',
      },
    })
      .when(standpipes)
      .refused(consultationRules.aConsultationOfThePastStandsAsItWas),
  );
});
