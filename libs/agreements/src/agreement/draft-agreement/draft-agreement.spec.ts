import { specFor } from '@app/testing';
import { draft, drafted } from '../agreement.examples.js';
import { agreementRules } from '../agreement.rules.js';
import { agreement } from '../agreement.state.js';
import { DraftAgreement, draftAgreement } from './draft-agreement.js';

const { given } = specFor(agreement, DraftAgreement, draftAgreement);

describe('draft an agreement', () => {
  it('is drafted by the person who acts', () => given().when(draft).then(drafted));
  it('sent twice, nothing happens', () => given(drafted).when(draft).then());
  it(agreementRules.anAgreementIsDraftedOnce.sentence, () =>
    given(drafted)
      .when({ ...draft, title: 'Streets' })
      .refused(agreementRules.anAgreementIsDraftedOnce),
  );
  it(agreementRules.anAgreementNamesItsServices.sentence, () => {
    given()
      .when({ ...draft, serviceIds: [] })
      .refused(agreementRules.anAgreementNamesItsServices, '/serviceIds');
    given()
      .when({ ...draft, serviceIds: ['streets', 'streets'] })
      .refused(agreementRules.anAgreementNamesItsServices, '/serviceIds');
  });
  it.each([-1, 0.5, 91])(`${agreementRules.aDisputeWindowIsZeroToNinetyDays.sentence} Not %s.`, (disputeWindowDays) =>
    given()
      .when({ ...draft, disputeWindowDays })
      .refused(agreementRules.aDisputeWindowIsZeroToNinetyDays, '/disputeWindowDays'),
  );
});
