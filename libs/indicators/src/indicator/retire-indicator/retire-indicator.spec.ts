import { specFor } from '@app/testing';
import { onTimeDefined, onTimeRetired } from '../indicator.examples.js';
import { indicatorRules } from '../indicator.rules.js';
import { indicator } from '../indicator.state.js';
import { RetireIndicator, retireIndicator } from './retire-indicator.js';

const { given } = specFor(indicator, RetireIndicator, retireIndicator);
const retirement = { reason: 'Replaced by the median time to close' };

describe('retire an indicator', () => {
  it('is retired for a reason', () => given(onTimeDefined).when(retirement).then(onTimeRetired));
  it('sent twice, nothing happens', () => given(onTimeDefined, onTimeRetired).when(retirement).then());
  it(indicatorRules.anIndicatorIsDefinedFirst.sentence, () =>
    given().when(retirement).refused(indicatorRules.anIndicatorIsDefinedFirst),
  );
  it(indicatorRules.anIndicatorIsRetiredForAReason.sentence, () =>
    given(onTimeDefined).when({ reason: '' }).refused(indicatorRules.anIndicatorIsRetiredForAReason, '/reason'),
  );
});
