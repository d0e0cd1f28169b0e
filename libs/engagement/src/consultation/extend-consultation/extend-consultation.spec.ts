import { specFor } from '@app/testing';
import { closedAdequate, extended, opened, planned, timeZone } from '../consultation.examples.js';
import { consultationRules } from '../consultation.rules.js';
import { consultation } from '../consultation.state.js';
import { ExtendConsultation, extendConsultation } from './extend-consultation.js';

const { given } = specFor(consultation, ExtendConsultation, extendConsultation);
const facts = { timeZone };
const asked = { closesAt: '2026-02-12T17:00:00+02:00', reason: 'Floods cut off two districts' };

describe('extend a consultation', () => {
  it('closes later than was announced', () => given(planned, opened).when(asked, { facts }).then(extended));
  it('sent twice, nothing happens', () => given(planned, opened, extended).when(asked, { facts }).then());
  it(consultationRules.anExtensionEndsLater.sentence, () =>
    given(planned, opened, extended)
      .when({ ...asked, closesAt: '2026-02-12T16:59:59+02:00' }, { facts })
      .refused(consultationRules.anExtensionEndsLater, '/closesAt'),
  );
  it(consultationRules.onlyAnOpenConsultationGoesOn.sentence, () => {
    given(planned).when(asked, { facts }).refused(consultationRules.onlyAnOpenConsultationGoesOn);
    given(...closedAdequate)
      .when(asked, { facts })
      .refused(consultationRules.onlyAnOpenConsultationGoesOn);
  });
  it(consultationRules.aConsultationIsPlannedFirst.sentence, () =>
    given().when(asked, { facts }).refused(consultationRules.aConsultationIsPlannedFirst),
  );
  it(consultationRules.anAgencyIsRegisteredBeforeItConsults.sentence, () =>
    given(planned, opened)
      .when(asked, { facts: { timeZone: undefined } })
      .refused(consultationRules.anAgencyIsRegisteredBeforeItConsults),
  );
});
