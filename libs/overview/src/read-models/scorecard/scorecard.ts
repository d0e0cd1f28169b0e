import type { CompliancePeriodEvent, Evaluation, Opening, Result } from '@app/compliance/events';
import { Decimal, published } from '@app/kernel';
import { defineProjection } from '@app/projections';

/** All figures of one agreement in one period; the rows of the scorecard are its results. */
export interface ScorecardPeriod {
  /** `boston/street-services/2011-07`. */
  readonly _id: string;
  readonly agency: string;
  readonly agreement: string;
  readonly agreementTitle: string;
  readonly period: string;
  readonly status: 'open' | 'provisional' | 'final';
  /** When the figures were evaluated or made final. */
  readonly updatedAt: string;
  readonly results: readonly Result[];
  readonly indicatorTitles: Readonly<Record<string, string>>;
  readonly score?: string;
  readonly resultHash?: string;
}

export const scorecard = defineProjection<ScorecardPeriod, CompliancePeriodEvent>({
  name: 'scorecard',
  version: 1,
  indexes: [
    { key: { agency: 1, _id: 1 } },
    { key: { agreement: 1, _id: 1 } },
    { key: { period: 1, _id: 1 } },
    { key: { agency: 1, agreement: 1, _id: 1 } },
  ],
  documentId: ({ stream }) => `${stream.tenant}/${stream.id}`,
  on: {
    CompliancePeriodOpened: (_doc, { data, stream, metadata }) =>
      opened(`${stream.tenant}/${stream.id}`, stream.tenant, data, metadata.occurredAt),
    ComplianceEvaluated: (doc, { data }) => (doc === undefined ? undefined : evaluated(doc, data)),
    ComplianceFinalised: (doc, { data }) =>
      doc === undefined ? undefined : { ...doc, status: 'final', updatedAt: data.finalisedAt },
  },
});

const opened = (_id: string, agency: string, opening: Opening, updatedAt: string): ScorecardPeriod => ({
  _id,
  agency,
  agreement: opening.agreementId,
  agreementTitle: opening.agreementTitle,
  period: opening.period,
  status: 'open',
  updatedAt,
  results: [],
  indicatorTitles: {},
});

function evaluated(
  { _id, agency, agreement, agreementTitle, period }: ScorecardPeriod,
  { results, pins, score, resultHash, evaluatedAt }: Evaluation,
): ScorecardPeriod {
  return {
    _id,
    agency,
    agreement,
    agreementTitle,
    period,
    status: 'provisional',
    updatedAt: evaluatedAt,
    results,
    indicatorTitles: Object.fromEntries(pins.indicators.map(({ indicatorId, title }) => [indicatorId, title])),
    ...(score === undefined ? {} : { score }),
    resultHash,
  };
}

export interface ScorecardRow {
  readonly agency: string;
  readonly agreement: string;
  readonly agreementTitle: string;
  readonly period: string;
  readonly objective: string;
  readonly title: string;
  readonly scope: string;
  readonly indicator: string;
  readonly indicatorTitle: string;
  readonly comparator: string;
  readonly target: string;
  /** Half up at four decimals, for reading; null where the readings give no figure. */
  readonly value: string | null;
  readonly n: number;
  readonly verdict: string;
  readonly reason: string | null;
  readonly smallSample: boolean;
  readonly severity: string | null;
  readonly repeatCount: number;
  readonly status: string;
  readonly updatedAt: string;
  /** How it was computed: pins, hashes and the unrounded value. */
  readonly computation: string;
  readonly verification: string;
}

export const scorecardColumns: readonly (keyof ScorecardRow)[] = [
  'agency',
  'agreement',
  'agreementTitle',
  'period',
  'objective',
  'title',
  'scope',
  'indicator',
  'indicatorTitle',
  'comparator',
  'target',
  'value',
  'n',
  'verdict',
  'reason',
  'smallSample',
  'severity',
  'repeatCount',
  'status',
  'updatedAt',
  'computation',
  'verification',
];

export function rowsOf(doc: ScorecardPeriod): readonly ScorecardRow[] {
  const { agency, agreement, agreementTitle, period, status, updatedAt } = doc;
  const computation = `/v1/agencies/${agency}/agreements/${agreement}/periods/${period}`;
  return doc.results.map((result) => ({
    agency,
    agreement,
    agreementTitle,
    period,
    objective: result.objectiveId,
    title: result.title,
    scope: result.scope,
    indicator: result.indicatorId,
    indicatorTitle: doc.indicatorTitles[result.indicatorId] ?? result.indicatorId,
    comparator: result.comparator,
    target: result.target,
    value: result.value === undefined ? null : published(new Decimal(result.value), 4),
    n: result.n,
    verdict: result.verdict,
    reason: result.reason ?? null,
    smallSample: result.smallSample,
    severity: result.severity ?? null,
    repeatCount: result.repeatCount,
    status,
    updatedAt,
    computation,
    verification: `${computation}/verification`,
  }));
}
