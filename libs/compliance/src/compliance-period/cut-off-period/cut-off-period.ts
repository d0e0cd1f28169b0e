import { Command, ensure, type Decide } from '@app/kernel';
import type { CompliancePeriodEvent, IndicatorPin, LedgerPin } from '../compliance-period.events.js';
import { compliancePeriodRules } from '../compliance-period.rules.js';
import type { CompliancePeriodState } from '../compliance-period.state.js';

export class CutOffPeriod extends Command<{ readonly agreementId: string; readonly period: string }> {}

/** Where the indicators and their reading ledgers stand now: later readings do not count for this period. */
export interface CutOffFacts {
  readonly indicators: readonly IndicatorPin[];
  readonly readings: readonly LedgerPin[];
}

export const cutOffPeriod: Decide<CutOffPeriod, CompliancePeriodState, CompliancePeriodEvent, CutOffFacts> = (
  { metadata },
  state,
  { indicators, readings },
) => {
  ensure(state.status !== 'unopened', compliancePeriodRules.aPeriodIsOpenedFirst);
  if (state.status !== 'open') return [];
  ensure(
    Date.parse(metadata.occurredAt) >= Date.parse(state.opening.to),
    compliancePeriodRules.aPeriodIsCutOffAfterItsEnd,
    '',
    `It ends at ${state.opening.to}.`,
  );
  return [
    {
      type: 'CompliancePeriodCutOff',
      data: { at: metadata.occurredAt, indicators: [...indicators], readings: [...readings] },
    },
  ];
};
