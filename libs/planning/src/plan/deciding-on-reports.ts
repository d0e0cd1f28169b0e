import { ensure } from '@app/kernel';
import { openedPlan } from './opened-plan.js';
import { isOwner } from './owners.js';
import { isInForce, type PlanInForce, type PlanState, type ProgressReport } from './plan.state.js';
import { planDecisionRules } from './plan-decisions.rules.js';

/** A report of a plan in force. */
export function reportOf(given: PlanState, reportId: string): { state: PlanInForce; report: ProgressReport } {
  const state = openedPlan(given);
  ensure(isInForce(state), planDecisionRules.onlyAPlanInForceIsReportedOn, '', `It is ${state.status}.`);
  const report = state.reports.find((one) => one.reportId === reportId);
  ensure(report !== undefined, planDecisionRules.aReportIsFiledFirst);
  return { state, report };
}

/** Refuses who has filed the report, owns what it is about, or wrote the plan. */
export function ensureMayVerify(state: PlanInForce, { reporter }: ProgressReport, verifier: string): void {
  ensure(verifier !== reporter, planDecisionRules.theReporterDoesNotVerify);
  ensure(!isOwner(state, verifier), planDecisionRules.anOwnerDoesNotVerify);
  ensure(!state.authors.includes(verifier), planDecisionRules.theAuthorDoesNotVerify);
}
