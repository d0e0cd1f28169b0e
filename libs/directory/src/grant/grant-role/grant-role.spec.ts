import { exampleMetadata, specFor } from '@app/testing';
import { capturerGranted, capturerRevoked, capturing } from '../grant.examples.js';
import { grantRules } from '../grant.rules.js';
import { grant } from '../grant.state.js';
import { GrantRole, grantRole } from './grant-role.js';

const { given } = specFor(grant, GrantRole, grantRole);

describe('grant a role', () => {
  it('is granted on a basis, by somebody', () => given().when(capturing).then(capturerGranted));
  it('sent twice, nothing happens', () => given(capturerGranted).when(capturing).then());
  it('a role that was revoked is granted again', () =>
    given(capturerGranted, capturerRevoked).when(capturing).then(capturerGranted));
  it(grantRules.nobodyGrantsToThemselves.sentence, () =>
    given()
      .when(capturing, { actor: { ...exampleMetadata.actor, person: 'boston' } })
      .refused(grantRules.nobodyGrantsToThemselves),
  );
  it(grantRules.askingForATokenUndoesNoRevocation.sentence, () => {
    const bySystem = { actor: { ...exampleMetadata.actor, person: 'system', role: 'system' } };
    given(capturerGranted, capturerRevoked)
      .when(capturing, bySystem)
      .refused(grantRules.askingForATokenUndoesNoRevocation, '/role');
    given()
      .when(capturing, bySystem)
      .then({ type: 'RoleGranted', data: { ...capturing, by: 'system' } });
    given(capturerGranted, capturerRevoked, capturerGranted).when(capturing, bySystem).then();
  });
  it('a role that is held keeps the basis that it was granted on', () =>
    given(capturerGranted)
      .when({ ...capturing, basis: 'Appointment 2027/1' })
      .then());
  it(grantRules.onlySomeRolesReachEveryAgency.sentence, () => {
    const everywhere = (role: string) =>
      grantRole(new GrantRole('*', 'p-other', { role, basis: 'Act 5' }, exampleMetadata), grant.initial, undefined);
    expect(() => everywhere('data-capturer')).toThrow(grantRules.onlySomeRolesReachEveryAgency.sentence);
    expect(everywhere('oversight')).toEqual([
      { type: 'RoleGranted', data: { role: 'oversight', basis: 'Act 5', by: 'p-clerk' } },
    ]);
  });
});
