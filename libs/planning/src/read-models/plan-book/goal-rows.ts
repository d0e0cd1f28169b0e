import { Decimal, published } from '@app/kernel';
import type { NoData } from '@app/processes/events';
import { clipped } from '../../goal-progress/attainment.js';
import { progressOf, type GoalStatus } from '../../goal-progress/goal-status.js';
import type { Rational } from '../../goal-progress/rational.js';
import { resultStatusOf } from '../../goal-progress/result-status.js';
import type { Goal, GoalTarget, GoalVerdict, PublishedStatus } from '../../plan/plan.events.js';
import { isRecorded, type Evaluation, type OpenedPlan } from '../../plan/plan.state.js';
import { figuresByPeriod, figuresByValue, type Measured, type PeriodFigure } from './measures.js';
import type { BookedPlan, TargetChange } from './plan-book.js';

/** A moment of a question, and the calendar day that it is where the agency is. */
export interface ValidAt {
  readonly moment: Date;
  readonly day: string;
}

export interface GoalRow {
  readonly agency: string;
  readonly plan: string;
  readonly planTitle: string;
  readonly goal: string;
  readonly title: string;
  readonly headings: readonly string[];
  /** Of the problems that it is set for. */
  readonly services: readonly string[];
  readonly indicator: string | null;
  readonly unit: string | null;
  readonly baseline: string | null;
  /** In words; null while it has not been determined. */
  readonly target: string | null;
  readonly targetKind: GoalTarget['kind'] | null;
  readonly dueDate: string | null;
  readonly weight: string | null;
  /** Of the last reading. */
  readonly period: string | null;
  readonly actual: string | null;
  /** Of the way from the baseline, or of the target where there is none; between -1 and 2. */
  readonly attainment: string | null;
  readonly expected: string | null;
  readonly forecast: string | null;
  readonly status: GoalStatus;
  /** Of the public notice that nobody has answered for it; null where none stands. */
  readonly noDataSince: string | null;
  readonly noDataReason: string | null;
  /** Values of the dimension of the equity floor that are below it in the period, such as districts. */
  readonly belowFloor: readonly string[];
  /** What the publisher of a recorded plan says, and what the ledger computes for the same report. */
  readonly publishedResult: string | null;
  readonly publishedStatus: PublishedStatus | null;
  /** Null where only people can tell. */
  readonly computedStatus: PublishedStatus | null;
  /** Of the evaluation after the cycle. */
  readonly verdict: GoalVerdict | null;
  readonly carriedFrom: string | null;
  readonly carriedTo: string | null;
  /** The last change of its target. */
  readonly targetBefore: string | null;
  readonly weakened: boolean | null;
  readonly changeReason: string | null;
}

export const goalColumns: readonly (keyof GoalRow)[] = [
  'agency',
  'plan',
  'planTitle',
  'goal',
  'title',
  'headings',
  'services',
  'indicator',
  'unit',
  'baseline',
  'target',
  'targetKind',
  'dueDate',
  'weight',
  'period',
  'actual',
  'attainment',
  'expected',
  'forecast',
  'status',
  'noDataSince',
  'noDataReason',
  'belowFloor',
  'publishedResult',
  'publishedStatus',
  'computedStatus',
  'verdict',
  'carriedFrom',
  'carriedTo',
  'targetBefore',
  'weakened',
  'changeReason',
];

const places = 4;
const shown = (amount: Rational | undefined): string | null =>
  amount === undefined ? null : published(amount.decimal(), places);

/** A target as people say it: at least 80, at most 3, from 90 to 100, exactly 1.4. */
export function targetInWords(target: GoalTarget): string {
  const plain = (amount: string): string => new Decimal(amount).toString();
  switch (target.kind) {
    case 'max':
      return `at least ${plain(target.value)}`;
    case 'min':
      return `at most ${plain(target.value)}`;
    case 'target':
      return `exactly ${plain(target.value)}`;
    case 'range':
      return `from ${plain(target.from)} to ${plain(target.to)}`;
    case 'text':
      return target.text;
  }
}

