import { specFor } from '@app/testing';
import {
  closedAdequate,
  closedInadequate,
  extended,
  materialsHash,
  opened,
  planned,
  timeZone,
} from '../consultation.examples.js';
import { consultationRules } from '../consultation.rules.js';
import { consultation } from '../consultation.state.js';
import { OpenConsultation, openConsultation, type OpenConsultationFacts } from './open-consultation.js';

const { given } = specFor(consultation, OpenConsultation, openConsultation);
const facts: OpenConsultationFacts = { timeZone, subject: 'undecided' };
const asked = { materialsHash, closesAt: '2026-02-05T15:00:00Z' };
const again = { materialsHash, closesAt: '2026-04-01T17:00:00+02:00' };
const later = { facts, occurredAt: '2026-02-20T09:00:00Z' };

describe('open a consultation', () => {
  it('is open from now on, on the wall clock of the agency', () => given(planned).when(asked, { facts }).then(opened));
  it('sent twice, nothing happens', () => given(planned, opened).when(asked, { facts }).then());
  it('may have opened before it was recorded', () =>
    given(planned)
      .when({ ...asked, openedAt: '2026-01-05T09:00:00Z' }, { ...later })
      .then(opened));
  it('opens again after it was closed as inadequate, and keeps when it opened first', () => {
    const event = { type: 'ConsultationOpened' as const, data: { ...again, openedAt: '2026-02-20T11:00:00+02:00' } };
    given(...closedInadequate)
      .when(again, later)
      .then(event);
    expect([...closedInadequate, event].reduce(consultation.evolve, consultation.initial)).toMatchObject({
      status: 'open',
      openedAt: '2026-01-05T11:00:00+02:00',
      openings: [
        { from: '2026-01-05T11:00:00+02:00', to: '2026-02-05T17:00:00+02:00' },
        { from: '2026-02-20T11:00:00+02:00' },
      ],
    });
  });
  it(consultationRules.aConsultationIsPlannedFirst.sentence, () =>
    given().when(asked, { facts }).refused(consultationRules.aConsultationIsPlannedFirst),
  );
  it(consultationRules.anAgencyIsRegisteredBeforeItConsults.sentence, () =>
    given(planned)
      .when(asked, { facts: { ...facts, timeZone: undefined } })
      .refused(consultationRules.anAgencyIsRegisteredBeforeItConsults),
  );
  it(consultationRules.aConsultationOpensBeforeTheDecision.sentence, () => {
    const decided = { ...facts, subject: 'decided' as const };
    given(planned).when(asked, { facts: decided }).refused(consultationRules.aConsultationOpensBeforeTheDecision);
    given(...closedInadequate)
      .when(again, { ...later, facts: decided })
      .refused(consultationRules.aConsultationOpensBeforeTheDecision);
  });
  it(consultationRules.anOpenConsultationIsExtended.sentence, () =>
    given(planned, opened).when(again, { facts }).refused(consultationRules.anOpenConsultationIsExtended),
  );
  it(`${consultationRules.anOpenConsultationIsExtended.sentence} Not with its first end.`, () =>
    given(planned, opened, extended).when(asked, { facts }).refused(consultationRules.anOpenConsultationIsExtended));
  it(consultationRules.onlyAnInadequateConsultationOpensAgain.sentence, () =>
    given(...closedAdequate)
      .when(again, later)
      .refused(consultationRules.onlyAnInadequateConsultationOpensAgain),
  );
  it(consultationRules.aConsultationOpensNowOrHasOpened.sentence, () =>
    given(planned)
      .when({ ...asked, openedAt: '2026-01-05T09:00:01Z' }, { facts })
      .refused(consultationRules.aConsultationOpensNowOrHasOpened, '/openedAt'),
  );
  it(consultationRules.aConsultationOpensAfterItWasClosed.sentence, () =>
    given(...closedInadequate)
      .when({ ...again, openedAt: '2026-02-05T14:59:59Z' }, later)
      .refused(consultationRules.aConsultationOpensAfterItWasClosed, '/openedAt'),
  );
  it(consultationRules.aConsultationStaysOpenAsPlanned.sentence, () =>
    given(planned)
      .when({ ...asked, closesAt: '2026-02-04T10:59:59+02:00' }, { facts })
      .refused(consultationRules.aConsultationStaysOpenAsPlanned, '/closesAt'),
  );
  it('counts days on the wall clock: one of them may have 23 hours', () => {
    const newYork = { ...facts, timeZone: 'America/New_York' };
    given(planned)
      .when(
        { materialsHash, openedAt: '2025-03-01T12:00:00-05:00', closesAt: '2025-03-31T12:00:00-04:00' },
        { facts: newYork },
      )
      .then({
        type: 'ConsultationOpened',
        data: { materialsHash, openedAt: '2025-03-01T12:00:00-05:00', closesAt: '2025-03-31T12:00:00-04:00' },
      });
  });
});
