import { exampleMetadata, specFor } from '@app/testing';
import {
  awaiting,
  closed,
  inForce,
  leaksGoal,
  report,
  reportFiled,
  reportReturned,
  reportVerified,
  secondCrew,
  weakeningProposed,
} from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { FileProgressReport, fileProgressReport } from './file-progress-report.js';

const { given } = specFor(plan, FileProgressReport, fileProgressReport);
const readings = [{ ledger: 'leak-days/2026-Q4', revision: '12' }];
const figure = { value: '6.25', readings };
const as = (person: string) => ({
  actor: { ...exampleMetadata.actor, person, role: 'service-owner' },
  occurredAt: '2027-01-10T09:00:00Z',
  facts: { figures: new Map([['leaks-in-three-days', figure]]) },
});
const owner = as('p-owner');
const of = (...results: FileProgressReport['data']['results']) => ({ ...report, results });
const by = 'p-clerk';

describe('file a progress report', () => {
  it('is filed by the owner for a period', () =>
    given(...inForce)
      .when(report, owner)
      .then(reportFiled));
  it('is filed while a revision is decided on, too', () =>
    given(...inForce, weakeningProposed)
      .when(report, owner)
      .then(reportFiled));
  it('sent twice, nothing happens', () => {
    for (const history of [
      [...inForce, reportFiled],
      [...inForce, reportFiled, reportVerified],
    ])
      given(...history)
        .when(report, owner)
        .then();
  });
  it('is filed again after it was returned', () => {
    const mended = { ...report, narrative: 'The crew works since November.' };
    given(...inForce, reportFiled, reportReturned)
      .when(mended, owner)
      .then({ type: 'ProgressReportFiled', data: { ...mended, reporter: 'p-owner' } });
  });
  it('takes a measured result from the readings of the period, and only once', () => {
    const measured = of({ kind: 'measured', goalId: 'leaks-in-three-days' });
    const filed: PlanEvent = {
      type: 'ProgressReportFiled',
      data: {
        ...report,
        results: [{ kind: 'value', goalId: 'leaks-in-three-days', value: '6.25', readings }],
        reporter: 'p-owner',
      },
    };
    given(...inForce)
      .when(measured, owner)
      .then(filed);
    given(...inForce, filed)
      .when(measured, { ...owner, facts: { figures: new Map() } })
      .then();
  });
  it(planDecisionRules.aMeasuredResultIsTakenFromReadings.sentence, () => {
    for (const figures of [new Map(), new Map([['leaks-in-three-days', { readings }]])])
      given(...inForce)
        .when(of({ kind: 'measured', goalId: 'leaks-in-three-days' }), { ...owner, facts: { figures } })
        .refused(planDecisionRules.aMeasuredResultIsTakenFromReadings, '/results/0');
  });
  it('is about goals that a solution serves by their problems, too', () => {
    const other: PlanEvent = { type: 'GoalSet', data: { ...leaksGoal, goalId: 'no-leaks', by } };
    const result = { kind: 'no-data' as const, goalId: 'no-leaks', reason: 'Not counted yet.' };
    given(...inForce, other)
      .when(of(result), owner)
      .then({ type: 'ProgressReportFiled', data: { ...report, results: [result], reporter: 'p-owner' } });
  });
  it(planRules.aPlanIsOpenedFirst.sentence, () => given().when(report, owner).refused(planRules.aPlanIsOpenedFirst));
  it(planDecisionRules.onlyAPlanInForceIsReportedOn.sentence, () => {
    for (const history of [awaiting, closed])
      given(...history)
        .when(report, owner)
        .refused(planDecisionRules.onlyAPlanInForceIsReportedOn);
  });
  it(planDecisionRules.anOwnerFilesProgress.sentence, () =>
    given(...inForce)
      .when(report, as('p-clerk'))
      .refused(planDecisionRules.anOwnerFilesProgress),
  );
  it.each(['2026', 'FY2025-26', '2025-Q4', '2027-02', '2030', 'soon'])(
    `${planDecisionRules.aReportIsAboutAPeriodOfThePlan.sentence} %s`,
    (period) => {
      const asked = given(...inForce).when({ ...report, period }, owner);
      if (period === '2026')
        asked.then({ type: 'ProgressReportFiled', data: { ...report, period, reporter: 'p-owner' } });
      else asked.refused(planDecisionRules.aReportIsAboutAPeriodOfThePlan, '/period');
    },
  );
  it(planDecisionRules.aReportNamesItsResults.sentence, () => {
    for (const results of [[], [...report.results, ...report.results]])
      given(...inForce)
        .when(of(...results), owner)
        .refused(planDecisionRules.aReportNamesItsResults, '/results');
  });
  it(planDecisionRules.anOwnerReportsOnGoalsServed.sentence, () => {
    const other: PlanEvent = { type: 'GoalSet', data: { ...leaksGoal, goalId: 'other', problemIds: ['another'], by } };
    for (const goalId of ['other', 'unknown'])
      given(...inForce, other)
        .when(of({ kind: 'value', goalId, value: '1', readings: [] }), owner)
        .refused(planDecisionRules.anOwnerReportsOnGoalsServed, '/results/0/goalId');
  });
  it(planDecisionRules.reportedValuesAreDecimals.sentence, () =>
    given(...inForce)
      .when(of({ kind: 'value', goalId: 'leaks-in-three-days', value: '1e3', readings: [] }), owner)
      .refused(planDecisionRules.reportedValuesAreDecimals, '/results/0/value'),
  );
  it(planDecisionRules.aReportIsFiledAgainWhenReturned.sentence, () =>
    given(...inForce, reportFiled)
      .when({ ...report, narrative: 'Another one.' }, owner)
      .refused(planDecisionRules.aReportIsFiledAgainWhenReturned, '/reportId'),
  );
  it(planDecisionRules.aPeriodIsReportedOnceByAnOwner.sentence, () =>
    given(...inForce, reportFiled)
      .when({ ...report, reportId: 'again' }, owner)
      .refused(planDecisionRules.aPeriodIsReportedOnceByAnOwner, '/period'),
  );
  it(planDecisionRules.aReportKeepsItsReporterAndPeriod.sentence, () => {
    given(...inForce, reportFiled, reportReturned)
      .when({ ...report, period: '2026-Q3' }, owner)
      .refused(planDecisionRules.aReportKeepsItsReporterAndPeriod, '/reportId');
    const third: PlanEvent = {
      type: 'SolutionProposed',
      data: { ...secondCrew, solutionId: 'third', proposedAt: '', by },
    };
    const his: PlanEvent = {
      type: 'SolutionSelected',
      data: { solutionId: 'third', reason: 'Cheap.', owner: 'p-other-owner', by },
    };
    given(...inForce, third, his, reportFiled, reportReturned)
      .when(report, as('p-other-owner'))
      .refused(planDecisionRules.aReportKeepsItsReporterAndPeriod, '/reportId');
  });
});
