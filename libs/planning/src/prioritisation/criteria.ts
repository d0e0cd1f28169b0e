import { Decimal } from '@app/kernel';
import type { Criterion } from '../plan/plan.events.js';
import { isShortDecimal } from './methods.js';

export const mostCriteria = 20;

/** Each criterion once, each weight above zero, the weights 1 together. */
export function areWeighed(criteria: readonly Criterion[]): boolean {
  const ids = new Set(criteria.map(({ criterionId }) => criterionId));
  if (criteria.length === 0 || criteria.length > mostCriteria || ids.size !== criteria.length) return false;
  if (!criteria.every(({ weight }) => isShortDecimal(weight) && new Decimal(weight).greaterThan(0))) return false;
  return sumOfWeights(criteria).equals(1);
}

/** Of each measured kind one at most, with its source; a rated criterion has none. */
export function areSourced(criteria: readonly Criterion[]): boolean {
  const measured = criteria.flatMap(({ kind }) => (kind === 'rated' ? [] : [kind]));
  const isSourced = ({ kind, source }: Criterion): boolean =>
    kind === 'rated' ? source === undefined : source !== undefined && source.trim() !== '';
  return new Set(measured).size === measured.length && criteria.every(isSourced);
}

const sumOfWeights = (criteria: readonly Criterion[]): Decimal =>
  criteria.reduce((sum, { weight }) => sum.plus(weight), new Decimal(0));

export const isShare = (text: string): boolean =>
  isShortDecimal(text) && !new Decimal(text).isNegative() && new Decimal(text).lessThanOrEqualTo(1);

/** A measured share on the scale that criteria are rated on, 0 to 10. */
export const onTheScale = (share: string): Decimal => new Decimal(share).times(10);
