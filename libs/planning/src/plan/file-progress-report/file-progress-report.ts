import { Command, ensure, isDecimalText, type Decide } from '@app/kernel';
import { same } from '../editing.js';
import { openedPlan } from '../opened-plan.js';
import { goalsOf, isOwner } from '../owners.js';
import type { Evidence, GoalResult, PlanEvent } from '../plan.events.js';
import { isInForce, type Plan, type PlanState, type ProgressReport } from '../plan.state.js';
import { daysOf, fiscalYearStartOf, overlap } from '../plan-days.js';
import { planDecisionRules } from '../plan-decisions.rules.js';

export class FileProgressReport extends Command<{
  readonly reportId: string;
  readonly period: string;
  readonly results: readonly GoalResult[];
  readonly narrative: string;
  readonly evidence: readonly Evidence[];
}> {}

export const fileProgressReport: Decide<FileProgressReport, PlanState, PlanEvent> = ({ data, metadata }, given) => {
  const state = openedPlan(given);
  const { reportId, period, narrative } = data;
  const reporter = metadata.actor.person;
  const [results, evidence] = [[...data.results], [...data.evidence]];
  const filed = { reportId, period, results, narrative, evidence, reporter };
  ensure(isInForce(state), planDecisionRules.onlyAPlanInForceIsReportedOn, '', `It is ${state.status}.`);
  ensure(isOwner(state, reporter), planDecisionRules.anOwnerFilesProgress);
  const before = state.reports.find((one) => one.reportId === reportId);
  if (before !== undefined && before.status !== 'returned') {
    ensure(same(contentOf(before), contentOf(filed)), planDecisionRules.aReportIsFiledAgainWhenReturned, '/reportId');
    return [];
  }
  ensure(
    before === undefined || (before.reporter === reporter && before.period === period),
    planDecisionRules.aReportKeepsItsReporterAndPeriod,
    '/reportId',
  );
  ensure(
    !state.reports.some((one) => one !== before && one.reporter === reporter && one.period === period),
    planDecisionRules.aPeriodIsReportedOnceByAnOwner,
    '/period',
  );
  ensurePeriodOf(state, period, metadata.occurredAt);
  ensureResults(
    results,
    goalsOf(state, reporter).map(({ goalId }) => goalId),
  );
  return [{ type: 'ProgressReportFiled', data: filed }];
};

function ensurePeriodOf(plan: Plan, period: string, occurredAt: string): void {
  const days = daysOf(period, fiscalYearStartOf(plan));
  ensure(
    days !== undefined && overlap(days, plan) && days.from <= occurredAt.slice(0, 10),
    planDecisionRules.aReportIsAboutAPeriodOfThePlan,
    '/period',
    `The plan is from ${plan.from} to ${plan.to}.`,
  );
}

function ensureResults(results: readonly GoalResult[], goalIds: readonly string[]): void {
  ensure(
    results.length > 0 && new Set(results.map(({ goalId }) => goalId)).size === results.length,
    planDecisionRules.aReportNamesItsResults,
    '/results',
  );
  results.forEach((result, at) => {
    ensure(goalIds.includes(result.goalId), planDecisionRules.anOwnerReportsOnGoalsServed, `/results/${at}/goalId`);
    ensure(
      result.kind !== 'value' || isDecimalText(result.value),
      planDecisionRules.reportedValuesAreDecimals,
      `/results/${at}/value`,
    );
  });
}

type Filed = Omit<ProgressReport, 'status' | 'findings'>;

const contentOf = ({ period, results, narrative, evidence, reporter }: Filed) => ({
  period,
  results,
  narrative,
  evidence,
  reporter,
});
