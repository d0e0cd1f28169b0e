import { Command, ensure, type Decide } from '@app/kernel';
import { ensureMayVerify, reportOf } from '../deciding-on-reports.js';
import { same } from '../editing.js';
import type { Finding, PlanEvent } from '../plan.events.js';
import type { PlanState } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';

export class ReturnProgressReport extends Command<{
  readonly reportId: string;
  readonly findings: readonly Finding[];
}> {}

export const returnProgressReport: Decide<ReturnProgressReport, PlanState, PlanEvent> = ({ data, metadata }, given) => {
  const { reportId } = data;
  const findings = [...data.findings];
  const { state, report } = reportOf(given, reportId);
  const verifier = metadata.actor.person;
  ensure(findings.length > 0, planDecisionRules.aReturnNamesItsFindings, '/findings');
  const stands = report.status === 'returned' && report.verifier === verifier;
  if (stands && same(report.findings, findings)) return [];
  ensure(report.status === 'filed', planDecisionRules.onlyAFiledReportIsDecidedOn, '', `It is ${report.status}.`);
  ensureMayVerify(state, report, verifier);
  return [{ type: 'ProgressReportReturned', data: { reportId, findings, verifier } }];
};
