import { Command, ensure, type Decide } from '@app/kernel';
import type { AgencyFacts } from '../../agency/agency-facts.js';
import { eachOnce, sameSet } from '../changeable.js';
import type { Channel, ServiceEvent, ServiceScope } from '../service.events.js';
import { serviceRules } from '../service.rules.js';
import type { ServiceState } from '../service.state.js';

export class RegisterService extends Command<{
  readonly name: string;
  readonly type: string;
  readonly scope: ServiceScope;
  readonly channels: readonly Channel[];
  readonly feeBearing: boolean;
  readonly departmentId?: string;
  readonly owner: string;
}> {}

export interface RegistrationFacts extends AgencyFacts {
  readonly isStandingDepartment: (departmentId: string) => boolean;
}

export const registerService: Decide<RegisterService, ServiceState, ServiceEvent, RegistrationFacts> = (
  { data },
  state,
  facts,
) => {
  const { name, type, scope, feeBearing, departmentId, owner } = data;
  const channels = [...data.channels];
  ensure(facts.isRegistered, serviceRules.aServiceBelongsToARegisteredAgency);
  ensure(channels.length > 0 && eachOnce(channels), serviceRules.aServiceHasAChannel, '/channels');
  if (state.status !== 'unregistered') {
    ensure(state.status !== 'retired', serviceRules.aRetiredServiceIsNotChanged, '/id');
    ensure(
      state.name === name &&
        state.type === type &&
        state.scope === scope &&
        state.feeBearing === feeBearing &&
        state.departmentId === departmentId &&
        state.owners[0].person === owner &&
        sameSet(state.channels, channels),
      serviceRules.aServiceIsRegisteredOnce,
      '',
      `It stands as ${state.name}.`,
    );
    return [];
  }
  ensure(
    departmentId === undefined || facts.isStandingDepartment(departmentId),
    serviceRules.aServiceBelongsToAStandingDepartment,
    '/department',
  );
  const department = departmentId === undefined ? {} : { departmentId };
  return [{ type: 'ServiceRegistered', data: { name, type, scope, channels, feeBearing, ...department, owner } }];
};
