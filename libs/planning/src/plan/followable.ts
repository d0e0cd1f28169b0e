import { ensure } from '@app/kernel';
import { planRules } from './plan.rules.js';
import type { CycleClosed, Evaluated, PlanState } from './plan.state.js';

/** The plan, when a cycle of this number may begin on this day after it. */
export function followable(
  before: PlanState | undefined,
  { cycle, from }: { readonly cycle: number; readonly from: string },
): CycleClosed | Evaluated {
  ensure(
    before !== undefined && before.status !== 'unopened' && before.cycle === cycle - 1 && before.to < from,
    planRules.thePredecessorIsTheCycleBefore,
    '/predecessor',
  );
  ensure(
    before.status === 'cycle-closed' || before.status === 'evaluated',
    planRules.thePredecessorIsClosed,
    '/predecessor',
    `It is ${before.status}.`,
  );
  return before;
}
