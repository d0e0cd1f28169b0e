import { Decimal } from '@app/kernel';
import type { Ranked, ScoringMethod, Sensitivity } from '../plan/plan.events.js';
import { inOrder, judged, type Judged, type PrioritisationInputs } from './candidates.js';
import { inputsHash } from './inputs-hash.js';
import { dispersion } from './median.js';
import { versionOf, type Judgement } from './methods.js';
import { ratioText } from './ratio.js';
import { sensitivityOf } from './sensitivity.js';

export interface Priorities {
  readonly method: ScoringMethod;
  readonly methodVersion: string;
  readonly inputsHash: string;
  readonly ranking: Ranked[];
  /** Of the weighted score only: no other method has weights. */
  readonly sensitivity?: Sensitivity;
}

/** The ranking; inputs in any order give the same one. */
export function prioritise(inputs: PrioritisationInputs): Priorities {
  const order = inputs.candidates.map((candidate) => judged(inputs, candidate)).sort(inOrder);
  return {
    method: inputs.method,
    methodVersion: versionOf(inputs.method),
    inputsHash: inputsHash(inputs),
    ranking: order.map((one, index) => ranked(one, index + 1)),
    ...(inputs.method === 'weighted-score' ? { sensitivity: sensitivityOf(inputs.criteria, order) } : {}),
  };
}

function ranked({ candidate, judgement, byRater }: Judged, rank: number): Ranked {
  return {
    solutionId: candidate.solutionId,
    rank,
    score: ratioText(judgement.score),
    ...(judgement.group === undefined ? {} : { group: judgement.group }),
    raters: candidate.scores.length,
    dispersion: dispersion(byRater.map(quotient)),
  };
}

const quotient = ({ score: { over, under } }: Judgement): Decimal => over.dividedBy(under);

/** Most of the effort that MoSCoW lets the musts take: beyond it the plan has no room to keep its promise. */
export const mostOfMusts = '0.6';

/** Effort of the musts in that of everything that is not left out; 0 where nothing is left in. */
export function shareOfMusts(inputs: PrioritisationInputs): Decimal {
  const wanted = inputs.candidates
    .map((candidate) => judged(inputs, candidate))
    .filter(({ judgement }) => judgement.group !== 'wont');
  const whole = effortOf(wanted);
  const musts = effortOf(wanted.filter(({ judgement }) => judgement.group === 'must'));
  return whole.isZero() ? new Decimal(0) : musts.dividedBy(whole);
}

const effortOf = (all: readonly Judged[]): Decimal =>
  all.reduce((sum, { candidate }) => sum.plus(candidate.estimatedEffort), new Decimal(0));
