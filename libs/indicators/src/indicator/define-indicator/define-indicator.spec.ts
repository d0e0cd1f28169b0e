import { specFor } from '@app/testing';
import { onTime, onTimeDefined, onTimeRetired, onTimeRevised } from '../indicator.examples.js';
import { indicatorRules } from '../indicator.rules.js';
import { indicator } from '../indicator.state.js';
import { DefineIndicator, defineIndicator } from './define-indicator.js';

const { given } = specFor(indicator, DefineIndicator, defineIndicator);

describe('define an indicator', () => {
  it('is defined by its card', () => given().when(onTime).then(onTimeDefined));
  it('sent twice, nothing happens', () => given(onTimeDefined).when(onTime).then());
  it('sent again after it was revised or retired, nothing happens', () =>
    given(onTimeDefined, onTimeRevised, onTimeRetired).when(onTime).then());
  it(indicatorRules.anIndicatorIsDefinedOnce.sentence, () =>
    given(onTimeDefined)
      .when({ ...onTime, denominatorPolicy: 'completed-only' })
      .refused(indicatorRules.anIndicatorIsDefinedOnce),
  );
  it(indicatorRules.anIndicatorNamesAKnownTimeZone.sentence, () =>
    given()
      .when({ ...onTime, timeZone: 'Boston' })
      .refused(indicatorRules.anIndicatorNamesAKnownTimeZone, '/timeZone'),
  );
  it(indicatorRules.aDimensionIsDeclaredOnce.sentence, () =>
    given()
      .when({ ...onTime, disaggregations: ['ward', 'ward'] })
      .refused(indicatorRules.aDimensionIsDeclaredOnce, '/disaggregations'),
  );
  it(indicatorRules.aDistrictDimensionIsDeclared.sentence, () =>
    given()
      .when({ ...onTime, districtDimension: 'borough' })
      .refused(indicatorRules.aDistrictDimensionIsDeclared, '/districtDimension'),
  );
  it(indicatorRules.anAggregationFitsTheKind.sentence, () => {
    given()
      .when({ ...onTime, aggregation: 'mean' })
      .refused(indicatorRules.anAggregationFitsTheKind, '/aggregation');
    given()
      .when({ ...onTime, kind: 'ratio', aggregation: 'median' })
      .refused(indicatorRules.anAggregationFitsTheKind, '/aggregation');
    given()
      .when({ ...onTime, kind: 'value', aggregation: 'ratio-of-sums' })
      .refused(indicatorRules.anAggregationFitsTheKind, '/aggregation');
    const median = { ...onTime, kind: 'value', aggregation: 'median' } as const;
    given().when(median).then({ type: 'IndicatorDefined', data: median });
  });
  it(indicatorRules.aFiscalYearStartsAfterJanuary.sentence, () => {
    given()
      .when({ ...onTime, reportingCycle: 'fiscal-year' })
      .refused(indicatorRules.aFiscalYearStartsAfterJanuary, '/fiscalYearStart');
    const fromApril = { ...onTime, reportingCycle: 'fiscal-year', fiscalYearStart: 4 } as const;
    given().when(fromApril).then({ type: 'IndicatorDefined', data: fromApril });
  });
  it(indicatorRules.aDerivedCardReadsALedgerOfItsKind.sentence, () => {
    const derived = { ...onTime, readsFrom: 'on-time' };
    const rule = indicatorRules.aDerivedCardReadsALedgerOfItsKind;
    given().when(derived).refused(rule, '/readsFrom');
    given()
      .when(derived, { facts: { kind: 'ratio' } })
      .refused(rule);
    given()
      .when(derived, { facts: { kind: 'case', readsFrom: 'other' } })
      .refused(rule);
    given()
      .when(derived, { facts: { kind: 'case' } })
      .then({ type: 'IndicatorDefined', data: derived });
  });
});
