import { specFor } from '@app/testing';
import { closedAdequate, hall, opened, planned, provided, timeZone, website } from '../consultation.examples.js';
import { consultationRules } from '../consultation.rules.js';
import { consultation } from '../consultation.state.js';
import { ProvideOpportunity, provideOpportunity } from './provide-opportunity.js';

const { given } = specFor(consultation, ProvideOpportunity, provideOpportunity);
const facts = { timeZone };

describe('provide an opportunity', () => {
  it('is recorded on the wall clock of the agency, its formats in order', () =>
    given(planned, opened)
      .when(
        { ...hall, accessibleFormats: ['step-free', 'interpreter', 'step-free'], to: '2026-02-05T15:00:00Z' },
        { facts },
      )
      .then(provided(hall)));
  it('sent twice, nothing happens', () => given(planned, opened, provided(hall)).when(hall, { facts }).then());
  it('sent twice, nothing happens, even after closing', () =>
    given(...closedAdequate)
      .when(hall, { facts })
      .then());
  it(consultationRules.anOpportunityIsProvidedOnce.sentence, () =>
    given(planned, opened, provided(hall))
      .when({ ...hall, reached: 9_000 }, { facts })
      .refused(consultationRules.anOpportunityIsProvidedOnce, '/id'),
  );
  it(consultationRules.onlyAnOpenConsultationGoesOn.sentence, () => {
    given(planned).when(hall, { facts }).refused(consultationRules.onlyAnOpenConsultationGoesOn);
    given(...closedAdequate)
      .when({ ...hall, opportunityId: 'late' }, { facts })
      .refused(consultationRules.onlyAnOpenConsultationGoesOn);
  });
  it(consultationRules.aConsultationIsPlannedFirst.sentence, () =>
    given().when(website, { facts }).refused(consultationRules.aConsultationIsPlannedFirst),
  );
  it(consultationRules.anAgencyIsRegisteredBeforeItConsults.sentence, () =>
    given(planned, opened)
      .when(hall, { facts: { timeZone: undefined } })
      .refused(consultationRules.anAgencyIsRegisteredBeforeItConsults),
  );
  it(consultationRules.aConsultationIsAboutItsRequiredGroups.sentence, () =>
    given(planned, opened)
      .when({ ...hall, groupId: 'businesses' }, { facts })
      .refused(consultationRules.aConsultationIsAboutItsRequiredGroups, '/groupId'),
  );
  it.each([-1, 0.5])(`${consultationRules.anOpportunityReachesPeople.sentence} Not %s.`, (reached) =>
    given(planned, opened)
      .when({ ...hall, reached }, { facts })
      .refused(consultationRules.anOpportunityReachesPeople, '/reached'),
  );
  it(consultationRules.anOpportunityEndsAfterItBegins.sentence, () =>
    given(planned, opened)
      .when({ ...hall, to: hall.from }, { facts })
      .refused(consultationRules.anOpportunityEndsAfterItBegins, '/to'),
  );
  it(consultationRules.anOpportunityHasBegun.sentence, () =>
    given(planned, opened)
      .when({ ...hall, from: '2026-01-05T11:00:01+02:00' }, { facts })
      .refused(consultationRules.anOpportunityHasBegun, '/from'),
  );
  it.each([
    { from: '2025-12-01T08:00:00+02:00', to: '2026-01-05T11:00:00+02:00' },
    { from: '2026-02-05T17:00:00+02:00', to: '2026-02-06T17:00:00+02:00' },
  ])(`${consultationRules.anOpportunityFallsIntoTheOpenTime.sentence} Not %j.`, (when) =>
    given(planned, opened)
      .when({ ...hall, ...when }, { facts, occurredAt: '2026-02-10T09:00:00Z' })
      .refused(consultationRules.anOpportunityFallsIntoTheOpenTime, '/from'),
  );
});
