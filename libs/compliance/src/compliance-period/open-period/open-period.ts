import { termsInForce, type AgreementState } from '@app/agreements/events';
import { boundsOf, Command, cycleOf, ensure, firstDayOf, type Decide } from '@app/kernel';
import type { CompliancePeriodEvent } from '../compliance-period.events.js';
import { compliancePeriodRules } from '../compliance-period.rules.js';
import type { CompliancePeriodState } from '../compliance-period.state.js';

export class OpenPeriod extends Command<{ readonly agreementId: string; readonly period: string }> {}

export interface OpenPeriodFacts {
  readonly agreement: AgreementState;
  readonly agreementRevision: bigint;
  readonly timeZone: string | undefined;
}

export const openPeriod: Decide<OpenPeriod, CompliancePeriodState, CompliancePeriodEvent, OpenPeriodFacts> = (
  { data: { agreementId, period } },
  state,
  { agreement, agreementRevision, timeZone },
) => {
  const cycle = cycleOf(period);
  ensure(cycle !== undefined, compliancePeriodRules.aPeriodIsACalendarPeriod, '/period');
  if (state.status !== 'unopened') return [];
  const fiscalYearStart = fiscalYearStartOf(agreement);
  const inForce = termsInForce(agreement, firstDayOf(period, fiscalYearStart));
  ensure(inForce !== undefined, compliancePeriodRules.anAgreementIsInForceWhenItsPeriodStarts, '/period');
  ensure(
    inForce.terms.objectives.some(({ window }) => window === cycle),
    compliancePeriodRules.aPeriodIsTheWindowOfAnObjective,
    '/period',
  );
  ensure(timeZone !== undefined, compliancePeriodRules.anAgencyIsRegisteredFirst);
  const { from, to } = boundsOf(period, timeZone, fiscalYearStart);
  return [
    {
      type: 'CompliancePeriodOpened',
      data: {
        agreementId,
        agreementTitle: inForce.terms.title,
        agreementVersion: inForce.version,
        agreementRevision: agreementRevision.toString(),
        contentHash: inForce.contentHash,
        disputeWindowDays: inForce.terms.disputeWindowDays,
        period,
        timeZone,
        from: from.toISOString(),
        to: to.toISOString(),
      },
    },
  ];
};

/** All fiscal years of one agreement start in the same month. */
const fiscalYearStartOf = (agreement: AgreementState): number | undefined =>
  agreement.status === 'undrafted'
    ? undefined
    : agreement.terms.objectives.find(({ fiscalYearStart }) => fiscalYearStart !== undefined)?.fiscalYearStart;
