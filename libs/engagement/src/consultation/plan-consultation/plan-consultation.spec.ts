import { specFor } from '@app/testing';
import { formal, informal, plan, planned, planner } from '../consultation.examples.js';
import { consultationRules } from '../consultation.rules.js';
import { consultation } from '../consultation.state.js';
import { PlanConsultation, planConsultation, type PlanConsultationFacts } from './plan-consultation.js';

const { given } = specFor(consultation, PlanConsultation, planConsultation);
const { threshold: _asked, ...identified } = formal;
const facts: PlanConsultationFacts = { subject: 'undecided', identified: [{ ...identified, serviceId: 'water' }] };
const ofService = { groupId: 'formal', serviceId: 'water', threshold: '0.5' };
const asked = { ...plan, requiredGroups: [ofService, informal] };

describe('plan a consultation', () => {
  it('is planned with the population that the service knows, and with those of its own groups', () =>
    given().when(asked, { facts }).then(planned));
  it('sent twice, nothing happens', () => given(planned).when(asked, { facts }).then());
  it('keeps the population it was planned with when the service learns better', () =>
    given(planned)
      .when(asked, { facts: { ...facts, identified: [{ ...identified, serviceId: 'water', population: 41_000 }] } })
      .then());
  it('names a group of its own as it is called', () => {
    const { name: _none, ...unnamed } = informal;
    given()
      .when({ ...plan, requiredGroups: [unnamed] }, { facts })
      .then({
        type: 'ConsultationPlanned',
        data: { ...plan, requiredGroups: [{ ...informal, name: 'informal' }], planner },
      });
  });
  it(consultationRules.aConsultationIsPlannedOnce.sentence, () =>
    given(planned)
      .when({ ...asked, title: 'Water' }, { facts })
      .refused(consultationRules.aConsultationIsPlannedOnce),
  );
  it(consultationRules.aConsultationInformsSomethingThatIsThere.sentence, () =>
    given()
      .when(asked, { facts: { ...facts, subject: 'unknown' } })
      .refused(consultationRules.aConsultationInformsSomethingThatIsThere, '/subject/id'),
  );
  it(`${consultationRules.aConsultationOpensBeforeTheDecision.sentence} It is not even planned after it.`, () =>
    given()
      .when(asked, { facts: { ...facts, subject: 'decided' } })
      .refused(consultationRules.aConsultationOpensBeforeTheDecision, '/subject/id'));
  it(consultationRules.aConsultationAsksSomething.sentence, () =>
    given()
      .when({ ...asked, questions: [] }, { facts })
      .refused(consultationRules.aConsultationAsksSomething, '/questions'),
  );
  it.each([[[]], [[informal, informal]]])(
    `${consultationRules.aConsultationRequiresGroups.sentence} Not %j.`,
    (requiredGroups) =>
      given()
        .when({ ...asked, requiredGroups }, { facts })
        .refused(consultationRules.aConsultationRequiresGroups, '/requiredGroups'),
  );
  it.each([
    { population: 0 },
    { population: 1.5 },
    { population: undefined },
    { source: undefined },
    { asOf: undefined },
  ])(`${consultationRules.aRequiredGroupHasAPopulation.sentence} Not %j.`, (wrong) =>
    given()
      .when({ ...asked, requiredGroups: [{ ...informal, ...wrong }] }, { facts })
      .refused(consultationRules.aRequiredGroupHasAPopulation, '/requiredGroups/0/population'),
  );
  it.each([
    { ...ofService, groupId: 'businesses' },
    { ...ofService, serviceId: 'roads' },
    { ...ofService, population: 10 },
  ])(`${consultationRules.aGroupOfAServiceBringsItsPopulation.sentence} Not %j.`, (group) =>
    given()
      .when({ ...asked, requiredGroups: [group] }, { facts })
      .refused(consultationRules.aGroupOfAServiceBringsItsPopulation, '/requiredGroups/0'),
  );
  it.each(['0', '-0.1', '1.01', '1e-1', 'half'])(
    `${consultationRules.aThresholdIsAboveZeroAndAtMostOne.sentence} Not %s.`,
    (threshold) =>
      given()
        .when({ ...asked, requiredGroups: [{ ...informal, threshold }] }, { facts })
        .refused(consultationRules.aThresholdIsAboveZeroAndAtMostOne, '/requiredGroups/0/threshold'),
  );
  it.each([0, 366, 1.5])(`${consultationRules.aConsultationAsksForOneToOneYear.sentence} Not %s.`, (minOpenDays) =>
    given()
      .when({ ...asked, minOpenDays }, { facts })
      .refused(consultationRules.aConsultationAsksForOneToOneYear, '/minOpenDays'),
  );
});