/** Every goal of a plan with where it stands, by the readings of its indicator. */
export function goalRowsOf(
  { agency, plan, targetChanges, state }: BookedPlan & { readonly state: OpenedPlan },
  measured: ReadonlyMap<string, Measured>,
  at: ValidAt,
  noData: ReadonlyMap<string, NoData> = new Map(),
): readonly GoalRow[] {
  return state.goals.map((goal) => {
    const { goalId, title, headings = [], indicatorId, unit, baseline, target, dueDate, weight, carriedFrom } = goal;
    const source = indicatorId === undefined ? undefined : measured.get(indicatorId);
    const figures = source === undefined ? [] : figuresByPeriod(source, at.moment);
    const belowFloor = belowFloorOf(goal, source, figures.at(-1)?.period, at);
    const readings = datedBy(figures, at.day);
    const progress = progressOf(termsOf(goal, state, source), readings, at.day, belowFloor.length === 0);
    const carried = 'carried' in state ? state.carried.find((one) => one.goalId === goalId) : undefined;
    return {
      ...{ agency, plan, planTitle: state.title, goal: goalId, title, headings, services: servicesOf(goal, state) },
      indicator: indicatorId ?? null,
      unit: unit ?? null,
      baseline: baseline?.value ?? null,
      target: target === undefined ? null : targetInWords(target),
      targetKind: target?.kind ?? null,
      dueDate: dueDate ?? null,
      weight: weight ?? null,
      period: figures.at(-1)?.period ?? null,
      actual: shown(progress.actual),
      attainment: progress.attainment === undefined ? null : published(clipped(progress.attainment.decimal()), places),
      expected: shown(progress.expected),
      forecast: shown(progress.forecast),
      status: progress.status,
      ...noticeOf(noData.get(goalId), at),
      belowFloor,
      ...resultOf(goal, state, figures),
      verdict: state.status === 'evaluated' ? verdictOf(goalId, state.evaluation) : null,
      carriedFrom: carriedFrom === undefined ? null : `${carriedFrom.plan}/${carriedFrom.goalId}`,
      carriedTo: carried?.toPlan ?? null,
      ...lastChange(targetChanges.filter((change) => change.goalId === goalId).at(-1)),
    };
  });
}

const servicesOf = ({ problemIds }: Goal, { problems }: OpenedPlan): readonly string[] => [
  ...new Set(problems.flatMap(({ problemId, serviceId }) => (problemIds.includes(problemId) ? [serviceId] : []))),
];

const verdictOf = (goalId: string, { goals }: Evaluation): GoalVerdict | null =>
  goals.find((one) => one.goalId === goalId)?.verdict ?? null;

const termsOf = (goal: Goal, { from }: OpenedPlan, source: Measured | undefined) => ({
  from,
  trajectory: goal.trajectory,
  ...(goal.target === undefined ? {} : { target: goal.target }),
  ...(goal.baseline === undefined ? {} : { baseline: goal.baseline.value }),
  ...(goal.dueDate === undefined ? {} : { dueDate: goal.dueDate }),
  ...(source === undefined ? {} : { fiscalYearStart: source.state.card.fiscalYearStart }),
});

/** A floor is a least amount, or a most where less is better. */
function belowFloorOf(
  { equityFloor, direction }: Goal,
  source: Measured | undefined,
  period: string | undefined,
  { moment }: ValidAt,
): readonly string[] {
  if (equityFloor === undefined || source === undefined || period === undefined) return [];
  const { dimension, floor } = equityFloor;
  const isLower = direction === 'lower-is-better';
  return figuresByValue(source, period, dimension, moment)
    .filter(({ amount }) => (isLower ? amount.greaterThan(floor) : amount.lessThan(floor)))
    .map(({ value }) => value);
}

/** The figure of a period that is not over yet is of today. */
const datedBy = (figures: readonly PeriodFigure[], today: string) =>
  figures.map(({ endsOn, amount }) => ({ on: endsOn < today ? endsOn : today, amount }));

function resultOf({ goalId, target, dueDate }: Goal, state: OpenedPlan, figures: readonly PeriodFigure[]) {
  const result = isRecorded(state) ? state.authority.results.findLast((one) => one.goalId === goalId) : undefined;
  if (result === undefined) return { publishedResult: null, publishedStatus: null, computedStatus: null };
  const { reportedTo, actual, status } = result;
  const read = figures.findLast(({ endsOn }) => endsOn <= reportedTo)?.amount ?? actual;
  const reported = {
    ...(target === undefined ? {} : { target }),
    ...(dueDate === undefined ? {} : { dueDate }),
    ...(read === undefined ? {} : { actual: read }),
  };
  return {
    publishedResult: actual ?? null,
    publishedStatus: status,
    computedStatus: resultStatusOf(reported, reportedTo) ?? null,
  };
}

/** A notice is not true of the days before it. */
const noticeOf = (notice: NoData | undefined, { day }: ValidAt) =>
  notice === undefined || notice.since > day
    ? { noDataSince: null, noDataReason: null }
    : { noDataSince: notice.since, noDataReason: notice.reason };

const lastChange = (change: TargetChange | undefined) => ({
  targetBefore: change?.was === undefined ? null : targetInWords(change.was),
  weakened: change?.weakening ?? null,
  changeReason: change?.reason ?? null,
});
