import { Command, differences, ensure, type Decide } from '@app/kernel';
import { weakens } from '../../goal-progress/target.js';
import type { Goal, PlanEvent } from '../plan.events.js';
import { isRecorded, type PlanState, type RecordedPlan } from '../plan.state.js';
import { publishedPlanRules } from '../published-plan.rules.js';
import type { PublishedGoal } from './published-goal.js';

export class RecordPublishedGoal extends Command<PublishedGoal> {}

/** The plan before it, where the plan names one. */
export interface RecordPublishedGoalFacts {
  readonly predecessor?: PlanState;
}

/**
 * A carried goal is set with the target that it had and is then revised where the new plan has another. Its title, headings and due
 * date are those of the new plan from the start: a new cycle has them anew. Another unit alone is no other target.
 */
export const recordPublishedGoal: Decide<RecordPublishedGoal, PlanState, PlanEvent, RecordPublishedGoalFacts> = (
  { data, metadata },
  state,
  { predecessor },
) => {
  ensure(isRecorded(state), publishedPlanRules.aPublishedGoalBelongsToARecordedPlan);
  const by = metadata.actor.person;
  return [...goalEvents(data, state, predecessor, by), ...resultEvents(data, state, by)];
};

function goalEvents(
  published: PublishedGoal,
  state: RecordedPlan,
  predecessor: PlanState | undefined,
  by: string,
): readonly PlanEvent[] {
  const standing = state.goals.find(({ goalId }) => goalId === published.goalId);
  const now = goalOf(published, state.predecessor);
  if (standing !== undefined) {
    const [different] = differences(standing, now);
    ensure(different === undefined, publishedPlanRules.aPublishedGoalIsRecordedOnce, different?.pointer ?? '');
    return [];
  }
  ensure(
    state.status === 'published',
    publishedPlanRules.aPublishedGoalBelongsToARecordedPlan,
    '',
    'Its cycle is closed.',
  );
  if (!published.carriedForward) return [{ type: 'GoalSet', data: { ...now, by } }];
  const before = goalIn(predecessor, published.goalId);
  ensure(before !== undefined, publishedPlanRules.aCarriedGoalStandsInThePlanBefore, '/carriedForward');
  if (differences(before.target, now.target).length === 0) return [{ type: 'GoalSet', data: { ...now, by } }];
  const { target: _target, unit: _unit, direction: _direction, ...own } = now;
  const was: Goal = { ...own, ...promiseOf(before) };
  const weakening = weakens({ target: was.target, unit: was.unit ?? '' }, { target: now.target, unit: now.unit ?? '' });
  const marked = weakening === undefined ? {} : { weakening };
  const reason = published.changeNote ?? 'The publisher gives no reason.';
  const revised = { goalId: now.goalId, was, now, ...marked, reason, authority: state.authority.publishedBy };
  return [
    { type: 'GoalSet', data: { ...was, by } },
    { type: 'GoalRevised', data: revised },
  ];
}

function resultEvents(
  { goalId, result }: PublishedGoal,
  { authority }: RecordedPlan,
  by: string,
): readonly PlanEvent[] {
  if (result === undefined) return [];
  const published = { goalId, ...result };
  const standing = authority.results.find((one) => one.goalId === goalId && one.reportedTo === published.reportedTo);
  if (standing === undefined) return [{ type: 'PublishedResultRecorded', data: { ...published, by } }];
  const [different] = differences(standing, published);
  ensure(
    different === undefined,
    publishedPlanRules.aPublishedResultIsRecordedOnce,
    `/result${different?.pointer ?? ''}`,
  );
  return [];
}

const goalIn = (state: PlanState | undefined, goalId: string): Goal | undefined =>
  state === undefined || !isRecorded(state) ? undefined : state.goals.find((goal) => goal.goalId === goalId);

const promiseOf = ({ target, unit, direction }: Goal): Pick<Goal, 'target' | 'unit' | 'direction'> => ({
  ...(target === undefined ? {} : { target }),
  ...(unit === undefined ? {} : { unit }),
  ...(direction === undefined ? {} : { direction }),
});

function goalOf(published: PublishedGoal, predecessor: string | undefined): Goal {
  const { goalId, title, headings, indicatorId, target, unit, direction, dueDate, carriedForward } = published;
  return {
    ...{ goalId, title, problemIds: [], trajectory: [], headings },
    ...(indicatorId === undefined ? {} : { indicatorId }),
    ...(target === undefined ? {} : { target }),
    ...(unit === undefined ? {} : { unit }),
    ...(direction === undefined ? {} : { direction }),
    ...(dueDate === undefined ? {} : { dueDate }),
    ...(carriedForward && predecessor !== undefined ? { carriedFrom: { plan: predecessor, goalId } } : {}),
  };
}
