import type { RecordedEvent } from '@app/kernel';
import { defineProjection } from '@app/projections';
import type { BreachEvent, Figure } from '../../breach/breach.events.js';

export interface RegisteredBreach {
  /** `boston/street-services/on-time/all/2011-07`. */
  readonly _id: string;
  readonly agency: string;
  readonly agreement: string;
  readonly objective: string;
  readonly scope: string;
  readonly period: string;
  readonly status: 'detected' | 'withdrawn' | 'confirmed';
  readonly severity: string;
  readonly value: string;
  readonly target: string;
  readonly belowMinimum: boolean;
  readonly repeatCount: number;
  /** Service points; absent until the breach is confirmed. */
  readonly points?: string;
  readonly detectedAt: string;
  readonly updatedAt: string;
}

const idOf = ({ stream }: RecordedEvent<BreachEvent>): string => `${stream.tenant}/${stream.id}`;
const shown = ({ severity, value, target, belowMinimum, repeatCount }: Figure) => ({
  severity,
  value,
  target,
  belowMinimum,
  repeatCount,
});

export const breachRegister = defineProjection<RegisteredBreach, BreachEvent>({
  name: 'breach-register',
  version: 1,
  indexes: [{ key: { agency: 1, _id: 1 } }, { key: { agency: 1, agreement: 1, _id: 1 } }],
  documentId: idOf,
  on: {
    BreachDetected: (_doc, { data, stream, metadata }) => ({
      _id: `${stream.tenant}/${stream.id}`,
      agency: stream.tenant,
      agreement: data.agreementId,
      objective: data.objectiveId,
      scope: data.scope,
      period: data.period,
      status: 'detected',
      ...shown(data),
      detectedAt: metadata.occurredAt,
      updatedAt: metadata.occurredAt,
    }),
    BreachReassessed: (doc, { data, metadata }) =>
      doc && { ...doc, status: 'detected', ...shown(data), updatedAt: metadata.occurredAt },
    BreachWithdrawn: (doc, { metadata }) => doc && { ...doc, status: 'withdrawn', updatedAt: metadata.occurredAt },
    BreachConfirmed: (doc, { metadata }) => doc && { ...doc, status: 'confirmed', updatedAt: metadata.occurredAt },
    ConsequenceApplied: (doc, { data, metadata }) =>
      doc && { ...doc, points: data.points, updatedAt: metadata.occurredAt },
  },
});
