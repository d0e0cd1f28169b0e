import type { RecordedEvent } from '@app/kernel';
import { defineProjection } from '@app/projections';
import type { ServiceEvent } from '../../service/service.events.js';
import { service, type RegisteredService, type ServiceState } from '../../service/service.state.js';

/** Each service of an agency as it stands. Two lists are made of it: its services and their client groups. */
export interface ListedService {
  /** `boston/water-supply`. */
  readonly _id: string;
  readonly agency: string;
  readonly service: string;
  readonly revision: string;
  readonly updatedAt: string;
  readonly state: RegisteredService;
}

function fold(doc: ListedService | undefined, event: RecordedEvent<ServiceEvent>): ListedService | undefined {
  const { tenant, id } = event.stream;
  const state: ServiceState = service.evolve(doc?.state ?? service.initial, event as ServiceEvent);
  if (state.status === 'unregistered') return doc;
  return {
    _id: `${tenant}/${id}`,
    agency: tenant,
    service: id,
    revision: event.revision.toString(),
    updatedAt: event.metadata.occurredAt,
    state,
  };
}

export const services = defineProjection<ListedService, ServiceEvent>({
  name: 'services',
  version: 1,
  indexes: [
    { key: { agency: 1, _id: 1 } },
    { key: { agency: 1, service: 1, _id: 1 } },
    { key: { agency: 1, 'state.status': 1, _id: 1 } },
    { key: { agency: 1, 'state.type': 1, _id: 1 } },
    { key: { agency: 1, 'state.departmentId': 1, _id: 1 } },
  ],
  documentId: ({ stream }) => `${stream.tenant}/${stream.id}`,
  on: {
    ServiceRegistered: fold,
    ServiceOwnerAssigned: fold,
    ClientGroupIdentified: fold,
    ClientGroupPopulationRevised: fold,
    AccessBarrierRecorded: fold,
    AccessBarrierRemoved: fold,
    ServiceReviewed: fold,
    ServiceSuspended: fold,
    ServiceResumed: fold,
    ServiceRetired: fold,
  },
});

export interface ServiceRow {
  readonly service: string;
  readonly name: string;
  readonly type: string;
  readonly scope: string;
  readonly status: string;
  readonly department: string | null;
  readonly channels: readonly string[];
  readonly feeBearing: boolean;
  readonly clientGroups: number;
  /** Barriers that were recorded and are not removed, in all groups. */
  readonly openBarriers: number;
  /** null: never reviewed. */
  readonly lastReviewOn: string | null;
  readonly revision: string;
  readonly updatedAt: string;
}

/** The persons who answer for a service are not part of open data. */
export function rowOf({ service: id, revision, updatedAt, state }: ListedService): ServiceRow {
  const { name, type, scope, status, departmentId, channels, feeBearing, clientGroups, reviews } = state;
  return {
    service: id,
    name,
    type,
    scope,
    status,
    department: departmentId ?? null,
    channels,
    feeBearing,
    clientGroups: clientGroups.length,
    openBarriers: clientGroups.flatMap(({ barriers }) => barriers).filter(({ removed }) => removed === undefined)
      .length,
    lastReviewOn: reviews.reduce<string | null>((last, { on }) => (last === null || on > last ? on : last), null),
    revision,
    updatedAt,
  };
}
