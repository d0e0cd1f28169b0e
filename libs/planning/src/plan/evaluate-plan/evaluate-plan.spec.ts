import { exampleMetadata, specFor } from '@app/testing';
import {
  closed,
  cycleClosed,
  inForce,
  leaksGoal,
  oversightApproved,
  reportFiled,
  reportVerified,
  weakeningApproved,
  weakeningProposed,
} from '../plan.examples.js';
import type { Goal, GoalEvaluation, PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { EvaluatePlan, evaluatePlan, type DueFigure } from './evaluate-plan.js';

const { given } = specFor(plan, EvaluatePlan, evaluatePlan);
const readings = [{ ledger: 'leak-days/2028-Q4', revision: '30' }];
const figure = (value?: string): DueFigure => ({
  period: '2028-Q4',
  readings,
  byValue: [],
  ...(value === undefined ? {} : { value }),
});
const as = (person: string, due: DueFigure | undefined = figure('3')) => ({
  actor: { ...exampleMetadata.actor, person, role: 'oversight' },
  facts: { figures: new Map(due === undefined ? [] : [['leaks-in-three-days', due] as const]) },
});
const council = as('p-council');
const scores = {
  process: { approach: 60, deployment: 45, learning: 30, integration: 40 },
  results: { levels: 55, trends: 50, comparisons: 20, integration: 40 },
  lessons: ['Name the owner before the budget is asked for.'],
};
const asked = { ...scores, judgements: [] };
const goalId = 'leaks-in-three-days';
const evaluated = (...goals: GoalEvaluation[]): PlanEvent => ({
  type: 'PlanEvaluated',
  data: { goals, ...scores, by: 'p-council' },
});
const met: GoalEvaluation = { goalId, verdict: 'met', value: '3', period: '2028-Q4', readings };
const withGoal = (goal: Goal): readonly PlanEvent[] => [
  ...inForce,
  { type: 'GoalSet', data: { ...goal, by: 'p-clerk' } },
  cycleClosed,
];
const charter: Goal = { ...leaksGoal, goalId: 'charter', target: { kind: 'text', text: 'A charter is adopted.' } };

describe('evaluate a plan', () => {
  it('has a verdict of each goal from the readings of the period in which it was due', () => {
    given(...closed)
      .when(asked, council)
      .then(evaluated(met));
    given(...closed)
      .when(asked, as('p-council', figure('3.0000001')))
      .then(evaluated({ ...met, verdict: 'not-met', value: '3.0000001' }));
  });
  it('is not met while somebody is short of the equity floor', () => {
    const byValue = [
      { name: 'Langa', value: '4.01' },
      { name: 'Delft', value: '4' },
    ];
    given(...closed)
      .when(asked, as('p-council', { ...figure('3'), byValue }))
      .then(evaluated({ ...met, verdict: 'not-met', reason: 'Short of the equity floor: Langa.' }));
    const more: Goal = {
      ...leaksGoal,
      goalId: 'more',
      direction: 'higher-is-better',
      target: { kind: 'max', value: '3' },
      equityFloor: { dimension: 'district', floor: '4' },
    };
    const least = { ...figure('3'), byValue: [{ name: 'Langa', value: '3.9' }, ...byValue.slice(1)] };
    given(
      ...inForce.filter(({ type }) => type !== 'GoalSet'),
      { type: 'GoalSet', data: { ...more, by: 'p-clerk' } },
      cycleClosed,
    )
      .when(asked, { ...council, facts: { figures: new Map([['more', least]]) } })
      .then(evaluated({ ...met, goalId: 'more', verdict: 'not-met', reason: 'Short of the equity floor: Langa.' }));
  });
  it('has no verdict where there is no figure, and says why', () => {
    given(...closed)
      .when(asked, as('p-council', figure()))
      .then(
        evaluated({
          goalId,
          verdict: 'not-determinable',
          reason: 'The readings of 2028-Q4 give no figure.',
          period: '2028-Q4',
        }),
      );
    given(...closed)
      .when(asked, { ...council, facts: { figures: new Map() } })
      .then(
        evaluated({
          goalId,
          verdict: 'not-determinable',
          reason: 'No indicator of it is defined, or it has no due date.',
        }),
      );
  });
  it('has the verdict of a person on a target in words, or none', () => {
    const judgement = { goalId: 'charter', verdict: 'met' as const, reason: 'It hangs in every office.' };
    given(...withGoal(charter))
      .when({ ...asked, judgements: [judgement] }, council)
      .then(evaluated(met, judgement));
    given(...withGoal(charter))
      .when(asked, council)
      .then(
        evaluated(met, {
          goalId: 'charter',
          verdict: 'not-determinable',
          reason: 'Its target is told in words, and nobody judged it.',
        }),
      );
  });
  it('has no verdict on a goal without a target', () => {
    const { target: _target, ...open } = leaksGoal;
    given(...withGoal({ ...open, goalId: 'open' }))
      .when(asked, council)
      .then(evaluated(met, { goalId: 'open', verdict: 'not-determinable', reason: 'It has no target.' }));
  });
  it('sent twice, nothing happens', () =>
    given(...closed, evaluated(met))
      .when(asked, council)
      .then());
  it(planRules.aPlanIsOpenedFirst.sentence, () => given().when(asked, council).refused(planRules.aPlanIsOpenedFirst));
  it(planDecisionRules.onlyAClosedCycleIsEvaluated.sentence, () => {
    given(...inForce)
      .when(asked, council)
      .refused(planDecisionRules.onlyAClosedCycleIsEvaluated);
    given(...closed, evaluated(met))
      .when({ ...asked, lessons: ['Another one.'] }, council)
      .refused(planDecisionRules.onlyAClosedCycleIsEvaluated);
  });
  const revised: readonly PlanEvent[] = [
    ...inForce,
    { ...reportFiled, data: { ...reportFiled.data, reporter: 'p-former-owner' } },
    reportVerified,
    { ...weakeningProposed, data: { ...weakeningProposed.data, proposer: 'p-lead' } },
    oversightApproved,
    { ...weakeningApproved, data: { ...weakeningApproved.data, approver: 'p-deputy-mayor' } },
    { type: 'PlanRevisionRejected', data: { revisionId: 'drought', reason: 'It rains.', by: 'p-mayor' } },
    cycleClosed,
  ];
  it.each(['p-clerk', 'p-head', 'p-mayor', 'p-owner', 'p-former-owner', 'p-lead', 'p-deputy-mayor'])(
    `${planDecisionRules.anEvaluatorHasNoOtherDuty.sentence} %s`,
    (person) =>
      given(...revised)
        .when(asked, as(person))
        .refused(planDecisionRules.anEvaluatorHasNoOtherDuty),
  );
  it('is evaluated by oversight that approved a weakening, too', () =>
    given(...revised)
      .when(asked, council)
      .then(evaluated(met)));
  it.each([-1, 101, 0.5])(`${planDecisionRules.anEvaluationScoresFromZeroToOneHundred.sentence} Not %s.`, (score) => {
    given(...closed)
      .when({ ...asked, process: { ...scores.process, learning: score } }, council)
      .refused(planDecisionRules.anEvaluationScoresFromZeroToOneHundred, '/process');
    given(...closed)
      .when({ ...asked, results: { ...scores.results, trends: score } }, council)
      .refused(planDecisionRules.anEvaluationScoresFromZeroToOneHundred, '/results');
  });
  it(planDecisionRules.anEvaluationNamesItsLessons.sentence, () => {
    for (const lessons of [[], [' ']])
      given(...closed)
        .when({ ...asked, lessons }, council)
        .refused(planDecisionRules.anEvaluationNamesItsLessons, '/lessons');
  });
  it(planDecisionRules.onlyATargetInWordsIsJudged.sentence, () => {
    const judgement = { goalId: 'charter', verdict: 'met' as const, reason: 'It hangs in every office.' };
    for (const judgements of [
      [{ ...judgement, goalId }],
      [{ ...judgement, goalId: 'unknown' }],
      [{ ...judgement, reason: ' ' }],
      [judgement, judgement],
    ])
      given(...withGoal(charter))
        .when({ ...asked, judgements }, council)
        .refused(planDecisionRules.onlyATargetInWordsIsJudged);
  });
});
