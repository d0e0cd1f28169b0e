import { Command, Decimal, ensure, type Decide } from '@app/kernel';
import { isDeepStrictEqual } from 'node:util';
import { isShortDecimal } from '../../prioritisation/methods.js';
import type { PlanEvent, SolutionTerms } from '../plan.events.js';
import type { PlanState, Solution } from '../plan.state.js';
import { inTheRace, openForProposals } from '../solution-stage.js';
import { solutionRules } from '../solution.rules.js';

export class ProposeSolution extends Command<SolutionTerms> {}

export const proposeSolution: Decide<ProposeSolution, PlanState, PlanEvent> = ({ data, metadata }, state) => {
  const plan = openForProposals(state);
  const standing = plan.solutions.find(({ solutionId }) => solutionId === data.solutionId);
  const terms = termsOf(data);
  if (standing !== undefined) {
    ensure(isDeepStrictEqual(termsOf(standing), terms), solutionRules.aSolutionIsProposedOnce, '/solutionId');
    return [];
  }
  ensure(inTheRace(plan).length < mostInTheRace, solutionRules.theRaceHasRoomForSixty);
  ensureServes(
    terms.problemIds,
    plan.problems.map(({ problemId }) => problemId),
    '/problemIds',
  );
  ensureServes(
    terms.goalIds,
    plan.goals.map(({ goalId }) => goalId),
    '/goalIds',
  );
  ensureEstimates(terms, plan.solutions);
  return [
    {
      type: 'SolutionProposed',
      data: { ...terms, proposedAt: metadata.occurredAt, by: metadata.actor.person },
    },
  ];
};

/** A ranking of all of them fits in one event. */
const mostInTheRace = 60;

/** Plain data, so that a body and what is stored compare equal. */
function termsOf(given: SolutionTerms): SolutionTerms {
  const { solutionId, title, description, problemIds, goalIds, estimatedCost, estimatedEffort, estimatedEffects } =
    given;
  return {
    ...{ solutionId, title, description },
    problemIds: [...problemIds],
    goalIds: [...goalIds],
    estimatedCost: { ...estimatedCost },
    estimatedEffort: { ...estimatedEffort },
    estimatedEffects: estimatedEffects.map((effect) => ({ ...effect })),
  };
}

const eachOnce = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

function ensureServes(named: readonly string[], known: readonly string[], pointer: string): void {
  const unknown = named.find((id) => !known.includes(id));
  ensure(
    named.length > 0 && eachOnce(named) && unknown === undefined,
    solutionRules.aSolutionServesThePlan,
    pointer,
    unknown === undefined ? undefined : `The plan has no ${unknown}.`,
  );
}

function ensureEstimates(terms: SolutionTerms, others: readonly Solution[]): void {
  const { estimatedCost, estimatedEffort, estimatedEffects, goalIds } = terms;
  const isCost = isShortDecimal(estimatedCost.amount) && !new Decimal(estimatedCost.amount).isNegative();
  ensure(isCost, solutionRules.estimatesAreShortDecimals, '/estimatedCost/amount');
  const isEffort = isShortDecimal(estimatedEffort.amount) && new Decimal(estimatedEffort.amount).greaterThan(0);
  ensure(isEffort, solutionRules.estimatesAreShortDecimals, '/estimatedEffort/amount');
  const goals = estimatedEffects.map(({ goalId }) => goalId);
  ensure(
    eachOnce(goals) && goals.every((goalId) => goalIds.includes(goalId)),
    solutionRules.effectsAreOnServedGoals,
    '/estimatedEffects',
  );
  for (const [index, { change }] of estimatedEffects.entries())
    ensure(isShortDecimal(change), solutionRules.estimatesAreShortDecimals, `/estimatedEffects/${index}/change`);
  const [first] = others;
  if (first === undefined) return;
  ensure(
    first.estimatedCost.unit === estimatedCost.unit,
    solutionRules.aPlanEstimatesInOneUnit,
    '/estimatedCost/unit',
    `The plan counts in ${first.estimatedCost.unit}.`,
  );
  ensure(
    first.estimatedEffort.unit === estimatedEffort.unit,
    solutionRules.aPlanEstimatesInOneUnit,
    '/estimatedEffort/unit',
    `The plan counts in ${first.estimatedEffort.unit}.`,
  );
}
