import { isDeepStrictEqual } from 'node:util';
import { Command, ensure, instantSeconds, type Decide } from '@app/kernel';
import type { ConsultationEvent, ParticipationLevel, SubjectKind } from '../consultation.events.js';
import { consultationRules } from '../consultation.rules.js';
import type { ConsultationState, PastConsultation } from '../consultation.state.js';
import { pastConsultationRules } from '../past-consultation.rules.js';

export interface GivenPastConsultation {
  readonly title: string;
  readonly subject: { readonly kind: SubjectKind; readonly id: string };
  readonly level: ParticipationLevel;
  readonly questions: readonly string[];
  readonly groups: readonly string[];
  readonly openedAt: string;
  readonly closedAt: string;
  readonly source: string;
}

/** It took place before this ledger, or elsewhere. */
export class RecordPastConsultation extends Command<GivenPastConsultation> {}

export interface PastConsultationFacts {
  readonly isAgencyKnown: boolean;
}

export const recordPastConsultation: Decide<
  RecordPastConsultation,
  ConsultationState,
  ConsultationEvent,
  PastConsultationFacts
> = ({ data, metadata: { actor, occurredAt } }, state, { isAgencyKnown }) => {
  if (state.status !== 'unplanned') {
    const isSame = state.status === 'past' && isDeepStrictEqual(saidOf(state), { ...data });
    ensure(isSame, pastConsultationRules.aPastConsultationIsRecordedOnce);
    return [];
  }
  ensure(isAgencyKnown, consultationRules.anAgencyIsRegisteredBeforeItConsults);
  const [from, to] = [instantSeconds(data.openedAt), instantSeconds(data.closedAt)];
  ensure(from < to, pastConsultationRules.aPastConsultationIsOver, '/closedAt');
  ensure(to <= instantSeconds(occurredAt), pastConsultationRules.aPastConsultationIsOver, '/closedAt');
  ensure(data.questions.length > 0, pastConsultationRules.aPastConsultationSaysItsSource, '/questions');
  ensure(data.source.trim() !== '', pastConsultationRules.aPastConsultationSaysItsSource, '/source');
  const said = { ...data, questions: [...data.questions], groups: [...data.groups] };
  return [{ type: 'PastConsultationRecorded', data: { ...said, recordedBy: actor.person } }];
};

const saidOf = (state: PastConsultation): GivenPastConsultation => ({
  title: state.title,
  subject: state.subject,
  level: state.level,
  questions: state.questions,
  groups: state.groups,
  openedAt: state.openedAt,
  closedAt: state.closedAt,
  source: state.source,
});
