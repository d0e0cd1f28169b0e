import { isDeepStrictEqual } from 'node:util';
import { Command, ensure, isTimeZone, type Decide } from '@app/kernel';
import type { IndicatorCard, IndicatorEvent } from '../indicator.events.js';
import { indicatorRules } from '../indicator.rules.js';
import type { IndicatorState } from '../indicator.state.js';

export class DefineIndicator extends Command<IndicatorCard> {}

export const defineIndicator: Decide<DefineIndicator, IndicatorState, IndicatorEvent> = ({ data }, state) => {
  ensure(isTimeZone(data.timeZone), indicatorRules.anIndicatorNamesAKnownTimeZone, '/timeZone');
  const names = data.disaggregations;
  ensure(
    new Set(names).size === names.length && names.every((name) => /^[a-z][a-z0-9-]{0,63}$/.test(name)),
    indicatorRules.aDimensionIsDeclaredOnce,
    '/disaggregations',
  );
  if (state.status !== 'undefined') {
    ensure(isDeepStrictEqual(state.versions[0]!.card, data), indicatorRules.anIndicatorIsDefinedOnce);
    return [];
  }
  return [{ type: 'IndicatorDefined', data }];
};
