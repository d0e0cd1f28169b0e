import { Decimal, isDecimalText } from '@app/kernel';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import type { PrioritisationInputs } from './candidates.js';
import { versionOf } from './methods.js';

const byKey =
  <T>(key: (one: T) => string) =>
  (left: T, right: T): number =>
    key(left) < key(right) ? -1 : 1;

/** 7.50 and 7.5 are one value. */
const plain = (text: string): string => (isDecimalText(text) ? new Decimal(text).toString() : text);

const plainValues = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, text]) => [name, plain(text)]));

/** What a ranking was computed from, as lower-case hex: SHA-256 of canonical JSON (RFC 8785), lists in order of id. */
export function inputsHash({ method, criteria, measures, candidates }: PrioritisationInputs): string {
  const content = {
    method,
    methodVersion: versionOf(method),
    criteria: criteria
      .map((criterion) => ({ ...criterion, weight: plain(criterion.weight) }))
      .sort(byKey(({ criterionId }) => criterionId)),
    measures: measures
      .map((measure) => ({ ...measure, value: plain(measure.value) }))
      .sort(byKey(({ criterionId, solutionId }) => `${criterionId} ${solutionId}`)),
    candidates: candidates
      .map(({ solutionId, proposedAt, estimatedEffort, estimatedEffect, scores }) => ({
        solutionId,
        proposedAt,
        estimatedEffort: plain(estimatedEffort),
        estimatedEffect: plain(estimatedEffect),
        scores: scores
          .map(({ rater, values }) => ({ rater, values: plainValues(values) }))
          .sort(byKey(({ rater }) => rater)),
      }))
      .sort(byKey(({ solutionId }) => solutionId)),
  };
  return createHash('sha256').update(canonicalize(content)!).digest('hex');
}
