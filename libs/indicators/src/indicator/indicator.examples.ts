import type { IndicatorCard, IndicatorEvent } from './indicator.events.js';

export const onTime: IndicatorCard = {
  title: 'Cases closed on time',
  definition: 'Share of the cases with a target that were closed by it, of those closed or overdue',
  kind: 'case',
  qualityDimension: 'Timeliness',
  unit: 'percent',
  direction: 'higher-is-better',
  aggregation: 'percent-within-target',
  denominatorPolicy: 'completed-and-overdue',
  ratioBound: 'at-most-one',
  calculationType: 'non-cumulative',
  periodAttribution: 'opening',
  reportingCycle: 'month',
  fiscalYearStart: 1,
  timeZone: 'America/New_York',
  durationClock: 'wall-clock',
  decimals: 4,
  rounding: 'half-up',
  minSample: 0,
  smallSampleRule: 'shown-with-warning',
  disaggregations: ['department', 'ward'],
  districtDimension: 'ward',
  dataSource: 'Boston 311',
  meansOfVerification: 'The case in the 311 system',
  responsibleRole: 'service-owner',
};
export const onTimeDefined: IndicatorEvent = { type: 'IndicatorDefined', data: onTime };
