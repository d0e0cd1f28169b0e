import { defineProjection } from '@app/projections';
import type { ActionKind, ProcessEvent, Subject } from '../../process/process.events.js';

/** What a process asks of somebody. */
export interface ActionDue {
  /** `boston/<process>/<key>#<action>`. */
  readonly _id: string;
  readonly agency: string;
  readonly process: string;
  readonly kind: ActionKind;
  readonly role: string;
  /** Digest of the one person who should; absent: whoever holds the role. */
  readonly person?: string;
  readonly subject: Subject;
  /** Calendar day; `9999-12-31` where there is none, so that it comes last. */
  readonly dueOn: string;
  readonly reason: string;
  readonly status: 'open' | 'done' | 'withdrawn' | 'superseded';
  readonly requestedAt: string;
  readonly settledAt?: string;
}

export const noDueDay = '9999-12-31';

const processOf = (id: string): string => id.slice(0, id.indexOf('/'));

export const actionsDue = defineProjection<ActionDue, ProcessEvent>({
  name: 'actions-due',
  version: 1,
  indexes: [
    { key: { agency: 1, status: 1, dueOn: 1, _id: 1 } },
    { key: { agency: 1, role: 1, status: 1, dueOn: 1, _id: 1 } },
    { key: { agency: 1, person: 1, status: 1, dueOn: 1, _id: 1 } },
    { key: { agency: 1, kind: 1, status: 1, dueOn: 1, _id: 1 } },
    { key: { agency: 1, process: 1, status: 1, dueOn: 1, _id: 1 } },
    { key: { agency: 1, 'subject.stream': 1, status: 1, dueOn: 1, _id: 1 } },
  ],
  documentId: ({ type, data, stream }) =>
    type === 'ActionRequested' || type === 'ActionSettled'
      ? `${stream.tenant}/${stream.id}#${(data as { readonly action: string }).action}`
      : undefined,
  on: {
    ActionRequested: (_doc, { data, stream, metadata }, _id) => ({
      _id,
      agency: stream.tenant,
      process: processOf(stream.id),
      kind: data.kind,
      role: data.role,
      ...(data.person === undefined ? {} : { person: data.person }),
      subject: data.subject,
      dueOn: data.dueOn ?? noDueDay,
      reason: data.reason,
      status: 'open',
      requestedAt: metadata.occurredAt,
    }),
    ActionSettled: (doc, { data, metadata }) => doc && { ...doc, status: data.outcome, settledAt: metadata.occurredAt },
  },
});
