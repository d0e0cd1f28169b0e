import { unhandled, type Aggregate } from '@app/kernel';
import { indicatorEvents, type IndicatorCard, type IndicatorEvent } from './indicator.events.js';

export type IndicatorState =
  { readonly status: 'undefined' } | { readonly status: 'defined'; readonly card: IndicatorCard };

export const indicator: Aggregate<IndicatorState, IndicatorEvent> = {
  category: 'indicator',
  events: indicatorEvents,
  initial: { status: 'undefined' },
  evolve: (_state, event) => {
    switch (event.type) {
      case 'IndicatorDefined':
        return { status: 'defined', card: event.data };
      default:
        return unhandled(event.type);
    }
  },
};
