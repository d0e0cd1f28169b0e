import { unhandled, type Aggregate, type PeriodKey } from '@app/kernel';
import {
  breachEvents,
  type AppliedConsequence,
  type BreachEvent,
  type Detection,
  type Figure,
} from './breach.events.js';

export type BreachState =
  | { readonly status: 'undetected' }
  | { readonly status: 'detected'; readonly detection: Detection }
  | { readonly status: 'withdrawn'; readonly detection: Detection }
  | { readonly status: 'confirmed'; readonly detection: Detection; readonly consequence?: AppliedConsequence };

export const breach: Aggregate<BreachState, BreachEvent> = {
  category: 'breach',
  events: breachEvents,
  initial: { status: 'undetected' },
  evolve: (state, event) => {
    if (event.type === 'BreachDetected') return { status: 'detected', detection: event.data };
    if (state.status === 'undetected') return state;
    const { detection } = state;
    switch (event.type) {
      case 'BreachReassessed':
        return { status: 'detected', detection: { ...detection, ...event.data } };
      case 'BreachWithdrawn':
        return { status: 'withdrawn', detection: { ...detection, resultHash: event.data.resultHash } };
      case 'BreachConfirmed':
        return { status: 'confirmed', detection };
      case 'ConsequenceApplied':
        return { status: 'confirmed', detection, consequence: event.data };
      default:
        return unhandled(event);
    }
  },
};

/** The same objective, scope and period always give the same id: a second breach for them cannot exist. */
export const breachId = (agreementId: string, objectiveId: string, scope: string, period: PeriodKey): string =>
  [agreementId, objectiveId, encodeURIComponent(scope), period].join('/');

export const figureOf = ({ severity, value, target, belowMinimum, repeatCount, resultHash }: Figure): Figure => ({
  severity,
  value,
  target,
  belowMinimum,
  repeatCount,
  resultHash,
});
