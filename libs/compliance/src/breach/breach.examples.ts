import type { Consequence } from '@app/agreements/events';
import { cutOff, evaluated, evaluationOf, finalised, opened } from '../compliance-period/compliance-period.examples.js';
import { compliancePeriod, type CompliancePeriodState } from '../compliance-period/compliance-period.state.js';
import type { BreachEvent, Figure } from './breach.events.js';

export const onTimeInJuly = {
  agreementId: 'street-services',
  objectiveId: 'on-time',
  scope: 'all',
  period: '2011-07',
};
export const points: Consequence = {
  kind: 'ServicePoints',
  objectiveId: 'on-time',
  points: [
    { severity: 'Minor', points: '1' },
    { severity: 'Serious', points: '2' },
    { severity: 'Severe', points: '3' },
  ],
  repeatMultiplier: '2',
};
const folded = (...events: Parameters<typeof compliancePeriod.evolve>[1][]): CompliancePeriodState =>
  events.reduce(compliancePeriod.evolve, compliancePeriod.initial);
export const provisionalAt = (value: string): CompliancePeriodState => folded(opened, cutOff, evaluated(value));
export const finalAt = (value: string): CompliancePeriodState =>
  folded(opened, cutOff, evaluated(value), finalised(value));

export const severe: Figure = {
  severity: 'Severe',
  value: '96.5',
  target: '99',
  belowMinimum: true,
  repeatCount: 0,
  resultHash: evaluationOf('96.5').resultHash,
};
export const minor: Figure = {
  ...severe,
  severity: 'Minor',
  value: '98.5',
  belowMinimum: false,
  resultHash: evaluationOf('98.5').resultHash,
};
export const detected = (figure: Figure): BreachEvent => ({
  type: 'BreachDetected',
  data: { ...onTimeInJuly, agreementVersion: 1, ...figure },
});
export const confirmed: BreachEvent = { type: 'BreachConfirmed', data: { resultHash: severe.resultHash } };
export const threePoints: BreachEvent = {
  type: 'ConsequenceApplied',
  data: {
    kind: 'ServicePoints',
    points: '3',
    calculation: { severity: 'Severe', severityPoints: '3', multiplier: '1' },
  },
};
