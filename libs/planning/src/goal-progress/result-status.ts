import { isDecimalText, type Decimal } from '@app/kernel';
import type { PublishedStatus } from '../plan/plan.events.js';
import { isNumeric, meets, type Target } from './target.js';
import { dayNumber } from './trajectory.js';

export interface ReportedGoal {
  /** Left out while it has not been determined. */
  readonly target?: Target;
  /** Last calendar day; left out where none is stated. */
  readonly dueDate?: string;
  /** A figure, or a number or words as published. */
  readonly actual?: string | Decimal;
}

/**
 * The status of a goal in a report of results up to a day: future until its target is determined and its due date is over, then
 * not available without a result. Undefined where only people can tell: a target or a result in words.
 */
export function resultStatusOf({ target, dueDate, actual }: ReportedGoal, on: string): PublishedStatus | undefined {
  if (target === undefined || dueDate === undefined || dayNumber(dueDate) > dayNumber(on)) return 'future';
  if (actual === undefined) return 'not-available';
  if (!isNumeric(target) || (typeof actual === 'string' && !isDecimalText(actual))) return undefined;
  return meets(target, actual) ? 'met' : 'not-met';
}
