import { bandOf, type Objective } from '@app/agreements/events';
import { Decimal } from '@app/kernel';
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Pins, Reason, Result } from './compliance-period.events.js';
import { isSameScope, type MissedScope } from './compliance-period.state.js';

/** Changes whenever the same inputs could give another result. */
export const engineVersion = '1';

export const wholeScope = 'all';

/** What the readings say about one objective in one scope, before anything is compared. */
export interface Measure extends MissedScope {
  readonly n: number;
  /** Unrounded; absent when the readings give no figure. */
  readonly value?: Decimal;
  /** What the indicator says about few cases: below `minSample` the figure is shown but judged only if it says so. */
  readonly minSample: number;
  readonly smallSamples: 'not-determinable' | 'judged';
}

export interface Missed extends MissedScope {
  readonly repeatCount: number;
}

/** Metric per scope, sample rule, comparison with tolerance, severity, repeats on final neighbours: in this order. */
export function evaluateObjectives(
  objectives: readonly Objective[],
  measures: readonly Measure[],
  missedBefore: readonly Missed[],
): readonly Result[] {
  return objectives.flatMap((objective) =>
    measures
      .filter(({ objectiveId }) => objectiveId === objective.objectiveId)
      .map((measure) => judged(objective, measure, missedBefore)),
  );
}

function judged(objective: Objective, measure: Measure, missedBefore: readonly Missed[]): Result {
  const { objectiveId, title, indicatorId, comparator } = objective;
  const { scope, n, value, minSample } = measure;
  const target = scope === wholeScope ? objective.target : (objective.perScopeFloor?.floor ?? objective.target);
  const base = {
    objectiveId,
    title,
    indicatorId,
    scope,
    comparator,
    target,
    n,
    ...(value === undefined ? {} : { value: exact(value) }),
    smallSample: n > 0 && n < minSample,
  };
  const reason = notDeterminable(measure);
  if (value === undefined || reason !== undefined)
    return { ...base, verdict: 'NotDeterminable', reason: reason ?? 'no-value', belowMinimum: false, repeatCount: 0 };
  const belowMinimum = !reaches(value, objective.minimumLevel, '0', comparator);
  if (reaches(value, target, objective.tolerance, comparator))
    return { ...base, verdict: 'Met', belowMinimum, repeatCount: 0 };
  const before = missedBefore.find((one) => isSameScope(one, measure));
  return {
    ...base,
    verdict: 'NotMet',
    severity: bandOf(objective.severityBands, value)!.severity,
    belowMinimum,
    repeatCount: before === undefined ? 0 : before.repeatCount + 1,
  };
}

function notDeterminable({ n, value, minSample, smallSamples }: Measure): Reason | undefined {
  if (n === 0) return 'no-data';
  if (n < minSample && smallSamples === 'not-determinable') return 'sample-too-small';
  return value === undefined ? 'no-value' : undefined;
}

/** Unrounded on both sides. */
const reaches = (value: Decimal, level: string, tolerance: string, comparator: Objective['comparator']): boolean =>
  comparator === 'at-least'
    ? value.greaterThanOrEqualTo(new Decimal(level).minus(tolerance))
    : value.lessThanOrEqualTo(new Decimal(level).plus(tolerance));

/** A ratio has no end: 30 decimals are kept as text, while comparisons used the unrounded value. */
const exact = (value: Decimal): string => value.toDecimalPlaces(30).toString();

/** Sum of weight times attainment in percent; undefined while an objective is not determinable. */
export function scoreOf(objectives: readonly Objective[], results: readonly Result[]): string | undefined {
  let score = new Decimal(0);
  for (const { objectiveId, weight } of objectives) {
    const whole = results.find((one) => isSameScope(one, { objectiveId, scope: wholeScope }));
    if (whole?.value === undefined || whole.verdict === 'NotDeterminable') return undefined;
    score = score.plus(attainment(new Decimal(whole.value), new Decimal(whole.target), whole.comparator).times(weight));
  }
  return exact(score);
}

/** More is better: 100 A/T; less is better: 100 (2 - A/T). A target of zero is reached or not. */
export function attainment(actual: Decimal, target: Decimal, comparator: Objective['comparator']): Decimal {
  if (target.isZero())
    return new Decimal(
      (comparator === 'at-least' ? actual.greaterThanOrEqualTo(0) : actual.lessThanOrEqualTo(0)) ? 100 : 0,
    );
  const ratio = actual.dividedBy(target);
  return (comparator === 'at-least' ? ratio : new Decimal(2).minus(ratio)).times(100);
}

const sha256 = (content: object): string => createHash('sha256').update(canonicalize(content)!).digest('hex');

/** SHA-256 of everything that the figures depend on, in canonical JSON (RFC 8785). */
export const inputHashOf = (agreementId: string, period: string, pins: Pins): string =>
  sha256({ agreementId, period, pins });

export const resultHashOf = (results: readonly Result[], score: string | undefined): string =>
  sha256({ results, ...(score === undefined ? {} : { score }) });
