import { Decimal, ensure, isDecimalText } from '@app/kernel';
import { daysOf, fiscalYearStartOf, type Days } from './plan-days.js';
import type { Goal, GoalDirection, GoalTarget } from './plan.events.js';
import { planRules } from './plan.rules.js';
import type { Plan } from './plan-content.js';

/** What a goal has to know about the indicator that it measures. */
export interface GoalCard {
  readonly direction: 'higher-is-better' | 'lower-is-better';
  readonly unit: string;
  readonly dimensions: readonly string[];
}

export interface GoalFacts {
  /** Of the indicator that the goal names; undefined: it is not defined. */
  readonly card?: GoalCard;
  /** Ids of the goals of the predecessor of the plan. */
  readonly goalsBefore: readonly string[];
}

/** Refuses a goal that contradicts itself, its indicator or its plan. What is missing is asked for at submission. */
export function ensureSoundGoal(goal: Goal, plan: Plan, { card, goalsBefore }: GoalFacts): void {
  ensureDecimals(goal);
  ensureServesProblems(goal, plan);
  const { carriedFrom, weight, dueDate } = goal;
  ensure(
    carriedFrom === undefined || (carriedFrom.plan === plan.predecessor && goalsBefore.includes(carriedFrom.goalId)),
    planRules.aCarriedGoalIsOfThePredecessor,
    '/carriedFrom',
  );
  ensure(
    weight === undefined || (new Decimal(weight).greaterThan(0) && new Decimal(weight).lessThanOrEqualTo(1)),
    planRules.aWeightIsAboveZeroAndAtMostOne,
    '/weight',
  );
  ensure(
    dueDate === undefined || (plan.from <= dueDate && dueDate <= plan.to),
    planRules.theDueDateLiesInThePlan,
    '/dueDate',
    `The plan runs from ${plan.from} to ${plan.to}.`,
  );
  ensureFitsIndicator(goal, card);
  ensureSoundTarget(goal);
  ensureLeadsToTarget(goal, plan);
}

function ensureServesProblems({ problemIds }: Goal, { problems }: Plan): void {
  const unknown = problemIds.find((id) => !problems.some(({ problemId }) => problemId === id));
  ensure(
    problemIds.length > 0 && unknown === undefined && new Set(problemIds).size === problemIds.length,
    planRules.aGoalServesProblemsOfThePlan,
    '/problems',
    unknown && `The plan has no ${unknown}.`,
  );
}

function ensureFitsIndicator({ indicatorId, direction, unit, equityFloor }: Goal, card: GoalCard | undefined): void {
  if (indicatorId === undefined) {
    ensure(equityFloor === undefined, planRules.anEquityFloorUsesADimensionOfTheIndicator, '/equityFloor');
    return;
  }
  ensure(card !== undefined, planRules.aGoalMeasuresADefinedIndicator, '/indicator', indicatorId);
  const isOneWay = direction === 'higher-is-better' || direction === 'lower-is-better';
  ensure(
    !isOneWay || direction === card.direction,
    planRules.theDirectionFollowsTheIndicator,
    '/direction',
    `It is ${card.direction}.`,
  );
  ensure(
    unit === undefined || unit === card.unit,
    planRules.theUnitFollowsTheIndicator,
    '/unit',
    `It is ${card.unit}.`,
  );
  ensure(
    equityFloor === undefined || card.dimensions.includes(equityFloor.dimension),
    planRules.anEquityFloorUsesADimensionOfTheIndicator,
    '/equityFloor/dimension',
    `It has ${card.dimensions.join(', ') || 'none'}.`,
  );
}

const kindsOf: Record<GoalDirection, readonly GoalTarget['kind'][]> = {
  'higher-is-better': ['max'],
  'lower-is-better': ['min'],
  'within-band': ['range', 'target'],
  milestone: ['text'],
};

function ensureSoundTarget({ direction, target, baseline, equityFloor }: Goal): void {
  if (target === undefined) return;
  ensure(
    direction === undefined || kindsOf[direction].includes(target.kind),
    planRules.theTargetFollowsTheDirection,
    '/target/kind',
  );
  if (target.kind === 'range')
    ensure(new Decimal(target.from).lessThanOrEqualTo(target.to), planRules.aRangeHasItsEndsInOrder, '/target/to');
  if (target.kind !== 'max' && target.kind !== 'min') return;
  ensure(
    baseline === undefined || isBetter(target.value, baseline.value, target.kind),
    planRules.aTargetIsBetterThanItsBaseline,
    '/target/value',
    `The baseline is ${baseline?.value}.`,
  );
  ensure(
    equityFloor === undefined || !isBetter(equityFloor.floor, target.value, target.kind),
    planRules.aFloorAsksNoMoreThanTheTarget,
    '/equityFloor/floor',
  );
}

function ensureLeadsToTarget({ trajectory, target, baseline, dueDate }: Goal, plan: Days): void {
  const start = fiscalYearStartOf(plan);
  const days = trajectory.map(({ period }) => daysOf(period, start));
  const end = dueDate ?? plan.to;
  const isInOrder = days.every(
    (one, index) =>
      one !== undefined && one.to >= plan.from && one.from <= end && (days[index - 1]?.from ?? '') < one.from,
  );
  ensure(isInOrder, planRules.aTrajectoryLeadsToTheTarget, '/trajectory');
  if (target?.kind !== 'max' && target?.kind !== 'min') return;
  const way = [...(baseline === undefined ? [] : [baseline.value]), ...trajectory.map(({ expected }) => expected)];
  const goesAway = [...way, target.value].some(
    (value, index, all) => index > 0 && isBetter(all[index - 1]!, value, target.kind),
  );
  ensure(!goesAway, planRules.aTrajectoryLeadsToTheTarget, '/trajectory');
}

const isBetter = (value: string, than: string, kind: 'max' | 'min'): boolean =>
  kind === 'max' ? new Decimal(value).greaterThan(than) : new Decimal(value).lessThan(than);

function ensureDecimals({ baseline, target, trajectory, equityFloor, weight }: Goal): void {
  const numbers: readonly (readonly [pointer: string, text: string | undefined])[] = [
    ['/baseline/value', baseline?.value],
    ...targetNumbers(target),
    ...trajectory.map(({ expected }, index) => [`/trajectory/${index}/expected`, expected] as const),
    ['/equityFloor/floor', equityFloor?.floor],
    ['/weight', weight],
  ];
  for (const [pointer, text] of numbers)
    ensure(text === undefined || isDecimalText(text), planRules.goalNumbersAreDecimals, pointer);
}

function targetNumbers(target: GoalTarget | undefined): readonly (readonly [pointer: string, text: string])[] {
  switch (target?.kind) {
    case 'max':
    case 'min':
    case 'target':
      return [['/target/value', target.value]];
    case 'range':
      return [
        ['/target/from', target.from],
        ['/target/to', target.to],
      ];
    default:
      return [];
  }
}
