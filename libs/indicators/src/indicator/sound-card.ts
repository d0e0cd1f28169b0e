import { ensure, isTimeZone } from '@app/kernel';
import type { IndicatorCard } from './indicator.events.js';
import { indicatorRules } from './indicator.rules.js';

const aggregations: Readonly<Record<IndicatorCard['kind'], readonly IndicatorCard['aggregation'][]>> = {
  case: ['percent-within-target'],
  ratio: ['ratio-of-sums'],
  value: ['mean', 'median', 'sum', 'count'],
};

/** Refuses a card that contradicts itself. */
export function ensureSound(card: IndicatorCard): void {
  const { kind, aggregation, disaggregations, districtDimension, reportingCycle, fiscalYearStart } = card;
  ensure(isTimeZone(card.timeZone), indicatorRules.anIndicatorNamesAKnownTimeZone, '/timeZone');
  ensure(
    new Set(disaggregations).size === disaggregations.length &&
      disaggregations.every((name) => /^[a-z][a-z0-9-]{0,63}$/.test(name)),
    indicatorRules.aDimensionIsDeclaredOnce,
    '/disaggregations',
  );
  ensure(
    districtDimension === undefined || disaggregations.includes(districtDimension),
    indicatorRules.aDistrictDimensionIsDeclared,
    '/districtDimension',
  );
  ensure(
    aggregations[kind].includes(aggregation),
    indicatorRules.anAggregationFitsTheKind,
    '/aggregation',
    `Readings of it are of the kind ${kind}.`,
  );
  ensure(
    reportingCycle !== 'fiscal-year' || fiscalYearStart > 1,
    indicatorRules.aFiscalYearStartsAfterJanuary,
    '/fiscalYearStart',
  );
}
