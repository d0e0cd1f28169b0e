import { specFor } from '@app/testing';
import { activated, active, awaiting, drafted, onTime, providerSigned, signedByAll } from '../agreement.examples.js';
import { agreementRules } from '../agreement.rules.js';
import { agreement, termsInForce } from '../agreement.state.js';
import { ActivateAgreement, activateAgreement, warningsFor } from './activate-agreement.js';

const { given } = specFor(agreement, ActivateAgreement, activateAgreement);
const fromJuly = { effectiveFrom: '2011-07-01' };

describe('activate an agreement', () => {
  it('is in force from the first day of a period', () =>
    given(...signedByAll)
      .when(fromJuly)
      .then(activated));
  it('binds from that day and not on the day before', () => {
    const state = active.reduce(agreement.evolve, agreement.initial);
    expect(termsInForce(state, '2011-06-30')).toBeUndefined();
    expect(termsInForce(state, '2011-07-01')).toMatchObject({ version: 1, terms: { title: 'Street services' } });
  });
  it('sent twice, nothing happens', () =>
    given(...active)
      .when(fromJuly)
      .then());
  it(agreementRules.anAgreementIsDraftedFirst.sentence, () =>
    given().when(fromJuly).refused(agreementRules.anAgreementIsDraftedFirst),
  );
  it(agreementRules.allPartiesSignBeforeActivation.sentence, () => {
    for (const history of [[drafted], awaiting, [...awaiting, providerSigned]])
      given(...history)
        .when(fromJuly)
        .refused(agreementRules.allPartiesSignBeforeActivation);
  });
  it.each([
    ['month', '2011-07-02'],
    ['quarter', '2011-08-01'],
    ['year', '2011-07-01'],
    ['fiscal-year', '2011-07-01'],
  ] as const)(`${agreementRules.anAgreementStartsAtAPeriodBoundary.sentence} (%s: not %s)`, (window, effectiveFrom) => {
    const fiscalYearStart = window === 'fiscal-year' ? { fiscalYearStart: 4 } : {};
    const changed = { type: 'ObjectiveChanged' as const, data: { ...onTime, window, ...fiscalYearStart } };
    given(...signedByAll.slice(0, 4), changed, ...signedByAll.slice(4))
      .when({ effectiveFrom })
      .refused(agreementRules.anAgreementStartsAtAPeriodBoundary, '/effectiveFrom');
  });
  it('is warned of when every figure may be green while users are not content', () => {
    expect(warningsFor(['Timeliness', 'Cost'])).toEqual([expect.stringContaining('experience or outcome')]);
    expect([warningsFor(['Timeliness', 'Experience']), warningsFor(['Outcome'])]).toEqual([[], []]);
  });
  it(agreementRules.anAgreementIsActivatedOnce.sentence, () =>
    given(...active)
      .when({ effectiveFrom: '2011-08-01' })
      .refused(agreementRules.anAgreementIsActivatedOnce),
  );
});
