import { Command, ensure, type Decide } from '@app/kernel';
import { same } from '../editing.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState } from '../plan.state.js';

export class OpenPlanCycle extends Command<{
  readonly title: string;
  readonly cycle: number;
  readonly from: string;
  readonly to: string;
  readonly predecessor?: string;
  readonly strategicPlanRef: string;
}> {}

/** The predecessor that the command names, as it stands; undefined when it names none or there is no such plan. */
export type PredecessorFact = PlanState | undefined;

const mostYears = 10;
const yearsLater = (day: string, years: number): string =>
  `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;

export const openPlanCycle: Decide<OpenPlanCycle, PlanState, PlanEvent, PredecessorFact> = (
  { data, metadata },
  state,
  before,
) => {
  const { title, cycle, from, to, predecessor, strategicPlanRef } = data;
  const opening = { title, cycle, from, to, strategicPlanRef, ...(predecessor === undefined ? {} : { predecessor }) };
  if (state.status !== 'unopened') {
    const standing = {
      title: state.title,
      cycle: state.cycle,
      from: state.from,
      to: state.to,
      predecessor: state.predecessor,
      strategicPlanRef: state.strategicPlanRef,
    };
    ensure(same(standing, opening), planRules.aPlanIsOpenedOnce, '', `It stands as ${state.title}.`);
    return [];
  }
  ensure(from < to && to <= yearsLater(from, mostYears), planRules.aCycleEndsAfterItStarts, '/to');
  ensure((cycle === 1) === (predecessor === undefined), planRules.onlyTheFirstCycleHasNoPredecessor, '/predecessor');
  if (predecessor !== undefined) ensureFollows(data, before);
  return [{ type: 'PlanCycleOpened', data: { ...opening, by: metadata.actor.person } }];
};

function ensureFollows({ cycle, from }: OpenPlanCycle['data'], before: PredecessorFact): void {
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
}
