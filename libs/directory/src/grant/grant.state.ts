import { unhandled, type Aggregate } from '@app/kernel';
import { grantEvents, type GrantEvent } from './grant.events.js';

/** Roles that one person holds in one agency (`*`: in all), in the order in which they were granted. */
export interface GrantState {
  readonly roles: readonly string[];
}

export const grant: Aggregate<GrantState, GrantEvent> = {
  category: 'grant',
  events: grantEvents,
  initial: { roles: [] },
  evolve: ({ roles }, event) => {
    switch (event.type) {
      case 'RoleGranted':
        return { roles: [...roles, event.data.role] };
      case 'RoleRevoked':
        return { roles: roles.filter((role) => role !== event.data.role) };
      default:
        return unhandled(event);
    }
  },
};
