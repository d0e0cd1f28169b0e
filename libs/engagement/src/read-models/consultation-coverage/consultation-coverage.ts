import type { RecordedEvent } from '@app/kernel';
import { defineProjection } from '@app/projections';
import type { ConsultationEvent } from '../../consultation/consultation.events.js';
import { consultation, type ConsultationState } from '../../consultation/consultation.state.js';

/** Where each consultation of an agency stands, and whom it reached. What it answered is elsewhere: there may be a lot. */
export interface CoveredConsultation {
  /** `boston/water-2026`. */
  readonly _id: string;
  readonly agency: string;
  readonly consultation: string;
  readonly status: ConsultationState['status'];
  /** `plan/water-2026`. */
  readonly subject: string;
  readonly revision: string;
  readonly updatedAt: string;
  /** Without answers. */
  readonly state: ConsultationState;
}

function fold(doc: CoveredConsultation | undefined, event: RecordedEvent<ConsultationEvent>): CoveredConsultation {
  const { tenant: agency, id } = event.stream;
  const state = consultation.evolve(doc?.state ?? consultation.initial, event as ConsultationEvent);
  return {
    _id: `${agency}/${id}`,
    agency,
    consultation: id,
    status: state.status,
    subject: state.status === 'unplanned' ? '' : `${state.subject.kind}/${state.subject.id}`,
    revision: event.revision.toString(),
    updatedAt: event.metadata.occurredAt,
    state,
  };
}

export const consultationCoverage = defineProjection<CoveredConsultation, ConsultationEvent>({
  name: 'consultation-coverage',
  version: 1,
  indexes: [
    { key: { agency: 1, _id: 1 } },
    { key: { agency: 1, status: 1, _id: 1 } },
    { key: { agency: 1, subject: 1, _id: 1 } },
    { key: { agency: 1, status: 1, subject: 1, _id: 1 } },
  ],
  documentId: ({ stream }) => `${stream.tenant}/${stream.id}`,
  on: {
    ConsultationPlanned: fold,
    PastConsultationRecorded: fold,
    ConsultationOpened: fold,
    ConsultationExtended: fold,
    OpportunityProvided: fold,
    GroupUnreachableDeclared: fold,
    CoverageWaiverGranted: fold,
    ThemeNamed: fold,
    ConsultationClosed: fold,
    ConsultationResponsePublished: fold,
  },
});
