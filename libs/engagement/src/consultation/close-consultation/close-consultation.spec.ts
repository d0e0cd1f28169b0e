import { specFor } from '@app/testing';
import {
  atClosing,
  closed,
  closedAdequate,
  closedInadequate,
  extended,
  formalCovered,
  hall,
  informalCovered,
  informalMissing,
  opened,
  planned,
  provided,
  reachingAll,
  timeZone,
  unreachable,
  waived,
  website,
} from '../consultation.examples.js';
import { consultationRules } from '../consultation.rules.js';
import { consultation, type Opportunity } from '../consultation.state.js';
import { CloseConsultation, closeConsultation } from './close-consultation.js';

const { given } = specFor(consultation, CloseConsultation, closeConsultation);
const over = { facts: { timeZone }, occurredAt: atClosing };
const adequate = { adequate: true };
const inadequate = { adequate: false };

/** The settlement's own opportunities instead of the hall. */
const withInstead = (...opportunities: readonly Opportunity[]) =>
  given(planned, opened, provided(website), ...opportunities.map(provided));

describe('close a consultation', () => {
  it('is adequate when every required group was covered', () =>
    given(...reachingAll)
      .when(adequate, over)
      .then(closed(true, formalCovered, informalCovered)));
  it('is adequate when oversight waived what is missing', () =>
    given(planned, opened, provided(website), waived)
      .when(adequate, over)
      .then(closed(true, formalCovered, { ...informalMissing, standing: 'waived' })));
  it('is inadequate when a group was missed', () =>
    given(planned, opened, provided(website))
      .when(inadequate, over)
      .then(closed(false, formalCovered, informalMissing)));
  it('sent twice, nothing happens', () => {
    given(...closedAdequate)
      .when(adequate, over)
      .then();
    given(...closedInadequate)
      .when(inadequate, over)
      .then();
  });
  it('never counts more people than the group has', () =>
    withInstead({ ...hall, reached: 30_000 })
      .when(adequate, over)
      .then(closed(true, formalCovered, { ...informalCovered, reached: 30_000, coverage: '1' })));
  it('adds up the days of one channel, and counts an hour once', () => {
    const first = { ...hall, reached: 4_000, to: '2026-01-20T11:00:00+02:00' };
    const second = { ...hall, opportunityId: 'second', reached: 3_200, from: '2026-01-15T11:00:00+02:00' };
    withInstead(first, second)
      .when(adequate, over)
      .then(closed(true, formalCovered, informalCovered));
  });
  it(consultationRules.everyRequiredGroupIsCoveredOrWaived.sentence, () =>
    given(planned, opened, provided(website))
      .when(adequate, over)
      .refused(consultationRules.everyRequiredGroupIsCoveredOrWaived, '/adequate'),
  );
  it(`${consultationRules.everyRequiredGroupIsCoveredOrWaived.sentence} It names them.`, () => {
    const command = new CloseConsultation('boston', 'boston', adequate, {
      commandId: '00000000-0000-4000-8000-000000000001',
      correlationId: '00000000-0000-4000-8000-000000000002',
      actor: { person: 'p', role: 'service-owner', tenant: 'boston', grant: 'g', grantRevision: '0' },
      occurredAt: atClosing,
    });
    const state = [planned, opened].reduce(consultation.evolve, consultation.initial);
    expect(() => closeConsultation(command, state, { timeZone })).toThrow(
      'Neither covered nor waived: formal, informal.',
    );
  });
  it(`${consultationRules.everyRequiredGroupIsCoveredOrWaived.sentence} One person short is short.`, () =>
    withInstead({ ...hall, reached: 7_199 })
      .when(adequate, over)
      .refused(consultationRules.everyRequiredGroupIsCoveredOrWaived));
  it(`${consultationRules.everyRequiredGroupIsCoveredOrWaived.sentence} A channel that is not accessible does not open it.`, () =>
    withInstead({ ...hall, accessibleFormats: [] })
      .when(adequate, over)
      .refused(consultationRules.everyRequiredGroupIsCoveredOrWaived));
  it(`${consultationRules.everyRequiredGroupIsCoveredOrWaived.sentence} A channel that was open a second too short does not open it.`, () =>
    withInstead({ ...hall, from: '2026-01-06T17:00:01+02:00' })
      .when(adequate, over)
      .refused(consultationRules.everyRequiredGroupIsCoveredOrWaived));
  it(`${consultationRules.everyRequiredGroupIsCoveredOrWaived.sentence} Days of two channels are not added up.`, () =>
    withInstead(
      { ...hall, to: '2026-01-21T11:00:00+02:00' },
      { ...hall, opportunityId: 'radio', channel: 'radio', from: '2026-01-20T11:00:00+02:00' },
    )
      .when(adequate, over)
      .refused(consultationRules.everyRequiredGroupIsCoveredOrWaived));
  it(`${consultationRules.everyRequiredGroupIsCoveredOrWaived.sentence} A declaration covers nobody.`, () =>
    given(planned, opened, provided(website), { type: 'GroupUnreachableDeclared', data: unreachable })
      .when(adequate, over)
      .refused(consultationRules.everyRequiredGroupIsCoveredOrWaived));
  it(consultationRules.aConsultationThatReachedAllIsAdequate.sentence, () =>
    given(...reachingAll)
      .when(inadequate, over)
      .refused(consultationRules.aConsultationThatReachedAllIsAdequate, '/adequate'),
  );
  it(consultationRules.aConsultationIsClosedOnce.sentence, () =>
    given(...closedInadequate)
      .when(adequate, over)
      .refused(consultationRules.aConsultationIsClosedOnce, '/adequate'),
  );
  it(consultationRules.aConsultationIsOpenUntilTheAnnouncedTime.sentence, () =>
    given(...reachingAll, extended)
      .when(adequate, over)
      .refused(consultationRules.aConsultationIsOpenUntilTheAnnouncedTime),
  );
  it(consultationRules.onlyAnOpenConsultationGoesOn.sentence, () =>
    given(planned).when(adequate, over).refused(consultationRules.onlyAnOpenConsultationGoesOn),
  );
  it(consultationRules.aConsultationIsPlannedFirst.sentence, () =>
    given().when(adequate, over).refused(consultationRules.aConsultationIsPlannedFirst),
  );
  it(consultationRules.anAgencyIsRegisteredBeforeItConsults.sentence, () =>
    given(...reachingAll)
      .when(adequate, { ...over, facts: { timeZone: undefined } })
      .refused(consultationRules.anAgencyIsRegisteredBeforeItConsults),
  );
});
