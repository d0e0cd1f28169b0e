import { Command, Decimal, ensure, type Decide } from '@app/kernel';
import { isNumeric, meets } from '../../goal-progress/target.js';
import { same } from '../editing.js';
import { openedPlan } from '../opened-plan.js';
import { isOwner } from '../owners.js';
import type { Goal, GoalEvaluation, GoalVerdict, PlanEvent, ReadingRef } from '../plan.events.js';
import type { CycleClosed, Evaluation, PlanState } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';

/** What a person says of a goal whose target is told in words. */
export interface Judgement {
  readonly goalId: string;
  readonly verdict: GoalVerdict;
  readonly reason: string;
}

export class EvaluatePlan extends Command<
  Pick<Evaluation, 'process' | 'results' | 'lessons'> & { readonly judgements: readonly Judgement[] }
> {}

/** What the indicator of a goal came to in the period in which the goal was due. */
export interface DueFigure {
  readonly period: string;
  /** Absent when the readings give no figure. */
  readonly value?: string;
  readonly readings: readonly ReadingRef[];
  /** Of each value of the dimension that the equity floor of the goal is about. */
  readonly byValue: readonly { readonly name: string; readonly value: string }[];
}

export interface EvaluatePlanFacts {
  /** By goal. */
  readonly figures: ReadonlyMap<string, DueFigure>;
}

export const evaluatePlan: Decide<EvaluatePlan, PlanState, PlanEvent, EvaluatePlanFacts> = (
  { data, metadata },
  given,
  { figures },
) => {
  const state = openedPlan(given);
  const { judgements, process, results } = data;
  const lessons = [...data.lessons];
  const by = metadata.actor.person;
  if (state.status === 'evaluated' && same(scoresOf(state.evaluation), { process, results, lessons })) return [];
  ensure(state.status === 'cycle-closed', planDecisionRules.onlyAClosedCycleIsEvaluated, '', `It is ${state.status}.`);
  ensure(!hasOtherDuty(state, by), planDecisionRules.anEvaluatorHasNoOtherDuty);
  ensureScores('/process', process);
  ensureScores('/results', results);
  ensure(
    lessons.some((lesson) => lesson.trim() !== ''),
    planDecisionRules.anEvaluationNamesItsLessons,
    '/lessons',
  );
  ensureJudged(judgements, state.goals);
  const goals = state.goals.map((goal) =>
    evaluationOf(
      goal,
      figures.get(goal.goalId),
      judgements.find(({ goalId }) => goalId === goal.goalId),
    ),
  );
  return [{ type: 'PlanEvaluated', data: { goals, process, results, lessons, by } }];
};

const scoresOf = ({ process, results, lessons }: Evaluation) => ({ process, results, lessons });

function hasOtherDuty(state: CycleClosed, person: string): boolean {
  const { authority } = state;
  const decided = authority.kind === 'approved' ? [authority.author, authority.endorser, authority.approver] : [];
  const revised = state.revisions.flatMap(({ proposer, approvals }) => [
    proposer,
    ...approvals.filter((one) => one.authority === 'executive').map(({ approver }) => approver),
  ]);
  const reporters = state.reports.map(({ reporter }) => reporter);
  return isOwner(state, person) || [...state.authors, ...decided, ...revised, ...reporters].includes(person);
}

const isScore = (score: number): boolean => Number.isInteger(score) && score >= 0 && score <= 100;

const ensureScores = (pointer: string, scores: Readonly<Record<string, number>>): void =>
  ensure(Object.values(scores).every(isScore), planDecisionRules.anEvaluationScoresFromZeroToOneHundred, pointer);

function ensureJudged(judgements: readonly Judgement[], goals: readonly Goal[]): void {
  const seen = new Set<string>();
  judgements.forEach(({ goalId, reason }, at) => {
    const goal = goals.find((one) => one.goalId === goalId);
    ensure(
      goal?.target?.kind === 'text' && !seen.has(goalId) && reason.trim() !== '',
      planDecisionRules.onlyATargetInWordsIsJudged,
      `/judgements/${at}`,
    );
    seen.add(goalId);
  });
}

function evaluationOf(goal: Goal, figure: DueFigure | undefined, judgement: Judgement | undefined): GoalEvaluation {
  const { goalId, target } = goal;
  if (judgement !== undefined) return { goalId, verdict: judgement.verdict, reason: judgement.reason };
  const open = (reason: string): GoalEvaluation => ({ goalId, verdict: 'not-determinable', reason });
  if (target === undefined) return open('It has no target.');
  if (!isNumeric(target)) return open('Its target is told in words, and nobody judged it.');
  if (figure === undefined) return open('No indicator of it is defined, or it has no due date.');
  const { period, value, readings } = figure;
  if (value === undefined) return { ...open(`The readings of ${period} give no figure.`), period };
  const judged = { goalId, value, period, readings: [...readings] };
  if (!meets(target, value)) return { ...judged, verdict: 'not-met' };
  const below = belowFloor(goal, figure);
  if (below.length === 0) return { ...judged, verdict: 'met' };
  return { ...judged, verdict: 'not-met', reason: `Short of the equity floor: ${below.join(', ')}.` };
}

/** A floor is a least amount, or a most where less is better. */
function belowFloor({ equityFloor, direction }: Goal, { byValue }: DueFigure): readonly string[] {
  if (equityFloor === undefined) return [];
  const { floor } = equityFloor;
  const isShort = (value: Decimal): boolean =>
    direction === 'lower-is-better' ? value.greaterThan(floor) : value.lessThan(floor);
  return byValue.filter(({ value }) => isShort(new Decimal(value))).map(({ name }) => name);
}
