import { Command, ensure, type Decide } from '@app/kernel';
import { missingValue, type PrioritisationInputs } from '../../prioritisation/candidates.js';
import { areSourced, areWeighed, isShare } from '../../prioritisation/criteria.js';
import { estimatedEffect } from '../../prioritisation/estimated-effect.js';
import { mostOfMusts, prioritise, shareOfMusts } from '../../prioritisation/priorities.js';
import type { Criterion, Measure, PlanEvent, ScoringMethod } from '../plan.events.js';
import type { PlanState, Prioritising } from '../plan.state.js';
import { ensureTeam, inTheRace, prioritising } from '../solution-stage.js';
import { solutionRules } from '../solution.rules.js';

export class RankPriorities extends Command<{
  readonly method: ScoringMethod;
  readonly criteria: readonly Criterion[];
  readonly measures: readonly Measure[];
}> {}

export const rankPriorities: Decide<RankPriorities, PlanState, PlanEvent> = ({ data, metadata }, state) => {
  const plan = prioritising(state);
  const by = metadata.actor.person;
  ensureTeam(plan, by);
  const inputs = inputsOf(plan, data);
  ensureCriteria(inputs);
  ensureScored(inputs);
  if (data.method === 'moscow')
    ensure(
      shareOfMusts(inputs).lessThanOrEqualTo(mostOfMusts),
      solutionRules.theMustsLeaveRoom,
      '/method',
      `They take ${shareOfMusts(inputs).times(100).toDecimalPlaces(2).toString()} %.`,
    );
  const priorities = prioritise(inputs);
  const before = plan.rankings.find(({ method, standing }) => method === data.method && standing);
  if (before?.inputsHash === priorities.inputsHash) return [];
  return [
    {
      type: 'PrioritiesRanked',
      data: { ...priorities, criteria: [...inputs.criteria], measures: [...inputs.measures], by },
    },
  ];
};

function inputsOf(plan: Prioritising, { method, criteria, measures }: RankPriorities['data']): PrioritisationInputs {
  return {
    method,
    criteria: criteria.map(({ source, ...one }) => ({ ...one, ...(source === undefined ? {} : { source }) })),
    measures: measures.map((one) => ({ ...one })),
    candidates: inTheRace(plan).map((solution) => ({
      solutionId: solution.solutionId,
      proposedAt: solution.proposedAt,
      estimatedEffort: solution.estimatedEffort.amount,
      estimatedEffect: estimatedEffect(solution, plan.goals),
      scores: plan.scores
        .filter((score) => score.method === method && score.solutionId === solution.solutionId)
        .map(({ rater, values }) => ({ rater, values })),
    })),
  };
}

function ensureCriteria({ method, criteria, measures, candidates }: PrioritisationInputs): void {
  if (method !== 'weighted-score') {
    ensure(criteria.length === 0, solutionRules.onlyAWeightedScoreHasCriteria, '/criteria');
    ensure(measures.length === 0, solutionRules.onlyAWeightedScoreHasCriteria, '/measures');
    return;
  }
  ensure(areWeighed(criteria), solutionRules.criteriaWeighOne, '/criteria');
  ensure(areSourced(criteria), solutionRules.measuredCriteriaNameTheirSource, '/criteria');
  const measured = new Set(criteria.filter(({ kind }) => kind !== 'rated').map(({ criterionId }) => criterionId));
  const seen = new Set<string>();
  for (const [index, { criterionId, solutionId, value }] of measures.entries()) {
    const place = `${criterionId} ${solutionId}`;
    const isOf = measured.has(criterionId) && candidates.some((one) => one.solutionId === solutionId);
    ensure(isOf && isShare(value) && !seen.has(place), solutionRules.measuresAreShares, `/measures/${index}`);
    seen.add(place);
  }
}

function ensureScored(inputs: PrioritisationInputs): void {
  ensure(inputs.candidates.length > 0, solutionRules.thereIsSomethingToRank);
  const withoutScore = inputs.candidates.filter(({ scores }) => scores.length === 0);
  ensure(
    withoutScore.length === 0,
    solutionRules.everySolutionIsScored,
    '/method',
    `Without a score: ${withoutScore.map(({ solutionId }) => solutionId).join(', ')}.`,
  );
  const missing = missingValue(inputs);
  ensure(
    missing === undefined,
    solutionRules.everyCriterionHasAValue,
    '/criteria',
    missing && `${missing.solutionId} has no ${missing.criterionId}${missing.rater ? ` from ${missing.rater}` : ''}.`,
  );
}
