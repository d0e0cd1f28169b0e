import { Command, ensure, type Decide } from '@app/kernel';
import { same } from '../editing.js';
import { followable } from '../followable.js';
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
  if (predecessor !== undefined) followable(before, data);
  return [{ type: 'PlanCycleOpened', data: { ...opening, by: metadata.actor.person } }];
};
