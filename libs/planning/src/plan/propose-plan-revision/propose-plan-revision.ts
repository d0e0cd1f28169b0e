import { Command, Decimal, RuleViolation, ensure, type Decide } from '@app/kernel';
import { same } from '../editing.js';
import { weakeningsOf } from '../goal-weakening.js';
import { openedPlan } from '../opened-plan.js';
import type { Goal, GoalChange, PlanEvent } from '../plan.events.js';
import { isRecorded, type Plan, type PlanState } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { ensureSoundGoal, type GoalCard } from '../sound-goal.js';

/** What a revision may change, as it will be; a floor that is left out is no longer asked for. */
export type RevisedTerms = Pick<Goal, 'goalId' | 'target' | 'dueDate' | 'trajectory' | 'equityFloor' | 'weight'>;

export class ProposePlanRevision extends Command<{
  readonly revisionId: string;
  readonly reason: string;
  readonly changes: readonly RevisedTerms[];
}> {}

export interface ProposePlanRevisionFacts {
  /** Indicators of the goals that change, by goal. */
  readonly cards: ReadonlyMap<string, GoalCard>;
}

/** Whether a change weakens its goal is computed from old and new, never stated by who proposes it. */
export const proposePlanRevision: Decide<ProposePlanRevision, PlanState, PlanEvent, ProposePlanRevisionFacts> = (
  { data, metadata },
  given,
  { cards },
) => {
  const state = openedPlan(given);
  const { revisionId, reason } = data;
  const proposer = metadata.actor.person;
  const standing = state.revisions.find((one) => one.revisionId === revisionId);
  if (standing !== undefined) {
    const changes = standing.changes.map(({ now }) => revisedTermsOf(now));
    const isSame = standing.proposer === proposer && standing.reason === reason && same(changes, data.changes);
    ensure(isSame, planDecisionRules.aRevisionIsProposedOnce, '/revisionId');
    return [];
  }
  ensure(state.status === 'published', planDecisionRules.onlyAPlanInForceIsRevised, '', `It is ${state.status}.`);
  ensure(!isRecorded(state), planDecisionRules.aRecordedPlanIsRevisedByItsPublisher);
  ensure(
    data.changes.length > 0 && new Set(data.changes.map(({ goalId }) => goalId)).size === data.changes.length,
    planDecisionRules.aRevisionChangesGoals,
    '/changes',
  );
  const changes = data.changes.map((terms, at) => changeOf(terms, state, cards.get(terms.goalId), `/changes/${at}`));
  ensureWeightsOf(state, changes);
  const weakening = changes.some((change) => change.weakening);
  return [{ type: 'PlanRevisionProposed', data: { revisionId, changes, weakening, reason, proposer } }];
};

function changeOf(terms: RevisedTerms, plan: Plan, card: GoalCard | undefined, pointer: string): GoalChange {
  const { goalId, target, dueDate, weight } = terms;
  const was = plan.goals.find((goal) => goal.goalId === goalId);
  ensure(was !== undefined, planDecisionRules.aRevisedGoalIsInThePlan, `${pointer}/goalId`);
  ensure(
    target !== undefined && dueDate !== undefined && weight !== undefined,
    planDecisionRules.aRevisedGoalStaysComplete,
    pointer,
  );
  const { equityFloor: _floor, ...rest } = was;
  const now: Goal = { ...rest, ...terms };
  ensure(!same(was, now), planDecisionRules.aRevisionChangesGoals, pointer, `Nothing of ${goalId} changes.`);
  const { carriedFrom } = was;
  const facts = { goalsBefore: carriedFrom === undefined ? [] : [carriedFrom.goalId] };
  at(pointer, () => ensureSoundGoal(now, plan, card === undefined ? facts : { ...facts, card }));
  return { goalId, was, now, weakening: weakeningsOf(was, now).length > 0 };
}

/** A refusal names the place in the list. */
function at(pointer: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof RuleViolation)) throw error;
    throw new RuleViolation(error.rule, `${pointer}${error.pointer}`, error.detail);
  }
}

function ensureWeightsOf({ goals }: Plan, changes: readonly GoalChange[]): void {
  const weightOf = (goal: Goal): string =>
    (changes.find(({ goalId }) => goalId === goal.goalId)?.now ?? goal).weight ?? '0';
  const sum = goals.reduce((total, goal) => total.plus(weightOf(goal)), new Decimal(0));
  ensure(sum.equals(1), planDecisionRules.weightsOfGoalsSumToOne, '/changes', `They sum to ${sum.toString()}.`);
}

const revisedTermsOf = ({ goalId, target, dueDate, trajectory, equityFloor, weight }: Goal): RevisedTerms => ({
  goalId,
  target,
  dueDate,
  trajectory,
  equityFloor,
  weight,
});
