import { Command, ensure, type Decide } from '@app/kernel';
import type { AgreementEvent } from '../agreement.events.js';
import { agreementRules } from '../agreement.rules.js';
import type { AgreementState } from '../agreement.state.js';

export class SignAgreement extends Command<{ readonly partyId: string; readonly contentHash: string }> {}

export const signAgreement: Decide<SignAgreement, AgreementState, AgreementEvent> = ({ data, metadata }, state) => {
  const { partyId } = data;
  const signatory = metadata.actor.person;
  ensure(state.status !== 'undrafted', agreementRules.anAgreementIsDraftedFirst);
  ensure(state.status !== 'drafting', agreementRules.onlyASubmittedAgreementIsSigned);
  const party = state.terms.parties.find((one) => one.partyId === partyId);
  ensure(party !== undefined, agreementRules.onlyAPartySigns, '/partyId');
  ensure(
    data.contentHash === state.contentHash,
    agreementRules.everyPartySignsTheSameContent,
    '/contentHash',
    `It was submitted as ${state.contentHash}.`,
  );
  ensure(party.representatives.includes(signatory), agreementRules.aSignatoryRepresentsTheParty, '/partyId');
  ensure(
    party.role !== 'provider' || signatory !== state.terms.author,
    agreementRules.theAuthorDoesNotSignForTheProvider,
    '/partyId',
  );
  const standing = state.signatures.find((one) => one.partyId === partyId);
  if (standing?.signatory === signatory) return [];
  ensure(standing === undefined, agreementRules.aPartySignsOnce, '/partyId');
  ensure(
    !state.signatures.some((one) => one.signatory === signatory),
    agreementRules.onePersonSignsForOneParty,
    '/partyId',
  );
  return [{ type: 'AgreementSigned', data: { partyId, signatory, contentHash: state.contentHash } }];
};
