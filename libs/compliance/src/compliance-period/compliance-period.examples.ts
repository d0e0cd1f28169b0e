import type { Objective } from '@app/agreements/events';
import { Decimal } from '@app/kernel';
import type { CompliancePeriodEvent, Evaluation, Pins } from './compliance-period.events.js';
import { engineVersion, evaluateObjectives, inputHashOf, resultHashOf, scoreOf } from './evaluation.js';
import type { Measure, Missed } from './evaluation.js';

export const july = { agreementId: 'street-services', period: '2011-07' };
export const onTime: Objective = {
  objectiveId: 'on-time',
  title: 'Cases closed on time',
  indicatorId: 'on-time-percent',
  comparator: 'at-least',
  target: '99',
  minimumLevel: '97',
  tolerance: '0',
  window: 'month',
  weight: '1',
  severityBands: [
    { severity: 'Minor', from: '98', to: '99' },
    { severity: 'Serious', from: '97', to: '98' },
    { severity: 'Severe', to: '97' },
  ],
};
export const measured = (value: string, change: Partial<Measure> = {}): Measure => ({
  objectiveId: 'on-time',
  scope: 'all',
  n: 200,
  value: new Decimal(value),
  minSample: 30,
  smallSamples: 'not-determinable',
  ...change,
});

export const opening = {
  agreementId: 'street-services',
  agreementTitle: 'Street services',
  agreementVersion: 1,
  agreementRevision: '9',
  contentHash: 'a'.repeat(64),
  disputeWindowDays: 10,
  period: '2011-07',
  timeZone: 'America/New_York',
  from: '2011-07-01T04:00:00.000Z',
  to: '2011-08-01T04:00:00.000Z',
};
export const cutOffFacts = {
  indicators: [{ indicatorId: 'on-time-percent', title: 'Cases on time', version: 1, revision: '0' }],
  readings: [{ indicatorId: 'on-time-percent', ledger: '2011-07', revision: '199' }],
};
export const opened: CompliancePeriodEvent = { type: 'CompliancePeriodOpened', data: opening };
export const cutOffAt = '2011-08-05T09:00:00Z';
export const cutOff: CompliancePeriodEvent = {
  type: 'CompliancePeriodCutOff',
  data: { at: cutOffAt, ...cutOffFacts },
};
export const evaluatedAt = '2011-08-06T09:00:00Z';

/** What an evaluation of July records for this figure. */
export function evaluationOf(
  value: string,
  previous?: { pin: Pins['previous']; missed: readonly Missed[] },
): Evaluation {
  const results = [...evaluateObjectives([onTime], [measured(value)], previous?.missed ?? [])];
  const score = scoreOf([onTime], results);
  const pins: Pins = {
    agreementVersion: 1,
    agreementRevision: '9',
    contentHash: opening.contentHash,
    cutOffAt,
    ...cutOffFacts,
    ...(previous?.pin === undefined ? {} : { previous: previous.pin }),
    engineVersion,
  };
  return {
    evaluatedAt,
    pins,
    results,
    ...(score === undefined ? {} : { score }),
    inputHash: inputHashOf('street-services', '2011-07', pins),
    resultHash: resultHashOf(results, score),
  };
}
export const evaluated = (value: string): CompliancePeriodEvent => ({
  type: 'ComplianceEvaluated',
  data: evaluationOf(value),
});
export const finalisedAt = '2011-08-16T09:00:00Z';
export const finalised = (value: string): CompliancePeriodEvent => ({
  type: 'ComplianceFinalised',
  data: { finalisedAt, resultHash: evaluationOf(value).resultHash },
});
