import { Command, ensure, type Decide } from '@app/kernel';
import type { CompliancePeriodEvent } from '../compliance-period.events.js';
import { compliancePeriodRules } from '../compliance-period.rules.js';
import type { CompliancePeriodState } from '../compliance-period.state.js';

export class FinalisePeriod extends Command<{ readonly agreementId: string; readonly period: string }> {}

const dayInMilliseconds = 86_400_000;

/** The fact is the period before this one. */
export const finalisePeriod: Decide<
  FinalisePeriod,
  CompliancePeriodState,
  CompliancePeriodEvent,
  CompliancePeriodState
> = ({ metadata }, state, previous) => {
  ensure(state.status !== 'unopened', compliancePeriodRules.aPeriodIsOpenedFirst);
  if (state.status === 'final') return [];
  ensure(state.status === 'provisional', compliancePeriodRules.onlyAnEvaluatedPeriodIsFinalised);
  const { evaluatedAt, pins, resultHash } = state.evaluation;
  const { disputeWindowDays } = state.opening;
  ensure(
    Date.parse(metadata.occurredAt) >= Date.parse(evaluatedAt) + disputeWindowDays * dayInMilliseconds,
    compliancePeriodRules.aPeriodIsFinalAfterItsDisputeWindow,
    '',
    `It was evaluated at ${evaluatedAt}; the window is ${disputeWindowDays} days.`,
  );
  if (previous.status !== 'unopened') {
    ensure(previous.status === 'final', compliancePeriodRules.periodsAreFinalisedInOrder);
    ensure(
      pins.previous?.resultHash === previous.evaluation.resultHash,
      compliancePeriodRules.repeatsCountFinalFigures,
    );
  }
  return [{ type: 'ComplianceFinalised', data: { finalisedAt: metadata.occurredAt, resultHash } }];
};
