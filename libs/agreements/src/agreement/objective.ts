import { Decimal, ensure, isDecimalText, type ReportingCycle } from '@app/kernel';
import type { Objective } from './agreement.events.js';
import { agreementRules } from './agreement.rules.js';
import { ensureBandsCoverEveryMiss } from './severity-bands.js';

/** What an objective has to know about the indicator that it measures. */
export interface IndicatorCard {
  readonly direction: 'higher-is-better' | 'lower-is-better';
  readonly dimensions: readonly string[];
  readonly reportingCycle: ReportingCycle;
  /** Month 1 to 12 in which its fiscal years start. */
  readonly fiscalYearStart: number;
  readonly qualityDimension: string;
}

/** Its length is a multiple of the cycle's, and it starts where a cycle starts. */
function holdsWholeCycles({ window, fiscalYearStart = 1 }: Objective, card: IndicatorCard): boolean {
  const cycle = months[card.reportingCycle];
  const cycleStart = card.reportingCycle === 'fiscal-year' ? card.fiscalYearStart : 1;
  return months[window] % cycle === 0 && (fiscalYearStart - cycleStart) % cycle === 0;
}

const months: Record<ReportingCycle, number> = { month: 1, quarter: 3, year: 12, 'fiscal-year': 12 };

/** Refuses an objective that contradicts itself or its indicator. */
export function ensureSoundObjective(objective: Objective, card: IndicatorCard | undefined): void {
  ensureDecimals(objective);
  const { comparator, target, perScopeFloor, severityBands } = objective;
  const weight = new Decimal(objective.weight);
  ensure(
    weight.greaterThan(0) && weight.lessThanOrEqualTo(1),
    agreementRules.aWeightIsAboveZeroAndAtMostOne,
    '/weight',
  );
  ensure(
    new Decimal(objective.tolerance).greaterThanOrEqualTo(0),
    agreementRules.aToleranceIsNotNegative,
    '/tolerance',
  );
  ensure(
    asksNoMore(objective.minimumLevel, target, comparator),
    agreementRules.theMinimumAsksNoMoreThanTheTarget,
    '/minimumLevel',
  );
  if (perScopeFloor !== undefined)
    ensure(
      asksNoMore(perScopeFloor.floor, target, comparator),
      agreementRules.aFloorAsksNoMoreThanTheTarget,
      '/perScopeFloor/floor',
    );
  ensureBandsCoverEveryMiss(severityBands, comparator, target, '/severityBands');
  ensureFitsIndicator(objective, card);
}

function ensureFitsIndicator(objective: Objective, card: IndicatorCard | undefined): void {
  ensure(
    card !== undefined,
    agreementRules.anObjectiveMeasuresADefinedIndicator,
    '/indicatorId',
    objective.indicatorId,
  );
  ensure(
    (card.direction === 'higher-is-better') === (objective.comparator === 'at-least'),
    agreementRules.theComparatorFollowsTheIndicator,
    '/comparator',
  );
  ensure(
    (objective.window === 'fiscal-year') === (objective.fiscalYearStart !== undefined),
    agreementRules.aFiscalYearNamesItsFirstMonth,
    '/fiscalYearStart',
  );
  ensure(
    holdsWholeCycles(objective, card),
    agreementRules.aWindowHoldsWholeReportingCycles,
    '/window',
    `The indicator is reported by ${card.reportingCycle}.`,
  );
  const dimension = objective.perScopeFloor?.dimension;
  ensure(
    dimension === undefined || card.dimensions.includes(dimension),
    agreementRules.aFloorUsesADimensionOfTheIndicator,
    '/perScopeFloor/dimension',
    `It has ${card.dimensions.join(', ') || 'none'}.`,
  );
}

function ensureDecimals(objective: Objective): void {
  const numbers: readonly (readonly [pointer: string, text: string | undefined])[] = [
    ['/target', objective.target],
    ['/minimumLevel', objective.minimumLevel],
    ['/tolerance', objective.tolerance],
    ['/weight', objective.weight],
    ['/perScopeFloor/floor', objective.perScopeFloor?.floor],
    ...objective.severityBands.flatMap(({ from, to }, index): (readonly [string, string | undefined])[] => [
      [`/severityBands/${index}/from`, from],
      [`/severityBands/${index}/to`, to],
    ]),
  ];
  for (const [pointer, text] of numbers)
    ensure(text === undefined || isDecimalText(text), agreementRules.objectiveNumbersAreDecimals, pointer);
}

const asksNoMore = (level: string, target: string, comparator: Objective['comparator']): boolean =>
  comparator === 'at-least'
    ? new Decimal(level).lessThanOrEqualTo(target)
    : new Decimal(level).greaterThanOrEqualTo(target);
