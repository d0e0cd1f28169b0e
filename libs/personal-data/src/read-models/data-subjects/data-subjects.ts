import { defineProjection } from '@app/projections';
import type { DataSubjectEvent } from '../../data-subject/data-subject.events.js';
import type { DataSubjectState } from '../../data-subject/data-subject.state.js';

/** How far the erasure of one person is. */
export interface ListedDataSubject {
  /** `boston/p-…`. */
  readonly _id: string;
  readonly agency: string;
  readonly person: string;
  readonly status: DataSubjectState['status'];
  /** Ids of the legal holds that stand. */
  readonly holds: readonly string[];
  readonly legalGround?: string;
  readonly authority?: string;
  readonly requestedAt?: string;
  readonly erasedAt?: string;
  readonly updatedAt: string;
  readonly revision: string;
}

export const dataSubjects = defineProjection<ListedDataSubject, DataSubjectEvent>({
  name: 'data-subjects',
  version: 1,
  indexes: [{ key: { agency: 1, _id: 1 } }, { key: { agency: 1, status: 1, _id: 1 } }],
  documentId: ({ stream }) => `${stream.tenant}/${stream.id}`,
  on: {
    ErasureRequested: (doc, event, _id) => ({
      ...changed(doc, event, _id),
      status: 'erasure-requested',
      legalGround: event.data.legalGround,
      requestedAt: event.metadata.occurredAt,
    }),
    ErasureDeclined: (doc, event, _id) => {
      const { legalGround: _ground, requestedAt: _requestedAt, ...kept } = changed(doc, event, _id);
      return { ...kept, status: 'standing' };
    },
    ErasureApproved: (doc, event, _id) => ({
      ...changed(doc, event, _id),
      status: 'erasure-approved',
      authority: event.data.authority,
    }),
    KeyShredded: (doc, event, _id) => ({ ...changed(doc, event, _id), status: 'key-shredded' }),
    ErasureVerified: (doc, event, _id) => ({
      ...changed(doc, event, _id),
      status: 'erased',
      erasedAt: event.metadata.occurredAt,
    }),
    LegalHoldPlaced: (doc, event, _id) => {
      const subject = changed(doc, event, _id);
      return { ...subject, holds: [...subject.holds, event.data.holdId] };
    },
    LegalHoldLifted: (doc, event, _id) => {
      const subject = changed(doc, event, _id);
      return { ...subject, holds: subject.holds.filter((id) => id !== event.data.holdId) };
    },
  },
});

interface Changing {
  readonly stream: { readonly tenant: string; readonly id: string };
  readonly metadata: { readonly occurredAt: string };
  readonly revision: bigint;
}

const changed = (
  doc: ListedDataSubject | undefined,
  { stream, metadata, revision }: Changing,
  _id: string,
): ListedDataSubject => ({
  ...(doc ?? { _id, agency: stream.tenant, person: stream.id, status: 'standing', holds: [] }),
  updatedAt: metadata.occurredAt,
  revision: revision.toString(),
});
