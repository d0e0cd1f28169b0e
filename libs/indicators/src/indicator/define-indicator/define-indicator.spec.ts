import { specFor } from '@app/testing';
import { onTime, onTimeDefined } from '../indicator.examples.js';
import { indicatorRules } from '../indicator.rules.js';
import { indicator } from '../indicator.state.js';
import { DefineIndicator, defineIndicator } from './define-indicator.js';

const { given } = specFor(indicator, DefineIndicator, defineIndicator);

describe('define an indicator', () => {
  it('is defined by its card', () => given().when(onTime).then(onTimeDefined));
  it('sent twice, nothing happens', () => given(onTimeDefined).when(onTime).then());
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
});
