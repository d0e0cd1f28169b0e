import { isDeepStrictEqual } from 'node:util';
import { Command, ensure, type Decide } from '@app/kernel';
import { ensureSound } from '../sound-card.js';
import type { IndicatorCard, IndicatorEvent } from '../indicator.events.js';
import { indicatorRules } from '../indicator.rules.js';
import type { IndicatorState } from '../indicator.state.js';

export class DefineIndicator extends Command<IndicatorCard> {}

/** The card of the indicator that a derived one reads from, when there is one. */
export type SourceCard = Pick<IndicatorCard, 'kind' | 'readsFrom'> | undefined;

export const defineIndicator: Decide<DefineIndicator, IndicatorState, IndicatorEvent, SourceCard> = (
  { data },
  state,
  source,
) => {
  if (state.status !== 'undefined') {
    ensure(isDeepStrictEqual(state.versions[0]!.card, data), indicatorRules.anIndicatorIsDefinedOnce);
    return [];
  }
  ensureSound(data);
  ensure(
    data.readsFrom === undefined || (source?.kind === data.kind && source.readsFrom === undefined),
    indicatorRules.aDerivedCardReadsALedgerOfItsKind,
    '/readsFrom',
  );
  return [{ type: 'IndicatorDefined', data }];
};
