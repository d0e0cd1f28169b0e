import { Decimal } from '@app/kernel';
import { weakens } from '../goal-progress/target.js';
import type { Goal, GoalDirection } from './plan.events.js';

export const weakenings = ['target', 'due-date', 'trajectory', 'equity-floor'] as const;
export type Weakening = (typeof weakenings)[number];

/**
 * What of a goal asks for less than before, by its direction: a target that lets pass what the old one would not, a later due date,
 * less expected of a period, a lower floor or none. A target in other words cannot be compared, so it counts as weaker.
 */
export function weakeningsOf(was: Goal, now: Goal): readonly Weakening[] {
  const asksLess: Readonly<Record<Weakening, boolean>> = {
    target: targetAsksLess(was, now),
    'due-date': isLater(was.dueDate, now.dueDate),
    trajectory: was.trajectory.some(({ period, expected }) => {
      const next = now.trajectory.find((point) => point.period === period);
      return next === undefined || isLess(expected, next.expected, was);
    }),
    'equity-floor': floorAsksLess(was, now),
  };
  return weakenings.filter((name) => asksLess[name]);
}

function targetAsksLess(was: Goal, now: Goal): boolean {
  if (was.target?.kind === 'text' && now.target?.kind === 'text' && was.target.text === now.target.text) return false;
  return weakens({ target: was.target, unit: was.unit ?? '' }, { target: now.target, unit: now.unit ?? '' }) ?? true;
}

const isLater = (was: string | undefined, now: string | undefined): boolean =>
  was !== undefined && (now === undefined || now > was);

function floorAsksLess({ equityFloor: was, ...goal }: Goal, { equityFloor: now }: Goal): boolean {
  if (was === undefined) return false;
  return now === undefined || now.dimension !== was.dimension || isLess(was.floor, now.floor, goal);
}

/** Where neither more nor less is better, another amount may be either: it counts as less. */
function isLess(was: string, now: string, { direction }: { readonly direction?: GoalDirection | undefined }): boolean {
  if (direction === 'lower-is-better') return new Decimal(now).greaterThan(was);
  if (direction === 'higher-is-better' || direction === 'milestone') return new Decimal(now).lessThan(was);
  return !new Decimal(now).equals(was);
}
