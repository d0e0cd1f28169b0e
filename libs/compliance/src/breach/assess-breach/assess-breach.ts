import { Command, ensure, type Decide } from '@app/kernel';
import type { CompliancePeriodState } from '../../compliance-period/compliance-period.state.js';
import { hasFigures, resultOf } from '../../compliance-period/compliance-period.state.js';
import type { Result } from '../../compliance-period/compliance-period.events.js';
import type { BreachEvent, Figure } from '../breach.events.js';
import { breachRules } from '../breach.rules.js';
import { figureOf, type BreachState } from '../breach.state.js';

export interface BreachOf {
  readonly agreementId: string;
  readonly objectiveId: string;
  readonly scope: string;
  readonly period: string;
}
export class AssessBreach extends Command<BreachOf> {}

/** The fact is the period: the figures come from its evaluation, never from the caller. */
export const assessBreach: Decide<AssessBreach, BreachState, BreachEvent, CompliancePeriodState> = (
  { data: { agreementId, objectiveId, scope, period: key } },
  state,
  period,
) => {
  ensure(hasFigures(period), breachRules.aBreachComesFromAnEvaluation);
  const { resultHash } = period.evaluation;
  const missed = missedFigure(resultOf(period, { objectiveId, scope }), resultHash);
  if (state.status === 'undetected') {
    const { agreementVersion } = period.opening;
    return missed === undefined
      ? []
      : [
          {
            type: 'BreachDetected',
            data: { agreementId, agreementVersion, objectiveId, scope, period: key, ...missed },
          },
        ];
  }
  if (state.detection.resultHash === resultHash) return [];
  ensure(state.status !== 'confirmed', breachRules.aConfirmedBreachStands);
  if (missed !== undefined) return [{ type: 'BreachReassessed', data: missed }];
  return state.status === 'withdrawn' ? [] : [{ type: 'BreachWithdrawn', data: { resultHash } }];
};

function missedFigure(result: Result | undefined, resultHash: string): Figure | undefined {
  if (result?.verdict !== 'NotMet' || result.value === undefined || result.severity === undefined) return undefined;
  return figureOf({ ...result, value: result.value, severity: result.severity, resultHash });
}
