import { Command, ensure, onWallClock, type Decide } from '@app/kernel';
import { openedPlan } from '../opened-plan.js';
import type { PlanEvent } from '../plan.events.js';
import type { PlanState } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';

export class ClosePlanCycle extends Command<{ readonly reason: string }> {}

export interface ClosePlanCycleFacts {
  /** Of the agency: its calendar decides which day it is. */
  readonly timeZone: string;
}

export const closePlanCycle: Decide<ClosePlanCycle, PlanState, PlanEvent, ClosePlanCycleFacts> = (
  { data: { reason }, metadata },
  given,
  { timeZone },
) => {
  const state = openedPlan(given);
  if (state.status === 'cycle-closed') return [];
  ensure(state.status === 'published', planDecisionRules.onlyAPlanInForceIsClosed, '', `It is ${state.status}.`);
  const on = onWallClock(metadata.occurredAt, timeZone).slice(0, 10);
  ensure(on > state.to, planDecisionRules.aCycleClosesAfterItsLastDay, '', `Its last day is ${state.to}.`);
  const waiting = state.reports.filter(({ status }) => status === 'filed').map(({ reportId }) => reportId);
  ensure(
    waiting.length === 0,
    planDecisionRules.everyReportIsDecidedBeforeClosing,
    '',
    `These wait: ${waiting.join(', ')}.`,
  );
  return [{ type: 'PlanCycleClosed', data: { on, reason, by: metadata.actor.person } }];
};
