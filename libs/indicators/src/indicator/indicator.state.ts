import { firstDayOf, unhandled, type Aggregate, type PeriodKey } from '@app/kernel';
import { indicatorEvents, type IndicatorCard, type IndicatorEvent } from './indicator.events.js';

export interface CardVersion {
  readonly version: number;
  readonly card: IndicatorCard;
  /** Left out for the definition, which holds from the beginning. */
  readonly effectiveFromPeriod?: PeriodKey;
}

export interface IndicatorOwner {
  readonly person: string;
  /** Local date. */
  readonly from: string;
}

interface Described extends CardVersion {
  /** All versions, the newest last; `card` and `version` are those of the newest. */
  readonly versions: readonly CardVersion[];
  readonly owner?: IndicatorOwner;
}

export type Defined = Described & { readonly status: 'defined' };
export type Retired = Described & { readonly status: 'retired'; readonly retiredFor: string };
export type IndicatorState = { readonly status: 'undefined' } | Defined | Retired;

export const indicator: Aggregate<IndicatorState, IndicatorEvent> = {
  category: 'indicator',
  events: indicatorEvents,
  initial: { status: 'undefined' },
  evolve: (state, event) => {
    if (event.type === 'IndicatorDefined') {
      const first = { version: 1, card: event.data };
      return { status: 'defined', ...first, versions: [first] };
    }
    return state.status === 'undefined' ? state : evolveDescribed(state, event);
  },
};

function evolveDescribed(
  state: Defined | Retired,
  event: Exclude<IndicatorEvent, { type: 'IndicatorDefined' }>,
): IndicatorState {
  switch (event.type) {
    case 'IndicatorRevised': {
      const { version, card, effectiveFromPeriod } = event.data;
      const next = { version, card, effectiveFromPeriod };
      return { ...state, ...next, versions: [...state.versions, next] };
    }
    case 'IndicatorOwnerAssigned':
      return { ...state, owner: event.data };
    case 'IndicatorRetired':
      return { ...state, status: 'retired', retiredFor: event.data.reason };
    default:
      return unhandled(event);
  }
}

/** The card in force for a period: the newest version that holds from it or from a period before it. */
export function cardFor({ versions }: Defined | Retired, period: PeriodKey): CardVersion {
  const { fiscalYearStart } = versions[0]!.card;
  const holds = (from: PeriodKey): boolean => firstDayOf(from, fiscalYearStart) <= firstDayOf(period, fiscalYearStart);
  return versions.findLast(({ effectiveFromPeriod: from }) => from === undefined || holds(from))!;
}
