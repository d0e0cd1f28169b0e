import type { Role } from '../doors/roles.js';

export interface HeldGrant {
  /** Roles held now, under this grant. */
  readonly roles: readonly Role[];
  /** Stream of the grant and the revision that was read: both go into the metadata of every event. */
  readonly grant: string;
  readonly revision: bigint;
}

/** Port of the guard; the directory answers it from the grant streams. */
export abstract class Grants {
  abstract held(tenant: string, person: string): Promise<HeldGrant>;
}
