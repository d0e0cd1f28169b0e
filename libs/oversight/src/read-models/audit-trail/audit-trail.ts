import { agreementsEvents } from '@app/agreements/events';
import { breachEvents, compliancePeriodEvents } from '@app/compliance/events';
import { directoryEvents } from '@app/directory/events';
import { engagementEvents } from '@app/engagement/events';
import { indicatorsEvents } from '@app/indicators/events';
import type { DomainEvent, RecordedEvent } from '@app/kernel';
import { planningEvents } from '@app/planning/events';
import { processesEvents } from '@app/processes/events';
import { defineProjection } from '@app/projections';
import { changeIn } from './change.js';

/** One event: who did what, in which role, for whom, on what legal basis, and what caused it. */
export interface AuditEntry {
  /** Log position, zero-padded: its order is the order of the log. */
  readonly _id: string;
  readonly eventId: string;
  readonly tenant: string;
  /** Stream name. */
  readonly entity: string;
  readonly revision: string;
  readonly type: string;
  readonly person: string;
  readonly role: string;
  /** Directory grant that gave the role, with its revision when it was checked. */
  readonly grant: string;
  readonly onBehalfOf?: string;
  readonly legalBasis?: string;
  readonly occurredAt: string;
  readonly recordedAt: Date;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly change: string;
}

/** Every type of every context: a new event type appears in the trail without a change here. */
const everyType = [
  ...Object.keys(directoryEvents),
  ...Object.keys(indicatorsEvents),
  ...Object.keys(agreementsEvents),
  ...Object.keys(compliancePeriodEvents),
  ...Object.keys(breachEvents),
  ...Object.keys(engagementEvents),
  ...Object.keys(planningEvents),
  ...Object.keys(processesEvents),
];

const padded = (half: bigint): string => half.toString().padStart(20, '0');

export const auditId = ({ position: { commit, prepare } }: Pick<RecordedEvent, 'position'>): string =>
  `${padded(commit)}-${padded(prepare)}`;

export function auditEntry(event: RecordedEvent): AuditEntry {
  const { metadata, stream } = event;
  const { actor, onBehalfOf, legalBasis, causationId } = metadata;
  return {
    _id: auditId(event),
    eventId: event.id,
    tenant: stream.tenant,
    entity: event.streamName,
    revision: event.revision.toString(),
    type: event.type,
    person: actor.person,
    role: actor.role,
    grant: `${actor.grant}@${actor.grantRevision}`,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(legalBasis === undefined ? {} : { legalBasis }),
    occurredAt: metadata.occurredAt,
    recordedAt: event.recordedAt,
    commandId: metadata.commandId,
    correlationId: metadata.correlationId,
    ...(causationId === undefined ? {} : { causationId }),
    change: changeIn(event.data),
  };
}

export const auditTrail = defineProjection<AuditEntry, DomainEvent>({
  name: 'audit-trail',
  version: 1,
  indexes: [
    { key: { entity: 1, _id: 1 } },
    { key: { person: 1, _id: 1 } },
    { key: { type: 1, _id: 1 } },
    { key: { tenant: 1, _id: 1 } },
    { key: { recordedAt: 1, _id: 1 } },
  ],
  documentPerEvent: true,
  documentId: auditId,
  on: Object.fromEntries(
    everyType.map((type) => [type, (_doc: AuditEntry | undefined, event: RecordedEvent) => auditEntry(event)]),
  ),
});
