import { exampleMetadata, specFor } from '@app/testing';
import { capturerGranted, capturerRevoked } from '../grant.examples.js';
import { grantRules } from '../grant.rules.js';
import { grant } from '../grant.state.js';
import { RevokeRole, revokeRole } from './revoke-role.js';

const { given } = specFor(grant, RevokeRole, revokeRole);
const revocation = { role: 'data-capturer', basis: 'Moved to another department' };

describe('revoke a role', () => {
  it('is revoked on a basis, by somebody', () => given(capturerGranted).when(revocation).then(capturerRevoked));
  it('sent twice, nothing happens', () => given(capturerGranted, capturerRevoked).when(revocation).then());
  it('a role that was granted again is revoked again', () =>
    given(capturerGranted, capturerRevoked, capturerGranted).when(revocation).then(capturerRevoked));
  it(grantRules.aRoleThatIsRevokedWasHeld.sentence, () => {
    given().when(revocation).refused(grantRules.aRoleThatIsRevokedWasHeld, '/role');
    given(capturerGranted, capturerRevoked)
      .when({ ...revocation, basis: 'Retired' })
      .refused(grantRules.aRoleThatIsRevokedWasHeld, '/role');
  });
  it(grantRules.nobodyRevokesTheirOwnRole.sentence, () =>
    given(capturerGranted)
      .when(revocation, { actor: { ...exampleMetadata.actor, person: 'boston' } })
      .refused(grantRules.nobodyRevokesTheirOwnRole),
  );
});
