import { unhandled, type Aggregate } from '@app/kernel';
import {
  serviceEvents,
  type BarrierSeverity,
  type Channel,
  type ClientGroupKind,
  type ClientGroupUse,
  type ServiceEvent,
  type ServiceScope,
} from './service.events.js';

export interface Population {
  readonly populationSize: number;
  readonly asOf: string;
  readonly source: string;
}

export interface AccessBarrier {
  readonly barrierId: string;
  readonly barrier: string;
  readonly severity: BarrierSeverity;
  /** How it was removed; absent while it stands. */
  readonly removed?: string;
}

export interface ClientGroup {
  readonly groupId: string;
  readonly name: string;
  readonly kind: ClientGroupKind;
  readonly actualOrPotential: ClientGroupUse;
  readonly districtIds: readonly string[];
  /** In the order in which they were known; the last one stands. */
  readonly populations: readonly [Population, ...Population[]];
  readonly barriers: readonly AccessBarrier[];
}

export interface ServiceOwner {
  /** Digest of a person. */
  readonly person: string;
  /** First day; absent for the owner at registration. */
  readonly from?: string;
}

export interface ServiceReview {
  readonly on: string;
  readonly findings: string;
}

export interface Service {
  readonly name: string;
  readonly type: string;
  readonly scope: ServiceScope;
  readonly channels: readonly Channel[];
  readonly feeBearing: boolean;
  readonly departmentId?: string;
  /** In order of time, never empty: somebody answers for a service at all times. */
  readonly owners: readonly [ServiceOwner, ...ServiceOwner[]];
  readonly clientGroups: readonly ClientGroup[];
  readonly reviews: readonly ServiceReview[];
}

export type ActiveService = Service & { readonly status: 'active' };
export type SuspendedService = Service & { readonly status: 'suspended'; readonly reason: string };
export type RetiredService = Service & { readonly status: 'retired'; readonly reason: string };
export type RegisteredService = ActiveService | SuspendedService | RetiredService;
export type ServiceState = { readonly status: 'unregistered' } | RegisteredService;

export const service: Aggregate<ServiceState, ServiceEvent> = {
  category: 'service',
  events: serviceEvents,
  initial: { status: 'unregistered' },
  evolve: (state, event) => {
    if (event.type === 'ServiceRegistered') {
      const { owner, ...data } = event.data;
      return { ...data, status: 'active', owners: [{ person: owner }], clientGroups: [], reviews: [] };
    }
    return state.status === 'unregistered' ? state : evolveRegistered(state, event);
  },
};

type LaterEvent = Exclude<ServiceEvent, { type: 'ServiceRegistered' }>;

function evolveRegistered(state: RegisteredService, event: LaterEvent): ServiceState {
  const inGroup = (groupId: string, change: (group: ClientGroup) => ClientGroup): ServiceState => ({
    ...state,
    clientGroups: state.clientGroups.map((group) => (group.groupId === groupId ? change(group) : group)),
  });
  switch (event.type) {
    case 'ServiceOwnerAssigned':
      return { ...state, owners: [...state.owners, event.data] };
    case 'ClientGroupIdentified': {
      const { populationSize, asOf, source, ...group } = event.data;
      const identified = { ...group, populations: [{ populationSize, asOf, source }] as const, barriers: [] };
      return { ...state, clientGroups: [...state.clientGroups, identified] };
    }
    case 'ClientGroupPopulationRevised': {
      const { groupId, ...population } = event.data;
      return inGroup(groupId, (group) => ({ ...group, populations: [...group.populations, population] }));
    }
    case 'AccessBarrierRecorded': {
      const { groupId, ...barrier } = event.data;
      return inGroup(groupId, (group) => ({ ...group, barriers: [...group.barriers, barrier] }));
    }
    case 'AccessBarrierRemoved': {
      const { groupId, barrierId, how } = event.data;
      const removed = (one: AccessBarrier): AccessBarrier =>
        one.barrierId === barrierId ? { ...one, removed: how } : one;
      return inGroup(groupId, (group) => ({ ...group, barriers: group.barriers.map(removed) }));
    }
    case 'ServiceReviewed':
      return { ...state, reviews: [...state.reviews, event.data] };
    case 'ServiceSuspended':
      return { ...serviceOf(state), status: 'suspended', reason: event.data.reason };
    case 'ServiceResumed':
      return { ...serviceOf(state), status: 'active' };
    case 'ServiceRetired':
      return { ...serviceOf(state), status: 'retired', reason: event.data.reason };
    default:
      return unhandled(event);
  }
}

/** What stays when the status changes. */
const serviceOf = (state: RegisteredService): Service => {
  const { name, type, scope, channels, feeBearing, departmentId, owners, clientGroups, reviews } = state;
  const department = departmentId === undefined ? {} : { departmentId };
  return { name, type, scope, channels, feeBearing, ...department, owners, clientGroups, reviews };
};
