import type { AggregateReader } from '@app/event-store';
import type { RecordedEvent } from '@app/kernel';
import { CarryGoalForward, CarryGoalForwardHandler, OpenPlanCycle, OpenPlanCycleHandler } from '@app/planning/commands';
import { plan, type Evaluated } from '@app/planning/events';
import { Temporal } from 'temporal-polyfill';
import { defineProcess } from './engine/process-definition.js';
import type { ProcessEvent } from './process/process.events.js';
import type { ProcessState } from './process/process.state.js';
import { dayAfter } from './working-days.js';

/** The cycle that goes on with this one. */
export interface NextCycle {
  readonly planId: string;
  /** Goals of this cycle that a goal of the next one goes on with. */
  readonly takenUp: readonly string[];
}

export interface CycleFacts {
  readonly tenant: string;
  readonly planId: string;
  /** undefined until it is evaluated, and for a plan that others decided on. */
  readonly evaluated: Evaluated | undefined;
  readonly next: NextCycle | undefined;
}

const successorName = 'successor';
const openName = 'open the next cycle';
const askToOpen = 'open-next-cycle';
const carryName = (goalId: string, toPlan: string): string => `carry ${goalId} to ${toPlan}`;
const takeUpName = (goalId: string): string => `take-up ${goalId}`;

/** Of the cycle before: what is heard of the next one is for the process of that one. */
const predecessorOf = ({ data }: RecordedEvent): readonly string[] => {
  const { predecessor } = data as { readonly predecessor?: string };
  return predecessor === undefined ? [] : [predecessor];
};
const carriedFrom = ({ data }: RecordedEvent): readonly string[] => {
  const { carriedFrom: before } = data as { readonly carriedFrom?: { readonly plan: string } };
  return before === undefined ? [] : [before.plan];
};

async function evaluatedPlan(reader: AggregateReader, tenant: string, planId: string): Promise<Evaluated | undefined> {
  const { state } = await reader.load(plan, tenant, planId);
  return state.status === 'evaluated' && state.authority.kind === 'approved' ? state : undefined;
}

async function nextCycle(reader: AggregateReader, tenant: string, planId: string): Promise<NextCycle | undefined> {
  const { state } = await reader.load(plan, tenant, planId);
  if (state.status === 'unopened') return undefined;
  return {
    planId,
    takenUp: state.goals.flatMap(({ carriedFrom: before }) => (before === undefined ? [] : [before.goalId])),
  };
}

/**
 * When a cycle is evaluated the next one begins: it is opened where nobody has done so, the goals that were not met are
 * carried into it, and its team is asked to take each of them up.
 */
export const openNextCycleWhenCycleIsEvaluated = defineProcess<CycleFacts>({
  name: 'open-next-cycle-when-cycle-is-evaluated',
  hears: {
    PlanEvaluated: ({ stream }) => [stream.id],
    PlanCycleOpened: predecessorOf,
    GoalSet: carriedFrom,
  },
  facts: async (reader, { tenant, key, trigger, state }) => {
    const evaluated = await evaluatedPlan(reader, tenant, key);
    const heard = trigger.kind === 'event' && trigger.event.type === 'PlanCycleOpened' ? trigger.event : undefined;
    const successor = heard?.stream.id ?? state.memory[successorName];
    const next = successor === undefined ? undefined : await nextCycle(reader, tenant, successor);
    return { tenant, planId: key, evaluated, next };
  },
  react: (trigger, state, facts) => {
    const { evaluated, next, planId, tenant } = facts;
    const remembered: readonly ProcessEvent[] =
      next === undefined || state.memory[successorName] !== undefined
        ? []
        : [{ type: 'Remembered', data: { name: successorName, value: next.planId } }];
    if (evaluated === undefined) return remembered;
    if (next === undefined) return toOpen(evaluated, state, planId, tenant);
    return [
      ...remembered,
      ...settled(state, askToOpen),
      ...evaluated.goals.flatMap(({ goalId }) => forGoal(goalId, { ...facts, evaluated, next }, state)),
    ];
  },
  orders: {
    'open-plan-cycle': { command: OpenPlanCycle, handler: OpenPlanCycleHandler },
    'carry-goal-forward': { command: CarryGoalForward, handler: CarryGoalForwardHandler },
  },
});

