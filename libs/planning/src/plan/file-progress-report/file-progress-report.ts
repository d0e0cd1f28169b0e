import { Command, ensure, isDecimalText, type Decide } from '@app/kernel';
import { same } from '../editing.js';
import type { Measurement } from '../measurement.js';
import { openedPlan } from '../opened-plan.js';
import { goalsOf, isOwner } from '../owners.js';
import type { Evidence, GoalResult, PlanEvent } from '../plan.events.js';
import { isInForce, type Plan, type PlanState, type ProgressReport } from '../plan.state.js';
import { daysOf, fiscalYearStartOf, overlap } from '../plan-days.js';
import { planDecisionRules } from '../plan-decisions.rules.js';

/** To be taken from the readings of the goal's indicator in the period of the report. */
export interface MeasuredResult {
  readonly kind: 'measured';
  readonly goalId: string;
}

export class FileProgressReport extends Command<{
  readonly reportId: string;
  readonly period: string;
  readonly results: readonly (GoalResult | MeasuredResult)[];
  readonly narrative: string;
  readonly evidence: readonly Evidence[];
}> {}

/** What the readings come to; without a value where they give none. */
export type Figure = Pick<Measurement, 'value' | 'readings'>;

export interface FileProgressReportFacts {
  /** Of the goals with a measured result, by goal. */
  readonly figures: ReadonlyMap<string, Figure>;
}

export const fileProgressReport: Decide<FileProgressReport, PlanState, PlanEvent, FileProgressReportFacts> = (
  { data, metadata },
  given,
  { figures },
) => {
  const state = openedPlan(given);
  const { reportId, period, narrative } = data;
  const reporter = metadata.actor.person;
  const evidence = [...data.evidence];
  ensure(isInForce(state), planDecisionRules.onlyAPlanInForceIsReportedOn, '', `It is ${state.status}.`);
  ensure(isOwner(state, reporter), planDecisionRules.anOwnerFilesProgress);
  const before = state.reports.find((one) => one.reportId === reportId);
  if (before !== undefined && before.status !== 'returned') {
    const results = data.results.map((result) => asItStands(result, before));
    const filed = { period, results, narrative, evidence, reporter };
    ensure(same(contentOf(before), filed), planDecisionRules.aReportIsFiledAgainWhenReturned, '/reportId');
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
  const results = data.results.map((result, at) => taken(result, figures, `/results/${at}`));
  ensureResults(
    results,
    goalsOf(state, reporter).map(({ goalId }) => goalId),
  );
  return [{ type: 'ProgressReportFiled', data: { reportId, period, results, narrative, evidence, reporter } }];
};

/** A measured result that was filed is not measured again. */
const asItStands = (result: GoalResult | MeasuredResult, { results }: ProgressReport): GoalResult | MeasuredResult =>
  result.kind === 'measured' ? (results.find(({ goalId }) => goalId === result.goalId) ?? result) : result;

function taken(
  result: GoalResult | MeasuredResult,
  figures: FileProgressReportFacts['figures'],
  pointer: string,
): GoalResult {
  if (result.kind !== 'measured') return result;
  const { value, readings = [] } = figures.get(result.goalId) ?? {};
  ensure(value !== undefined, planDecisionRules.aMeasuredResultIsTakenFromReadings, pointer);
  return { kind: 'value', goalId: result.goalId, value, readings: [...readings] };
}

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

const contentOf = ({ period, results, narrative, evidence, reporter }: ProgressReport) => ({
  period,
  results,
  narrative,
  evidence,
  reporter,
});
