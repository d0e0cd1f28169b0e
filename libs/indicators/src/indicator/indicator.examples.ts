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
/** Counts only what was closed, from August on. */
export const completedOnly: IndicatorCard = { ...onTime, denominatorPolicy: 'completed-only' };
export const onTimeRevised: IndicatorEvent = {
  type: 'IndicatorRevised',
  data: {
    version: 2,
    card: completedOnly,
    changed: ['denominatorPolicy'],
    reason: 'The council asked for closed cases only',
    effectiveFromPeriod: '2011-08',
    breaksSeries: true,
  },
};
export const owner = { person: `p-${'1'.repeat(40)}`, from: '2011-07-01' };
export const ownerAssigned: IndicatorEvent = { type: 'IndicatorOwnerAssigned', data: owner };
export const onTimeRetired: IndicatorEvent = {
  type: 'IndicatorRetired',
  data: { reason: 'Replaced by the median time to close' },
};
