import { Command, ensure, type Decide } from '@app/kernel';
import type { AgreementEvent } from '../agreement.events.js';
import { agreementRules } from '../agreement.rules.js';
import type { AgreementState, Party } from '../agreement.state.js';
import { editable, edits, same } from '../editing.js';

export class AddParty extends Command<Party> {}

export const addParty: Decide<AddParty, AgreementState, AgreementEvent> = ({ data }, state) => {
  const { partyId, name, role } = data;
  const representatives = [...data.representatives];
  const party = { partyId, name, role, representatives };
  ensure(
    representatives.length > 0 && new Set(representatives).size === representatives.length,
    agreementRules.aPartyNamesItsRepresentatives,
    '/representatives',
  );
  ensure(state.status !== 'undrafted', agreementRules.anAgreementIsDraftedFirst);
  const standing = state.terms.parties.find((one) => one.partyId === partyId);
  if (standing !== undefined) {
    ensure(same(standing, party), agreementRules.aPartyIsAddedOnce, '/partyId', `It stands as ${standing.name}.`);
    return [];
  }
  return edits(editable(state), { type: 'PartyAdded', data: party });
};
