import { defineProjection } from '@app/projections';
import type { ProcessEvent, PublicNotice, Subject } from '../../process/process.events.js';

/** What is said in public of a record, because nobody answered for it. */
export interface GivenNotice {
  /** `boston/<process>/<key>#<notice>`. */
  readonly _id: string;
  readonly agency: string;
  readonly kind: PublicNotice['kind'];
  readonly subject: Subject;
  /** First calendar day that it is true of. */
  readonly since: string;
  readonly reason: string;
  readonly status: 'standing' | 'withdrawn';
  readonly givenAt: string;
  readonly withdrawnAt?: string;
  /** Why it was withdrawn. */
  readonly withdrawnFor?: string;
}

export const publicNotices = defineProjection<GivenNotice, ProcessEvent>({
  name: 'public-notices',
  version: 1,
  indexes: [{ key: { agency: 1, status: 1, _id: 1 } }, { key: { agency: 1, status: 1, 'subject.stream': 1, _id: 1 } }],
  documentId: ({ type, data, stream }) =>
    type === 'PublicNoticeGiven' || type === 'PublicNoticeWithdrawn'
      ? `${stream.tenant}/${stream.id}#${(data as { readonly notice: string }).notice}`
      : undefined,
  on: {
    PublicNoticeGiven: (_doc, { data, stream, metadata }, _id) => ({
      _id,
      agency: stream.tenant,
      kind: data.kind,
      subject: data.subject,
      since: data.since,
      reason: data.reason,
      status: 'standing',
      givenAt: metadata.occurredAt,
    }),
    PublicNoticeWithdrawn: (doc, { data, metadata }) =>
      doc && { ...doc, status: 'withdrawn', withdrawnAt: metadata.occurredAt, withdrawnFor: data.reason },
  },
});
