import { specFor } from '@app/testing';
import { draft, drafted } from '../agreement.examples.js';
import { agreementRules } from '../agreement.rules.js';
import { agreement } from '../agreement.state.js';
import { DraftAgreement, draftAgreement } from './draft-agreement.js';

const { given } = specFor(agreement, DraftAgreement, draftAgreement);
const facts = { unknownServices: [] };

describe('draft an agreement', () => {
  it('is drafted by the person who acts', () => given().when(draft, { facts }).then(drafted));
  it('sent twice, nothing happens', () => given(drafted).when(draft, { facts }).then());
  it(agreementRules.anAgreementIsDraftedOnce.sentence, () =>
    given(drafted)
      .when({ ...draft, title: 'Streets' }, { facts })
      .refused(agreementRules.anAgreementIsDraftedOnce),
  );
  it(agreementRules.anAgreementNamesItsServices.sentence, () => {
    given()
      .when({ ...draft, serviceIds: [] }, { facts })
      .refused(agreementRules.anAgreementNamesItsServices, '/serviceIds');
    given()
      .when({ ...draft, serviceIds: ['streets', 'streets'] }, { facts })
      .refused(agreementRules.anAgreementNamesItsServices, '/serviceIds');
  });
  it(agreementRules.anAgreementIsAboutRegisteredServices.sentence, () =>
    given()
      .when(draft, { facts: { unknownServices: ['street-cleaning'] } })
      .refused(agreementRules.anAgreementIsAboutRegisteredServices, '/serviceIds'),
  );
  it.each([-1, 0.5, 91])(`${agreementRules.aDisputeWindowIsZeroToNinetyDays.sentence} Not %s.`, (disputeWindowDays) =>
    given()
      .when({ ...draft, disputeWindowDays }, { facts })
      .refused(agreementRules.aDisputeWindowIsZeroToNinetyDays, '/disputeWindowDays'),
  );
});
