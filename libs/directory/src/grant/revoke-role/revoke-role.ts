import { Command, ensure, type Decide } from '@app/kernel';
import type { GrantEvent } from '../grant.events.js';
import { grantRules } from '../grant.rules.js';
import { holds, type GrantState } from '../grant.state.js';

export class RevokeRole extends Command<{ readonly role: string; readonly basis: string }> {}

export const revokeRole: Decide<RevokeRole, GrantState, GrantEvent> = (
  { id, data: { role, basis }, metadata },
  state,
) => {
  const by = metadata.actor.person;
  ensure(by !== id, grantRules.nobodyRevokesTheirOwnRole);
  if (state.revoked.get(role) === basis) return [];
  ensure(holds(state, role), grantRules.aRoleThatIsRevokedWasHeld, '/role', `${role} is not held.`);
  return [{ type: 'RoleRevoked', data: { role, basis, by } }];
};
