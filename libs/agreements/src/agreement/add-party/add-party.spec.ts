import { specFor } from '@app/testing';
import { active, awaiting, consumer, drafted, provider, providerAdded, voided } from '../agreement.examples.js';
import { agreementRules } from '../agreement.rules.js';
import { agreement } from '../agreement.state.js';
import { AddParty, addParty } from './add-party.js';

const { given } = specFor(agreement, AddParty, addParty);
const auditor = { partyId: 'council', name: 'City Council', role: 'auditor' as const, representatives: ['p-council'] };

describe('add a party', () => {
  it('is added with the persons who may sign for it', () => given(drafted).when(provider).then(providerAdded));
  it('sent twice, nothing happens', () => given(drafted, providerAdded).when(provider).then());
  it('voids what was submitted', () =>
    given(...awaiting)
      .when(auditor)
      .then(voided(), { type: 'PartyAdded', data: auditor }));
  it(agreementRules.anAgreementIsDraftedFirst.sentence, () =>
    given().when(provider).refused(agreementRules.anAgreementIsDraftedFirst),
  );
  it(agreementRules.aPartyIsAddedOnce.sentence, () =>
    given(drafted, providerAdded)
      .when({ ...provider, name: 'Works' })
      .refused(agreementRules.aPartyIsAddedOnce, '/partyId'),
  );
  it(agreementRules.aPartyNamesItsRepresentatives.sentence, () =>
    given(drafted)
      .when({ ...consumer, representatives: [] })
      .refused(agreementRules.aPartyNamesItsRepresentatives, '/representatives'),
  );
  it(agreementRules.anAgreementInForceIsNotEdited.sentence, () =>
    given(...active)
      .when(auditor)
      .refused(agreementRules.anAgreementInForceIsNotEdited),
  );
});
