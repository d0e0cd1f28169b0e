import type { Objective } from '@app/agreements/events';
import { Command, ensure, type Decide } from '@app/kernel';
import type { CompliancePeriodEvent, Evaluation, Pins, PreviousPin } from '../compliance-period.events.js';
import { compliancePeriodRules } from '../compliance-period.rules.js';
import type { CompliancePeriodState } from '../compliance-period.state.js';
import {
  engineVersion,
  evaluateObjectives,
  inputHashOf,
  resultHashOf,
  scoreOf,
  type Measure,
  type Missed,
} from '../evaluation.js';

export class EvaluatePeriod extends Command<{ readonly agreementId: string; readonly period: string }> {}

export interface EvaluateFacts {
  readonly objectives: readonly Objective[];
  readonly measures: readonly Measure[];
  /** The period before, when it is final. */
  readonly previous?: { readonly pin: PreviousPin; readonly missed: readonly Missed[] };
}

type Evaluable = Exclude<CompliancePeriodState, { readonly status: 'unopened' | 'open' }>;

export const evaluatePeriod: Decide<EvaluatePeriod, CompliancePeriodState, CompliancePeriodEvent, EvaluateFacts> = (
  { metadata },
  state,
  facts,
) => {
  ensure(state.status !== 'unopened', compliancePeriodRules.aPeriodIsOpenedFirst);
  ensure(state.status !== 'open', compliancePeriodRules.onlyACutOffPeriodIsEvaluated);
  const pins = pinsOf(state, facts.previous?.pin);
  const inputHash = inputHashOf(state.opening.agreementId, state.opening.period, pins);
  if ('evaluation' in state && state.evaluation.inputHash === inputHash) return [];
  ensure(state.status !== 'final', compliancePeriodRules.aFinalFigureIsNeverEdited);
  return [
    { type: 'ComplianceEvaluated', data: { evaluatedAt: metadata.occurredAt, pins, ...figures(state, pins, facts) } },
  ];
};

function pinsOf({ opening, cutOff }: Evaluable, previous: PreviousPin | undefined): Pins {
  return {
    agreementVersion: opening.agreementVersion,
    agreementRevision: opening.agreementRevision,
    contentHash: opening.contentHash,
    cutOffAt: cutOff.at,
    indicators: cutOff.indicators,
    readings: cutOff.readings,
    ...(previous === undefined ? {} : { previous }),
    engineVersion,
  };
}

/** The figures and both hashes from pinned inputs: `verify` calls it again and compares. */
export function figures(
  { opening }: Evaluable,
  pins: Pins,
  { objectives, measures, previous }: EvaluateFacts,
): Pick<Evaluation, 'results' | 'score' | 'inputHash' | 'resultHash'> {
  const results = [...evaluateObjectives(objectives, measures, previous?.missed ?? [])];
  const score = scoreOf(objectives, results);
  return {
    results,
    ...(score === undefined ? {} : { score }),
    inputHash: inputHashOf(opening.agreementId, opening.period, pins),
    resultHash: resultHashOf(results, score),
  };
}
