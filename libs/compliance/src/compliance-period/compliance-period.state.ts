import { unhandled, type Aggregate, type PeriodKey } from '@app/kernel';
import {
  compliancePeriodEvents,
  type CompliancePeriodEvent,
  type CutOff,
  type Evaluation,
  type Opening,
  type Result,
} from './compliance-period.events.js';

interface Opened {
  readonly opening: Opening;
}
interface Cut extends Opened {
  readonly cutOff: CutOff;
}
interface Evaluated extends Cut {
  readonly evaluation: Evaluation;
  /** Every objective and scope that some evaluation of this period found missed: its breach may stand. */
  readonly everMissed: readonly MissedScope[];
}
export interface MissedScope {
  readonly objectiveId: string;
  readonly scope: string;
}

export type Provisional = Evaluated & { readonly status: 'provisional' };
export type Final = Evaluated & { readonly status: 'final'; readonly finalisedAt: string };
export type CompliancePeriodState =
  | { readonly status: 'unopened' }
  | (Opened & { readonly status: 'open' })
  | (Cut & { readonly status: 'cut-off' })
  | Provisional
  | Final;

export const compliancePeriod: Aggregate<CompliancePeriodState, CompliancePeriodEvent> = {
  category: 'compliance',
  events: compliancePeriodEvents,
  initial: { status: 'unopened' },
  evolve: (state, event) => {
    switch (event.type) {
      case 'CompliancePeriodOpened':
        return { status: 'open', opening: event.data };
      case 'CompliancePeriodCutOff':
        return state.status === 'open' ? { ...state, status: 'cut-off', cutOff: event.data } : state;
      case 'ComplianceEvaluated':
        return 'cutOff' in state ? evaluated(state, event.data) : state;
      case 'ComplianceFinalised':
        return state.status === 'provisional'
          ? { ...state, status: 'final', finalisedAt: event.data.finalisedAt }
          : state;
      default:
        return unhandled(event);
    }
  },
};

function evaluated(state: Cut & Partial<Evaluated>, evaluation: Evaluation): Provisional {
  const known = state.everMissed ?? [];
  const missed = evaluation.results
    .filter(({ verdict }) => verdict === 'NotMet')
    .filter((one) => !known.some((other) => isSameScope(one, other)))
    .map(({ objectiveId, scope }) => ({ objectiveId, scope }));
  return {
    status: 'provisional',
    opening: state.opening,
    cutOff: state.cutOff,
    evaluation,
    everMissed: [...known, ...missed],
  };
}

export const isSameScope = (left: MissedScope, right: MissedScope): boolean =>
  left.objectiveId === right.objectiveId && left.scope === right.scope;

export const resultOf = (state: Provisional | Final, missed: MissedScope): Result | undefined =>
  state.evaluation.results.find((one) => isSameScope(one, missed));

export const hasFigures = (state: CompliancePeriodState): state is Provisional | Final => 'evaluation' in state;

/** One period of one agreement: `street-services/2011-07`. */
export const compliancePeriodId = (agreementId: string, period: PeriodKey): string => `${agreementId}/${period}`;
