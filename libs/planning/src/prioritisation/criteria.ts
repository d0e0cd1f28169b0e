import { Decimal } from '@app/kernel';
import { isShortDecimal } from './methods.js';

/** Rated by the team, or measured: the share of a consultation's groups that back it, the share of the benefit that reaches the worse off. */
export const criterionKinds = ['rated', 'cross-group-support', 'equity-benefit'] as const;
export type CriterionKind = (typeof criterionKinds)[number];

export interface Criterion {
  readonly criterionId: string;
  readonly kind: CriterionKind;
  readonly weight: string;
}

/** A measured criterion of one solution: a share from 0 to 1, with where it was read. */
export interface Measure {
  readonly criterionId: string;
  readonly solutionId: string;
  readonly value: string;
  readonly source: string;
}

export const mostCriteria = 20;

/** Each criterion once, each weight above zero, the weights 1 together. */
export function areWeighed(criteria: readonly Criterion[]): boolean {
  const ids = new Set(criteria.map(({ criterionId }) => criterionId));
  if (criteria.length === 0 || criteria.length > mostCriteria || ids.size !== criteria.length) return false;
  if (!criteria.every(({ weight }) => isShortDecimal(weight) && new Decimal(weight).greaterThan(0))) return false;
  return sumOfWeights(criteria).equals(1);
}

export const sumOfWeights = (criteria: readonly Criterion[]): Decimal =>
  criteria.reduce((sum, { weight }) => sum.plus(weight), new Decimal(0));

export const isShare = (text: string): boolean =>
  isShortDecimal(text) && !new Decimal(text).isNegative() && new Decimal(text).lessThanOrEqualTo(1);

/** A measured share on the scale that criteria are rated on, 0 to 10. */
export const onTheScale = (share: string): Decimal => new Decimal(share).times(10);
