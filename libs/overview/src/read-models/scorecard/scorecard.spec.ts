import type { RecordedEvent } from '@app/kernel';
import { rowsOf, scorecard, type ScorecardPeriod } from './scorecard.js';

const july: ScorecardPeriod = {
  _id: 'boston/street-services/2011-07',
  agency: 'boston',
  agreement: 'street-services',
  agreementTitle: 'Street services',
  period: '2011-07',
  status: 'provisional',
  updatedAt: '2011-08-06T09:00:00Z',
  indicatorTitles: { 'on-time-percent': 'Cases on time' },
  results: [
    {
      objectiveId: 'on-time',
      title: 'Cases closed on time',
      indicatorId: 'on-time-percent',
      scope: 'all',
      comparator: 'at-least',
      target: '99',
      n: 3,
      value: '66.666666666666666666666666666667',
      verdict: 'NotMet',
      smallSample: true,
      severity: 'Severe',
      belowMinimum: true,
      repeatCount: 0,
    },
  ],
};

describe('a row of the scorecard', () => {
  it('rounds the value for reading and says where the exact one is', () =>
    expect(rowsOf(july)).toEqual([
      expect.objectContaining({
        value: '66.6667',
        target: '99',
        verdict: 'NotMet',
        status: 'provisional',
        indicatorTitle: 'Cases on time',
        computation: '/v1/agencies/boston/agreements/street-services/periods/2011-07',
      }),
    ]));
  it('has null, not zero, where there is no figure', () => {
    const empty = {
      ...july.results[0]!,
      value: undefined,
      n: 0,
      verdict: 'NotDeterminable' as const,
      reason: 'no-data' as const,
    };
    expect(rowsOf({ ...july, results: [empty] })[0]).toMatchObject({ value: null, reason: 'no-data', n: 0 });
  });
  it('is not there before the first evaluation', () => expect(rowsOf({ ...july, results: [] })).toEqual([]));
});

describe('a period of the scorecard', () => {
  type Handler = (doc: ScorecardPeriod | undefined, event: RecordedEvent) => ScorecardPeriod | undefined;
  const handlers = scorecard.on as unknown as Readonly<Record<string, Handler>>;
  const opened = { agreementId: 'street-services', agreementTitle: 'Street services', period: '2011-07' };
  const evaluated = {
    evaluatedAt: '2011-08-06T09:00:00Z',
    results: july.results,
    pins: { indicators: [{ indicatorId: 'on-time-percent', title: 'Cases on time' }] },
    resultHash: 'abc',
  };
  const after = (...events: readonly (readonly [type: string, data: object])[]): ScorecardPeriod | undefined =>
    events.reduce<ScorecardPeriod | undefined>((doc, [type, data]) => {
      const stream = { category: 'compliance', tenant: 'boston', id: 'street-services/2011-07' };
      const metadata = { occurredAt: '2011-08-01T09:00:00Z' };
      return handlers[type]!(doc, { type, data, stream, metadata } as unknown as RecordedEvent);
    }, undefined);

  it('is provisional after an evaluation', () =>
    expect(after(['CompliancePeriodOpened', opened], ['ComplianceEvaluated', evaluated])).toEqual({
      ...july,
      resultHash: 'abc',
    }));
  it('is final after its finalisation, with the same figures', () =>
    expect(
      after(
        ['CompliancePeriodOpened', opened],
        ['ComplianceEvaluated', evaluated],
        ['ComplianceFinalised', { finalisedAt: '2011-08-16T09:00:00Z' }],
      ),
    ).toMatchObject({ status: 'final', updatedAt: '2011-08-16T09:00:00Z', results: july.results }));
  it('loses its score when a later evaluation has none', () =>
    expect(
      after(
        ['CompliancePeriodOpened', opened],
        ['ComplianceEvaluated', { ...evaluated, score: '97' }],
        ['ComplianceEvaluated', evaluated],
      ),
    ).not.toHaveProperty('score'));
});
