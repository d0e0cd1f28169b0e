import type { RecordedEvent } from '@app/kernel';
import { defineProjection } from '@app/projections';
import type { AgreementEvent } from '../../agreement/agreement.events.js';
import { agreement, type AgreementState } from '../../agreement/agreement.state.js';

/** Where each agreement of an agency stands; the whole text is at its own address. */
export interface ListedAgreement {
  /** `boston/street-services`. */
  readonly _id: string;
  readonly agency: string;
  readonly agreement: string;
  readonly revision: string;
  readonly updatedAt: string;
  readonly state: AgreementState;
}

const fold = (doc: ListedAgreement | undefined, event: RecordedEvent<AgreementEvent>): ListedAgreement => ({
  _id: `${event.stream.tenant}/${event.stream.id}`,
  agency: event.stream.tenant,
  agreement: event.stream.id,
  revision: event.revision.toString(),
  updatedAt: event.metadata.occurredAt,
  state: agreement.evolve(doc?.state ?? agreement.initial, event as AgreementEvent),
});

export const agreements = defineProjection<ListedAgreement, AgreementEvent>({
  name: 'agreements',
  version: 1,
  indexes: [{ key: { agency: 1, _id: 1 } }],
  documentId: ({ stream }) => `${stream.tenant}/${stream.id}`,
  on: {
    AgreementDrafted: fold,
    PartyAdded: fold,
    ObjectiveAdded: fold,
    ObjectiveChanged: fold,
    ObjectiveRemoved: fold,
    ConsequenceDefined: fold,
    ReviewScheduleSet: fold,
    DraftSubmittedForSignature: fold,
    SignaturesVoided: fold,
    AgreementSigned: fold,
    AgreementActivated: fold,
  },
});

export interface AgreementRow {
  readonly agreement: string;
  readonly title: string;
  readonly kind: string;
  readonly status: string;
  readonly services: readonly string[];
  readonly parties: readonly string[];
  readonly objectives: readonly string[];
  readonly effectiveFrom: string | null;
  readonly revision: string;
  readonly updatedAt: string;
}

export function rowOf({ agreement: id, revision, updatedAt, state }: ListedAgreement): AgreementRow[] {
  if (state.status === 'undrafted') return [];
  const { title, kind, serviceIds, parties, objectives } = state.terms;
  return [
    {
      agreement: id,
      title,
      kind,
      status: state.status,
      services: serviceIds,
      parties: parties.map(({ partyId }) => partyId),
      objectives: objectives.map(({ objectiveId }) => objectiveId),
      effectiveFrom: state.status === 'active' ? state.effectiveFrom : null,
      revision,
      updatedAt,
    },
  ];
}
