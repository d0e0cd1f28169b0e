import { Command, ensure, type Decide } from '@app/kernel';
import type { GrantEvent } from '../grant.events.js';
import { grantRules } from '../grant.rules.js';
import { holds, type GrantState } from '../grant.state.js';

const rolesOfAllAgencies = ['administrator', 'oversight', 'analyst'];

/** The id is the person who gets the role; the tenant is the agency that it is for. */
export class GrantRole extends Command<{ readonly role: string; readonly basis: string }> {}

export const grantRole: Decide<GrantRole, GrantState, GrantEvent> = (
  { tenant, id, data: { role, basis }, metadata },
  state,
) => {
  const by = metadata.actor.person;
  ensure(by !== id, grantRules.nobodyGrantsToThemselves);
  ensure(tenant !== '*' || rolesOfAllAgencies.includes(role), grantRules.onlySomeRolesReachEveryAgency, '/role');
  ensure(
    metadata.actor.role !== 'system' || !state.revoked.has(role),
    grantRules.askingForATokenUndoesNoRevocation,
    '/role',
    `It was revoked: ${state.revoked.get(role)}.`,
  );
  return holds(state, role) ? [] : [{ type: 'RoleGranted', data: { role, basis, by } }];
};
