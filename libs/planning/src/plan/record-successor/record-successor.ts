import { Command, ensure, type Decide } from '@app/kernel';
import type { PlanEvent } from '../plan.events.js';
import { isRecorded, type PlanState } from '../plan.state.js';
import { publishedPlanRules } from '../published-plan.rules.js';

export class RecordSuccessor extends Command<{
  /** The plan of the next cycle. */
  readonly plan: string;
}> {}

export interface RecordSuccessorFacts {
  readonly successor: PlanState;
}

/** The next plan was published: this cycle is closed on the day before, and its goals that the next plan has are carried forward. */
export const recordSuccessor: Decide<RecordSuccessor, PlanState, PlanEvent, RecordSuccessorFacts> = (
  { id, data, metadata },
  state,
  { successor },
) => {
  ensure(isRecorded(state), publishedPlanRules.aPublishedGoalBelongsToARecordedPlan);
  ensure(isRecorded(successor) && successor.predecessor === id, publishedPlanRules.aSuccessorIsARecordedPlan, '/plan');
  const by = metadata.actor.person;
  const { carried, successor: named } = 'carried' in state ? state : { carried: [], successor: undefined };
  ensure(named === undefined || named === data.plan, publishedPlanRules.aRecordedPlanHasOneSuccessor, '/plan');
  const isCarried = (goalId: string): boolean => carried.some((goal) => goal.goalId === goalId);
  const goalIds = successor.goals
    .flatMap(({ carriedFrom }) => (carriedFrom?.plan === id ? [carriedFrom.goalId] : []))
    .filter((goalId) => !isCarried(goalId));
  const closed: readonly PlanEvent[] =
    state.status === 'published'
      ? [{ type: 'PlanCycleClosed', data: { on: state.to, reason: `${successor.title} was published.`, by } }]
      : [];
  const followed: readonly PlanEvent[] =
    named === undefined ? [{ type: 'PlanCycleFollowed', data: { toPlan: data.plan, by } }] : [];
  return [
    ...closed,
    ...followed,
    ...goalIds.map((goalId): PlanEvent => ({ type: 'GoalCarriedForward', data: { goalId, toPlan: data.plan, by } })),
  ];
};
