import type { CommandMetadata } from '@app/kernel';
import type { Role } from './roles.js';

/** Somebody who showed a valid token and holds a grant that opens this door. */
export interface Principal {
  /** Digest of (issuer, subject): no personal data. */
  readonly person: string;
  readonly role: Role;
  /** Agency of the grant; `*` for all. */
  readonly tenant: string;
}

export interface CommandContext {
  readonly metadata: CommandMetadata;
  readonly principal: Principal;
}
