import type { IndicatorCard, IndicatorEvent } from './indicator.events.js';

export const onTime: IndicatorCard = {
  title: 'Cases closed on time',
  definition: 'Share of the cases with a target that were closed by it, of those closed or overdue',
  kind: 'case',
  unit: 'percent',
  direction: 'higher-is-better',
  denominatorPolicy: 'completed-and-overdue',
  periodAttribution: 'opening',
  reportingCycle: 'month',
  timeZone: 'America/New_York',
  durationClock: 'wall-clock',
  decimals: 4,
  minSample: 0,
  smallSampleRule: 'shown-with-warning',
  disaggregations: ['department', 'ward'],
  dataSource: 'Boston 311',
  responsibleRole: 'service-owner',
};
export const onTimeDefined: IndicatorEvent = { type: 'IndicatorDefined', data: onTime };