/** People are asked where the plan does not say enough, or the next cycle was refused. */
function toOpen(
  evaluated: Evaluated,
  { commands, actions }: ProcessState,
  planId: string,
  tenant: string,
): readonly ProcessEvent[] {
  const { title, cycle, strategicPlanRef } = evaluated;
  const sent = commands[openName];
  if (sent === undefined && strategicPlanRef !== undefined) {
    const dates = nextDates(evaluated);
    const data = { title, cycle: cycle + 1, ...dates, predecessor: planId, strategicPlanRef };
    return [
      {
        type: 'CommandIssued',
        data: { name: openName, command: 'open-plan-cycle', target: nextPlanId(planId, cycle), data },
      },
    ];
  }
  if ((sent !== undefined && sent.answer !== 'refused') || actions[askToOpen] !== undefined) return [];
  const reason =
    sent?.answer === 'refused' ? sent.sentence : 'The strategic plan that the next cycle serves is not known.';
  return [
    {
      type: 'ActionRequested',
      data: {
        action: askToOpen,
        kind: 'open-plan-cycle',
        role: 'service-owner',
        subject: { kind: 'plan', stream: `plan-${tenant}/${planId}` },
        reason,
      },
    },
  ];
}

function forGoal(
  goalId: string,
  { tenant, planId, evaluated, next }: CycleFacts & { readonly evaluated: Evaluated; readonly next: NextCycle },
  state: ProcessState,
): readonly ProcessEvent[] {
  const action = takeUpName(goalId);
  if (next.takenUp.includes(goalId)) return settled(state, action);
  const name = carryName(goalId, next.planId);
  const carried = evaluated.carried.find((one) => one.goalId === goalId);
  if (carried !== undefined && carried.toPlan !== next.planId) return [];
  if (carried === undefined && isUnmet(goalId, evaluated) && state.commands[name] === undefined)
    return [
      {
        type: 'CommandIssued',
        data: { name, command: 'carry-goal-forward', target: planId, data: { goalId, toPlan: next.planId } },
      },
    ];
  if (carried === undefined || state.actions[action] !== undefined) return [];
  return [
    {
      type: 'ActionRequested',
      data: {
        action,
        kind: 'take-up-carried-goal',
        role: 'team-member',
        subject: { kind: 'goal', stream: `plan-${tenant}/${next.planId}`, id: goalId },
        reason: 'The goal was carried forward from the cycle before; its team sets it in this one.',
      },
    },
  ];
}

const isUnmet = (goalId: string, { evaluation }: Evaluated): boolean =>
  evaluation.goals.find((one) => one.goalId === goalId)?.verdict !== 'met';

const settled = ({ actions }: ProcessState, action: string): readonly ProcessEvent[] =>
  actions[action]?.outcome === 'open' ? [{ type: 'ActionSettled', data: { action, outcome: 'done' } }] : [];

/** `water` or `water-cycle-2` becomes `water-cycle-3`. */
export const nextPlanId = (planId: string, cycle: number): string =>
  `${planId
    .replace(/-cycle-\d+$/, '')
    .slice(0, 50)
    .replace(/-$/, '')}-cycle-${cycle + 1}`;

/** From the day after the end on, as long as this cycle: whole months where it has whole months, else days. */
export function nextDates({ from, to }: { readonly from: string; readonly to: string }): {
  readonly from: string;
  readonly to: string;
} {
  const [first, after] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(dayAfter(to))];
  const { months, days } = first.until(after, { largestUnit: 'month' });
  const length = days === 0 ? { months } : { days: first.until(after, { largestUnit: 'day' }).days };
  return { from: after.toString(), to: after.add(length).subtract({ days: 1 }).toString() };
}
