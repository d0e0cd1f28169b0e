import { defineRules } from '@app/kernel';

export const grantRules = defineRules('grant', {
  nobodyGrantsToThemselves: ['Nobody grants a role to themselves.', 403],
  nobodyRevokesTheirOwnRole: ['Nobody revokes a role of their own: somebody else answers for it.', 403],
  onlySomeRolesReachEveryAgency: 'Only administrator, oversight and analyst are granted for all agencies.',
  aRoleThatIsRevokedWasHeld: ['A role that is revoked was held.', 409],
  askingForATokenUndoesNoRevocation: [
    'A role that was revoked is granted again by an administrator, not by asking for a token.',
    409,
  ],
});
