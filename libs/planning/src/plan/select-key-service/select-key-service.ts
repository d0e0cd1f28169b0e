import { Command, ensure, type Decide } from '@app/kernel';
import { draftOf, same, says } from '../editing.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState } from '../plan.state.js';

export class SelectKeyService extends Command<{
  readonly serviceId: string;
  readonly rationale: string;
  readonly evidence: readonly string[];
}> {}

export interface SelectKeyServiceFacts {
  /** Registered by the agency and not retired. */
  readonly isRegistered: boolean;
}

export const selectKeyService: Decide<SelectKeyService, PlanState, PlanEvent, SelectKeyServiceFacts> = (
  { data, metadata },
  given,
  { isRegistered },
) => {
  const { serviceId, rationale } = data;
  const service = { serviceId, rationale, evidence: [...data.evidence] };
  const standing = draftOf(given).keyServices.find((one) => one.serviceId === serviceId);
  if (standing !== undefined) {
    ensure(same(standing, service), planRules.aKeyServiceIsSelectedOnce, '/service');
    return [];
  }
  ensure(isRegistered, planRules.aKeyServiceIsRegistered, '/service', serviceId);
  ensure(says(rationale), planRules.aKeyServiceIsSelectedForAReason, '/rationale');
  return [{ type: 'KeyServiceSelected', data: { ...service, by: metadata.actor.person } }];
};
