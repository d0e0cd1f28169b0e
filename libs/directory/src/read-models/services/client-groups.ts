import type { AccessBarrier, ClientGroup } from '../../service/service.state.js';
import type { ListedService } from './services.js';

/** Whom a service is for, how many they are, and what keeps them from it. */
export interface ClientGroupRow {
  readonly service: string;
  readonly serviceName: string;
  readonly serviceStatus: string;
  readonly group: string;
  readonly name: string;
  readonly kind: string;
  readonly actualOrPotential: string;
  readonly populationSize: number;
  readonly asOf: string;
  readonly source: string;
  /** None: the group is not bound to a district. */
  readonly districts: readonly string[];
  /** Recorded and not removed. */
  readonly openBarriers: readonly Omit<AccessBarrier, 'removed'>[];
  /** Of the service: commands on its groups take it in If-Match. */
  readonly revision: string;
}

export interface ClientGroupFilter {
  readonly kind?: string;
  readonly actualOrPotential?: string;
  readonly district?: string;
}

export function clientGroupsOf(
  { service, revision, state }: ListedService,
  { kind, actualOrPotential, district }: ClientGroupFilter,
): ClientGroupRow[] {
  return state.clientGroups
    .filter(
      (group) =>
        (kind === undefined || group.kind === kind) &&
        (actualOrPotential === undefined || group.actualOrPotential === actualOrPotential) &&
        (district === undefined || group.districtIds.includes(district)),
    )
    .map((group) => ({
      service,
      serviceName: state.name,
      serviceStatus: state.status,
      ...described(group),
      revision,
    }));
}

function described({ groupId, name, kind, actualOrPotential, populations, districtIds, barriers }: ClientGroup) {
  return {
    group: groupId,
    name,
    kind,
    actualOrPotential,
    ...populations.at(-1)!,
    districts: districtIds,
    openBarriers: barriers
      .filter(({ removed }) => removed === undefined)
      .map(({ barrierId, barrier, severity }) => ({ barrierId, barrier, severity })),
  };
}
