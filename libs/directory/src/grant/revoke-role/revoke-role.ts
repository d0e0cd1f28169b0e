import { Command, ensure, type Decide } from '@app/kernel';
import type { GrantEvent } from '../grant.events.js';
import { grantRules } from '../grant.rules.js';
import type { GrantState } from '../grant.state.js';

export class RevokeRole extends Command<{ readonly role: string; readonly basis: string }> {}

export const revokeRole: Decide<RevokeRole, GrantState, GrantEvent> = (
  { id, data: { role, basis }, metadata },
  { roles },
) => {
  const by = metadata.actor.person;
  ensure(by !== id, grantRules.nobodyRevokesTheirOwnRole);
  ensure(roles.includes(role), grantRules.aRoleThatIsRevokedWasHeld, '/role', `${role} is not held.`);
  return [{ type: 'RoleRevoked', data: { role, basis, by } }];
};
