import type { Goal } from './plan.events.js';
import { isRecorded, type OpenedPlan, type Solution } from './plan.state.js';

const serves = ({ problemIds, goalIds }: Solution, goal: Goal): boolean =>
  goalIds.includes(goal.goalId) || problemIds.some((problemId) => goal.problemIds.includes(problemId));

const isOwnedBy =
  (person: string) =>
  ({ status, owner }: Solution): boolean =>
    status === 'selected' && owner === person;

/** Whether somebody reports for the plan: owns a selected solution, or recorded it as the published plan of somebody else. */
export const isOwner = (state: OpenedPlan, person: string): boolean =>
  state.solutions.some(isOwnedBy(person)) || (isRecorded(state) && state.authors.includes(person));

/** Goals that a person reports on: those that the solutions of that person serve, or all of a recorded plan. */
export function goalsOf(state: OpenedPlan, person: string): readonly Goal[] {
  if (isRecorded(state)) return state.authors.includes(person) ? state.goals : [];
  const solutions = state.solutions.filter(isOwnedBy(person));
  return state.goals.filter((goal) => solutions.some((solution) => serves(solution, goal)));
}
