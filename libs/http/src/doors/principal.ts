import type { CommandMetadata } from '@app/kernel';
import type { Role } from './roles.js';

/** Somebody who showed a valid token and holds a grant that opens this door, or a citizen at a door that is open to all. */
export interface Principal {
  /** Digest of (issuer, subject), or made by chance: no personal data. */
  readonly person: string;
  readonly role: Role;
  /** Agency of the grant; `*` for all. */
  readonly tenant: string;
  /** False for a citizen without a token: nobody knows who it is. */
  readonly hasAccount: boolean;
}

export interface CommandContext {
  readonly metadata: CommandMetadata;
  readonly principal: Principal;
}
