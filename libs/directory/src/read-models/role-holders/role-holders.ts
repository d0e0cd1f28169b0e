import { defineProjection } from '@app/projections';
import type { GrantEvent } from '../../grant/grant.events.js';
import type { HeldRole } from '../../grant/grant.state.js';

/** What one person may do in one agency (`*`: in all), and on what basis. */
export interface RoleHolder {
  /** `boston/p-…`. */
  readonly _id: string;
  readonly agency: string;
  readonly person: string;
  /** Empty when all were revoked. */
  readonly roles: readonly (HeldRole & { readonly since: string })[];
  readonly revision: string;
}

export const roleHolders = defineProjection<RoleHolder, GrantEvent>({
  name: 'role-holders',
  version: 1,
  indexes: [{ key: { agency: 1, _id: 1 } }],
  documentId: ({ stream }) => `${stream.tenant}/${stream.id}`,
  on: {
    RoleGranted: (doc, { data, stream, revision, metadata }, _id) => ({
      _id,
      agency: stream.tenant,
      person: stream.id,
      roles: [...(doc?.roles ?? []), { ...data, since: metadata.occurredAt }],
      revision: revision.toString(),
    }),
    RoleRevoked: (doc, { data, revision }) =>
      doc && {
        ...doc,
        roles: doc.roles.filter(({ role }) => role !== data.role),
        revision: revision.toString(),
      },
  },
});

export interface RoleHolderRow {
  readonly agency: string;
  readonly person: string;
  readonly role: string;
  readonly basis: string;
  readonly by: string;
  readonly since: string;
  /** Of the person's grants in the agency: a revocation takes it in If-Match. */
  readonly revision: string;
}

/** A row for each role; `only` leaves out the others. */
export const rowsOf = ({ agency, person, roles, revision }: RoleHolder, only?: string): RoleHolderRow[] =>
  roles
    .filter(({ role }) => only === undefined || role === only)
    .map((held) => ({ agency, person, ...held, revision }));
