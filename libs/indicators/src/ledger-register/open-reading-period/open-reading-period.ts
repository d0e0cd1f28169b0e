import { Command, ensure, isPeriodKey, type Decide, type PeriodKey, type ReportingCycle } from '@app/kernel';
import type { LedgerRegisterEvent } from '../ledger-register.events.js';
import { ledgerRegisterRules } from '../ledger-register.rules.js';
import type { LedgerRegister } from '../ledger-register.state.js';

/** The id is the indicator. */
export class OpenReadingPeriod extends Command<{
  readonly period: PeriodKey;
  readonly reportingCycle: ReportingCycle;
}> {}

export const openReadingPeriod: Decide<OpenReadingPeriod, LedgerRegister, LedgerRegisterEvent> = (
  { data: { period, reportingCycle } },
  { periods },
) => {
  ensure(
    isPeriodKey(period, reportingCycle),
    ledgerRegisterRules.aPeriodFollowsTheReportingCycle,
    '/period',
    `It is reported by ${reportingCycle}.`,
  );
  return periods.includes(period) ? [] : [{ type: 'ReadingPeriodOpened', data: { period } }];
};
