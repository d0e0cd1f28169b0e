import { attainment } from './attainment.js';
import { forecastOn } from './forecast.js';
import { Rational, type Amount } from './rational.js';
import { acceptedBy, isNumeric, meets, type NumericTarget, type Target } from './target.js';
import { dayAfter, dayNumber, expectedOn, type DatedAmount, type Milestone } from './trajectory.js';

export const goalStatuses = ['achieved', 'on-track', 'at-risk', 'off-track', 'no-data', 'overdue'] as const;
export type GoalStatus = (typeof goalStatuses)[number];

/** Share of the way that a goal may be behind and still be on track. */
export const toleranceOfGoals = '0.05';

/** What a goal says of itself. */
export interface GoalTerms {
  /** Left out while it has not been determined. */
  readonly target?: Target;
  readonly baseline?: string;
  /** Calendar day that the way begins on. */
  readonly from: string;
  /** Last calendar day; left out where none is stated. */
  readonly dueDate?: string;
  readonly trajectory: readonly Milestone[];
  /** Month 1 to 12 that the fiscal years of the trajectory begin with. */
  readonly fiscalYearStart?: number;
}

/** All unrounded; what cannot be told is left out. */
export interface Progress {
  readonly status: GoalStatus;
  /** Of the last reading. */
  readonly actual?: Rational;
  readonly attainment?: Rational;
  /** On the day of the last reading, as an amount of the indicator. */
  readonly expected?: Rational;
  /** On the due date, as an amount of the indicator. */
  readonly forecast?: Rational;
}

/**
 * Where a goal stands on a day, by the readings up to it, each on the day after its period, the oldest first.
 *
 * - achieved: the last reading meets the target, and nobody is below the equity floor.
 * - overdue: not achieved, and the due date has passed.
 * - on track: the way that was gone is not shorter than the expected one by more than the tolerance.
 * - at risk: it is, but by no more than twice the tolerance, or the forecast meets the target on the due date; or the target is met on
 *   the whole, and somebody is below the floor.
 * - off track: anything else. No data: no reading, or no target in numbers.
 *
 * What is expected goes in straight lines from the baseline over the stated periods to the target on the due date. A goal without
 * a baseline and a trajectory, or without an end, promises a level and not a way: its target is expected from the first day on.
 */
export function progressOf(
  goal: GoalTerms,
  readings: readonly DatedAmount[],
  on: string,
  isFloorKept = true,
): Progress {
  const { target, baseline, dueDate } = goal;
  const last = readings.at(-1);
  if (last === undefined) return { status: 'no-data' };
  const actual = Rational.of(last.amount);
  if (!isNumeric(target)) return { status: 'no-data', actual };
  const expected = expectedOn(wayOf(goal, target), last.on)!;
  const forecast = dueDate === undefined ? undefined : forecastOn(readings, dueDate);
  const gone = attainment(target, actual, baseline);
  const shown = { actual, attainment: gone, expected, ...(forecast === undefined ? {} : { forecast }) };
  if (meets(target, actual) && isFloorKept) return { status: 'achieved', ...shown };
  if (dueDate !== undefined && dayNumber(dueDate) < dayNumber(on)) return { status: 'overdue', ...shown };
  if (meets(target, actual)) return { status: 'at-risk', ...shown };
  const behind = attainment(target, expected, baseline).minus(gone);
  if (behind.compare(toleranceOfGoals) <= 0) return { status: 'on-track', ...shown };
  const isNear = behind.compare(Rational.of(toleranceOfGoals).times(2)) <= 0;
  const recovers = forecast !== undefined && meets(target, forecast);
  return { status: isNear || recovers ? 'at-risk' : 'off-track', ...shown };
}

/** The stated points of the way, never none. */
function wayOf(goal: GoalTerms, target: NumericTarget): readonly DatedAmount[] {
  const { baseline, from, dueDate, trajectory, fiscalYearStart } = goal;
  const stated = trajectory.map(({ period, expected }) => ({
    on: dayAfter(period, fiscalYearStart),
    amount: expected,
  }));
  const isWay = stated.length > 0 || (baseline !== undefined && dueDate !== undefined);
  const end = endOf(target, baseline);
  if (!isWay) return [{ on: from, amount: end }];
  const begin = baseline === undefined ? [] : [{ on: from, amount: baseline }];
  const isLater = dueDate !== undefined && stated.every(({ on }) => dayNumber(on) < dayNumber(dueDate));
  return [...begin, ...stated, ...(isLater ? [{ on: dueDate, amount: end }] : [])];
}

/** Of the amounts that meet the target, the one that the way comes to first. */
function endOf(target: NumericTarget, baseline: Amount | undefined): string {
  const { from, to } = acceptedBy(target);
  const fromAbove = to !== undefined && baseline !== undefined && Rational.of(baseline).compare(to) > 0;
  return from === undefined || fromAbove ? to! : from;
}
