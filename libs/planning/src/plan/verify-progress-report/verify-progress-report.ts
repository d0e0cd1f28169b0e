import { Command, ensure, type Decide } from '@app/kernel';
import { ensureMayVerify, reportOf } from '../deciding-on-reports.js';
import type { PlanEvent } from '../plan.events.js';
import type { PlanState } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';

export class VerifyProgressReport extends Command<{ readonly reportId: string }> {}

export const verifyProgressReport: Decide<VerifyProgressReport, PlanState, PlanEvent> = (
  { data: { reportId }, metadata },
  given,
) => {
  const { state, report } = reportOf(given, reportId);
  const verifier = metadata.actor.person;
  if (report.status === 'verified' && report.verifier === verifier) return [];
  ensure(report.status === 'filed', planDecisionRules.onlyAFiledReportIsDecidedOn, '', `It is ${report.status}.`);
  ensureMayVerify(state, report, verifier);
  return [{ type: 'ProgressReportVerified', data: { reportId, verifier } }];
};
