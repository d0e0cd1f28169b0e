import { exampleMetadata, specFor } from '@app/testing';
import {
  awaiting,
  complete,
  consumerSigned,
  draft,
  hash,
  onTime,
  providerSigned,
  signedByAll,
  submitted,
  voided,
} from '../agreement.examples.js';
import { agreementRules } from '../agreement.rules.js';
import { agreement } from '../agreement.state.js';
import { SignAgreement, signAgreement } from './sign-agreement.js';

const { given } = specFor(agreement, SignAgreement, signAgreement);
const as = (person: string) => ({ actor: { ...exampleMetadata.actor, person } });
const forProvider = { partyId: 'public-works', contentHash: hash };
const forConsumer = { partyId: 'residents', contentHash: hash };

describe('sign an agreement', () => {
  it('is signed for a party by its representative', () =>
    given(...awaiting)
      .when(forProvider, as('p-head'))
      .then(providerSigned));
  it('is signed as a whole when every party has', () =>
    expect([...awaiting, providerSigned, consumerSigned].reduce(agreement.evolve, agreement.initial).status).toBe(
      'signed',
    ));
  it('sent twice, nothing happens', () =>
    given(...signedByAll)
      .when(forProvider, as('p-head'))
      .then());
  it('has no signature left after an edit, so it is signed anew', () => {
    const changed = { type: 'ObjectiveChanged' as const, data: { ...onTime, title: 'Closed on time' } };
    given(...signedByAll, voided('public-works', 'residents'), changed)
      .when(forProvider, as('p-head'))
      .refused(agreementRules.onlyASubmittedAgreementIsSigned);
  });
  it(agreementRules.anAgreementIsDraftedFirst.sentence, () =>
    given().when(forProvider, as('p-head')).refused(agreementRules.anAgreementIsDraftedFirst),
  );
  it(agreementRules.onlyASubmittedAgreementIsSigned.sentence, () =>
    given(...complete)
      .when(forProvider, as('p-head'))
      .refused(agreementRules.onlyASubmittedAgreementIsSigned),
  );
  it(agreementRules.everyPartySignsTheSameContent.sentence, () =>
    given(...awaiting)
      .when({ ...forProvider, contentHash: 'f'.repeat(64) }, as('p-head'))
      .refused(agreementRules.everyPartySignsTheSameContent, '/contentHash'),
  );
  it(agreementRules.onlyAPartySigns.sentence, () =>
    given(...awaiting)
      .when({ partyId: 'mayor', contentHash: hash }, as('p-head'))
      .refused(agreementRules.onlyAPartySigns, '/partyId'),
  );
  it(agreementRules.aSignatoryRepresentsTheParty.sentence, () =>
    given(...awaiting)
      .when(forConsumer, as('p-clerk'))
      .refused(agreementRules.aSignatoryRepresentsTheParty, '/partyId'),
  );
  it(agreementRules.theAuthorDoesNotSignForTheProvider.sentence, () =>
    given({ type: 'AgreementDrafted', data: { ...draft, author: 'p-head' } }, ...awaiting.slice(1))
      .when(forProvider, as('p-head'))
      .refused(agreementRules.theAuthorDoesNotSignForTheProvider, '/partyId'),
  );
  it(agreementRules.onePersonSignsForOneParty.sentence, () =>
    given(...awaiting, providerSigned)
      .when(forConsumer, as('p-head'))
      .refused(agreementRules.onePersonSignsForOneParty, '/partyId'),
  );
  it(agreementRules.aPartySignsOnce.sentence, () =>
    given(...complete, submitted, consumerSigned)
      .when(forConsumer, as('p-head'))
      .refused(agreementRules.aPartySignsOnce, '/partyId'),
  );
});
