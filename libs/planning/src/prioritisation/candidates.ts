import { Decimal, instantSeconds } from '@app/kernel';
import type { Criterion, Measure, ScoringMethod } from '../plan/plan.events.js';
import { onTheScale } from './criteria.js';
import { median } from './median.js';
import { formulaOf, readValues, type Judgement, type RatedValues, type Values } from './methods.js';
import { compareRatios, ratio } from './ratio.js';

export interface RaterScore {
  readonly rater: string;
  readonly values: RatedValues;
}

/** A solution as it enters a ranking. */
export interface Candidate {
  readonly solutionId: string;
  /** RFC 3339. */
  readonly proposedAt: string;
  /** Person-days; breaks ties where the method has no effort of its own. */
  readonly estimatedEffort: string;
  /** Share from 0 to 1; breaks ties where the method has no impact of its own. */
  readonly estimatedEffect: string;
  /** At least one, each rater once. */
  readonly scores: readonly RaterScore[];
}

export interface PrioritisationInputs {
  readonly method: ScoringMethod;
  /** Of the weighted score; none for every other method. */
  readonly criteria: readonly Criterion[];
  readonly measures: readonly Measure[];
  readonly candidates: readonly Candidate[];
}

/** A candidate with what the method makes of the medians of its raters, and of each rater alone. */
export interface Judged {
  readonly candidate: Candidate;
  /** Median per value; measured criteria on the scale of the rated ones. */
  readonly values: Values;
  readonly judgement: Judgement;
  /** In the order of the scores. */
  readonly byRater: readonly Judgement[];
}

export function judged(inputs: PrioritisationInputs, candidate: Candidate): Judged {
  const measured = measuredValues(inputs, candidate.solutionId);
  const rated = candidate.scores.map(({ values }) => ({ ...ratedValues(inputs, values), ...measured }));
  const values = Object.fromEntries(
    Object.keys(rated[0]!).map((name) => [name, median(rated.map((values) => values[name]!))]),
  );
  const judge = judgeOf(inputs);
  return { candidate, values, judgement: judge(values), byRater: rated.map(judge) };
}

function judgeOf({ method, criteria }: PrioritisationInputs): (values: Values) => Judgement {
  if (method !== 'weighted-score') return formulaOf(method);
  return (values) => ({
    score: ratio(criteria.reduce((sum, one) => sum.plus(values[one.criterionId]!.times(one.weight)), new Decimal(0))),
  });
}

/** Of a weighted score only the criteria that are weighed: a rater may have rated more. */
function ratedValues({ method, criteria }: PrioritisationInputs, values: RatedValues): Values {
  const read = readValues(method, values);
  if (method !== 'weighted-score') return read;
  const names = criteria.filter(({ kind }) => kind === 'rated').map(({ criterionId }) => criterionId);
  return Object.fromEntries(names.map((name) => [name, read[name]!]));
}

const measuredValues = ({ measures }: PrioritisationInputs, solutionId: string): Values =>
  Object.fromEntries(
    measures
      .filter((measure) => measure.solutionId === solutionId)
      .map(({ criterionId, value }) => [criterionId, onTheScale(value)]),
  );

const impactOf = ({ candidate, judgement }: Judged): Decimal =>
  judgement.impact ?? new Decimal(candidate.estimatedEffect);
const effortOf = ({ candidate, judgement }: Judged): Decimal =>
  judgement.effort ?? new Decimal(candidate.estimatedEffort);

/** Best first. Ties: more impact, less effort, proposed earlier, smaller id; so no two are equal. */
export const inOrder = (left: Judged, right: Judged): number =>
  compareRatios(right.judgement.score, left.judgement.score) || inOrderOfTies(left, right);

export const inOrderOfTies = (left: Judged, right: Judged): number =>
  impactOf(right).comparedTo(impactOf(left)) ||
  effortOf(left).comparedTo(effortOf(right)) ||
  instantSeconds(left.candidate.proposedAt) - instantSeconds(right.candidate.proposedAt) ||
  (left.candidate.solutionId < right.candidate.solutionId ? -1 : 1);

/** A criterion that a rater or a measurement left out. */
export interface MissingValue {
  readonly solutionId: string;
  readonly criterionId: string;
  readonly rater?: string;
}

export function missingValue({ criteria, measures, candidates }: PrioritisationInputs): MissingValue | undefined {
  for (const { solutionId, scores } of candidates)
    for (const { criterionId, kind } of criteria) {
      if (kind === 'rated') {
        const left = scores.find(({ values }) => !Object.hasOwn(values, criterionId));
        if (left !== undefined) return { solutionId, criterionId, rater: left.rater };
      } else if (!measures.some((one) => one.criterionId === criterionId && one.solutionId === solutionId))
        return { solutionId, criterionId };
    }
  return undefined;
}
