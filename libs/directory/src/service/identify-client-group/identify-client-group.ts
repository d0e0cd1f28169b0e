import { Command, ensure, type Decide } from '@app/kernel';
import { readAs } from '../../read-as.js';
import { changeable, eachOnce, ensurePopulation, samePopulation, sameSet } from '../changeable.js';
import type { ClientGroupKind, ClientGroupUse, ServiceEvent } from '../service.events.js';
import { serviceRules } from '../service.rules.js';
import type { Population, ServiceState } from '../service.state.js';

export class IdentifyClientGroup extends Command<
  Population & {
    readonly groupId: string;
    readonly name: string;
    readonly kind: ClientGroupKind;
    readonly districtIds: readonly string[];
    readonly actualOrPotential: ClientGroupUse;
  }
> {}

export interface ClientGroupFacts {
  /** Calendar day of the agency. */
  readonly today: string;
  readonly isStandingDistrict: (districtId: string) => boolean;
}

export const identifyClientGroup: Decide<IdentifyClientGroup, ServiceState, ServiceEvent, ClientGroupFacts> = (
  { data },
  state,
  { today, isStandingDistrict },
) => {
  const { groupId, name, kind, populationSize, asOf, source, actualOrPotential } = data;
  const districtIds = [...data.districtIds];
  const { clientGroups } = changeable(state);
  ensurePopulation(data, today);
  const known = clientGroups.find((group) => group.groupId === groupId);
  if (known !== undefined) {
    ensure(
      known.name === name &&
        known.kind === kind &&
        known.actualOrPotential === actualOrPotential &&
        sameSet(known.districtIds, districtIds) &&
        samePopulation(known.populations[0], data),
      serviceRules.aClientGroupIsIdentifiedOnce,
      '/id',
      `It stands as ${known.name}.`,
    );
    return [];
  }
  const namesake = clientGroups.find((group) => readAs(group.name) === readAs(name));
  ensure(namesake === undefined, serviceRules.aClientGroupNameIsFree, '/name', `${name} is ${namesake?.groupId}.`);
  const absent = districtIds.find((districtId) => !isStandingDistrict(districtId));
  ensure(
    absent === undefined && eachOnce(districtIds),
    serviceRules.aClientGroupLivesInStandingDistricts,
    '/districts',
    absent && `There is no ${absent}.`,
  );
  return [
    {
      type: 'ClientGroupIdentified',
      data: { groupId, name, kind, populationSize, asOf, source, districtIds, actualOrPotential },
    },
  ];
};
