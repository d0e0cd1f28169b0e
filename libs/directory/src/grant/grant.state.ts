import { unhandled, type Aggregate } from '@app/kernel';
import { grantEvents, type GrantEvent } from './grant.events.js';

export interface HeldRole {
  readonly role: string;
  /** Appointment, decision or law that it rests on. */
  readonly basis: string;
  /** Digest of the person who granted it. */
  readonly by: string;
}

/** Roles that one person holds in one agency (`*`: in all). */
export interface GrantState {
  /** In the order in which they were granted. */
  readonly held: readonly HeldRole[];
  /** Basis of the revocation, by role; none of these is held. */
  readonly revoked: ReadonlyMap<string, string>;
}

export const grant: Aggregate<GrantState, GrantEvent> = {
  category: 'grant',
  events: grantEvents,
  initial: { held: [], revoked: new Map() },
  evolve: ({ held, revoked }, event) => {
    switch (event.type) {
      case 'RoleGranted':
        return {
          held: [...held, event.data],
          revoked: new Map([...revoked].filter(([role]) => role !== event.data.role)),
        };
      case 'RoleRevoked':
        return {
          held: held.filter(({ role }) => role !== event.data.role),
          revoked: new Map(revoked).set(event.data.role, event.data.basis),
        };
      default:
        return unhandled(event);
    }
  },
};

export const holds = ({ held }: GrantState, role: string): boolean => held.some((one) => one.role === role);
