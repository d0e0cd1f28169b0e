import { Command, ensure, type Decide } from '@app/kernel';
import type { IndicatorEvent } from '../indicator.events.js';
import { indicatorRules } from '../indicator.rules.js';
import type { IndicatorState } from '../indicator.state.js';

export class RetireIndicator extends Command<{ readonly reason: string }> {}

export const retireIndicator: Decide<RetireIndicator, IndicatorState, IndicatorEvent> = (
  { data: { reason } },
  state,
) => {
  ensure(state.status !== 'undefined', indicatorRules.anIndicatorIsDefinedFirst);
  if (state.status === 'retired') return [];
  ensure(reason.trim() !== '', indicatorRules.anIndicatorIsRetiredForAReason, '/reason');
  return [{ type: 'IndicatorRetired', data: { reason } }];
};
