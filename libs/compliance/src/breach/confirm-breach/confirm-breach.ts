import type { Consequence } from '@app/agreements/events';
import { Command, Decimal, ensure, type Decide } from '@app/kernel';
import type { CompliancePeriodState } from '../../compliance-period/compliance-period.state.js';
import type { BreachOf } from '../assess-breach/assess-breach.js';
import type { AppliedConsequence, BreachEvent, Detection } from '../breach.events.js';
import { breachRules } from '../breach.rules.js';
import type { BreachState } from '../breach.state.js';

export class ConfirmBreach extends Command<BreachOf> {}

export interface ConfirmBreachFacts {
  readonly period: CompliancePeriodState;
  /** Of the pinned version of the agreement. */
  readonly consequence: Consequence;
}

/** Confirmation and consequence are one append: neither can exist without the other, and both only once. */
export const confirmBreach: Decide<ConfirmBreach, BreachState, BreachEvent, ConfirmBreachFacts> = (
  _command,
  state,
  { period, consequence },
) => {
  if (state.status === 'confirmed') return [];
  ensure(state.status === 'detected', breachRules.aBreachIsDetectedBeforeItIsConfirmed);
  const { detection } = state;
  ensure(
    period.status === 'final' && period.evaluation.resultHash === detection.resultHash,
    breachRules.aBreachIsConfirmedFromFinalFigures,
  );
  return [
    { type: 'BreachConfirmed', data: { resultHash: detection.resultHash } },
    { type: 'ConsequenceApplied', data: servicePoints(consequence, detection) },
  ];
};

/** Points of the severity, multiplied once when the period before failed too (however often), then capped. */
function servicePoints({ points, repeatMultiplier, cap }: Consequence, detection: Detection): AppliedConsequence {
  const { severity, repeatCount } = detection;
  const severityPoints = points.find((one) => one.severity === severity)?.points ?? '0';
  const multiplier = repeatCount > 0 ? repeatMultiplier : '1';
  const due = new Decimal(severityPoints).times(multiplier);
  return {
    kind: 'ServicePoints',
    points: (cap === undefined ? due : Decimal.min(due, cap)).toString(),
    calculation: { severity, severityPoints, multiplier, ...(cap === undefined ? {} : { cap }) },
  };
}
