import { exampleMetadata, specFor } from '@app/testing';
import { consultationRules } from '../consultation.rules.js';
import { consultation } from '../consultation.state.js';
import type { ConsultationEvent } from '../consultation.events.js';
import { pastConsultationRules } from '../past-consultation.rules.js';
import { RecordPastConsultation, recordPastConsultation } from './record-past-consultation.js';

const { given } = specFor(consultation, RecordPastConsultation, recordPastConsultation);
const facts = { isAgencyKnown: true };
const wage = {
  title: '$15/hour',
  subject: { kind: 'plan', id: 'minimum-wage' },
  level: 'consult',
  questions: ['How do you think the new minimum wage law will affect Seattle?'],
  groups: ['0', '1'],
  openedAt: '2014-06-18T01:16:54Z',
  closedAt: '2019-02-13T11:36:04Z',
  source: 'Polis, https://pol.is/2demo, CC BY 4.0',
} as const;
const recorded: ConsultationEvent = {
  type: 'PastConsultationRecorded',
  data: { ...wage, questions: [...wage.questions], groups: [...wage.groups], recordedBy: exampleMetadata.actor.person },
};

describe('record a consultation of the past', () => {
  it('says when it was open, whom it counted and who published it', () => given().when(wage, { facts }).then(recorded));
  it('sent twice, nothing happens', () => given(recorded).when(wage, { facts }).then());
  it('is never adequate, so that no plan rests on it', () =>
    expect(consultation.evolve(consultation.initial, recorded)).toMatchObject({
      status: 'past',
      adequate: false,
      openings: [{ from: wage.openedAt, to: wage.closedAt }],
    }));
  it(pastConsultationRules.aPastConsultationIsRecordedOnce.sentence, () =>
    given(recorded)
      .when({ ...wage, groups: ['0'] }, { facts })
      .refused(pastConsultationRules.aPastConsultationIsRecordedOnce),
  );
  it.each(['2014-06-18T01:16:54Z', '2026-01-05T09:00:01Z'])(
    `${pastConsultationRules.aPastConsultationIsOver.sentence} (%s)`,
    (closedAt) =>
      given()
        .when({ ...wage, closedAt }, { facts })
        .refused(pastConsultationRules.aPastConsultationIsOver, '/closedAt'),
  );
  it.each([
    ['/questions', { questions: [] }],
    ['/source', { source: ' ' }],
  ])(`${pastConsultationRules.aPastConsultationSaysItsSource.sentence} (%s)`, (pointer, missing) =>
    given()
      .when({ ...wage, ...missing }, { facts })
      .refused(pastConsultationRules.aPastConsultationSaysItsSource, pointer),
  );
  it(consultationRules.anAgencyIsRegisteredBeforeItConsults.sentence, () =>
    given()
      .when(wage, { facts: { isAgencyKnown: false } })
      .refused(consultationRules.anAgencyIsRegisteredBeforeItConsults),
  );
});
