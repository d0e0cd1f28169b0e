import { Decimal, type RecordedEvent } from '@app/kernel';
import { defineProjection } from '@app/projections';
import type { PlanEvent, ScoringMethod } from '../../plan/plan.events.js';
import type { Plan, Ranking, Solution, SolutionStatus } from '../../plan/plan.state.js';

/** The solutions of a plan and how each method ranks them. */
export interface PlanRankings {
  /** `cape-town/water-2026`. */
  readonly _id: string;
  readonly agency: string;
  readonly plan: string;
  readonly solutions: readonly ListedSolution[];
  /** The newest of each method. */
  readonly rankings: readonly Ranking[];
}

export type ListedSolution = Pick<Solution, 'solutionId' | 'title' | 'status' | 'estimatedCost' | 'estimatedEffort'>;

const idOf = ({ stream }: RecordedEvent<PlanEvent>): string => `${stream.tenant}/${stream.id}`;

const withStatus = (
  doc: PlanRankings | undefined,
  solutionId: string,
  status: SolutionStatus,
): PlanRankings | undefined =>
  doc && {
    ...doc,
    solutions: doc.solutions.map((one) => (one.solutionId === solutionId ? { ...one, status } : one)),
  };

export const solutionRanking = defineProjection<PlanRankings, PlanEvent>({
  name: 'solution-ranking',
  version: 1,
  documentId: idOf,
  on: {
    SolutionProposed: (doc, { data, stream }) => {
      const { solutionId, title, estimatedCost, estimatedEffort } = data;
      const proposed = { solutionId, title, status: 'proposed', estimatedCost, estimatedEffort } as const;
      return {
        _id: `${stream.tenant}/${stream.id}`,
        agency: stream.tenant,
        plan: stream.id,
        solutions: [...(doc?.solutions ?? []), proposed],
        rankings: doc?.rankings ?? [],
      };
    },
    PrioritiesRanked: (doc, { data }) => {
      const { by: _by, ...ranking } = data;
      const others = doc?.rankings.filter(({ method }) => method !== ranking.method) ?? [];
      return doc && { ...doc, rankings: [...others, { ...ranking, standing: true }] };
    },
    SolutionSelected: (doc, { data }) => withStatus(doc, data.solutionId, 'selected'),
    SolutionRejected: (doc, { data }) => withStatus(doc, data.solutionId, 'rejected'),
    PlanReturned: (doc) =>
      doc && { ...doc, rankings: doc.rankings.map((ranking) => ({ ...ranking, standing: false })) },
  },
});

export interface RankingRow {
  readonly method: ScoringMethod;
  readonly methodVersion: string;
  readonly rank: number;
  readonly solution: string;
  readonly title: string;
  readonly status: SolutionStatus;
  /** Half up at 12 places. */
  readonly score: string;
  /** Bucket of MoSCoW, quadrant of impact and effort; null for other methods. */
  readonly group: string | null;
  readonly raters: number;
  /** Scores of the raters, each taken alone. */
  readonly lowest: string;
  readonly highest: string;
  /** Median of their distances from their median. */
  readonly deviation: string;
  /** While one weight after the other is a tenth of itself lower and higher; null where there are no weights. */
  readonly bestRank: number | null;
  readonly worstRank: number | null;
  readonly estimatedCost: string;
  readonly currency: string;
  readonly estimatedEffort: string;
  readonly effortUnit: string;
  /** False: the plan was returned since, and is ranked anew before a solution is selected. */
  readonly standing: boolean;
  readonly inputsHash: string;
}

type Ranked = Pick<Plan, 'rankings'> & { readonly solutions: readonly ListedSolution[] };

export const rowsOf = ({ rankings, solutions }: Ranked): readonly RankingRow[] =>
  rankings.flatMap((ranking) =>
    ranking.ranking.flatMap((place) => {
      const solution = solutions.find(({ solutionId }) => solutionId === place.solutionId);
      return solution === undefined ? [] : [rowOf(ranking, place, solution)];
    }),
  );

function rowOf(ranking: Ranking, place: Ranking['ranking'][number], solution: ListedSolution): RankingRow {
  const range = ranking.sensitivity?.ranges.find(({ solutionId }) => solutionId === place.solutionId);
  const { estimatedCost, estimatedEffort } = solution;
  return {
    method: ranking.method,
    methodVersion: ranking.methodVersion,
    rank: place.rank,
    solution: place.solutionId,
    title: solution.title,
    status: solution.status,
    score: place.score,
    group: place.group ?? null,
    raters: place.raters,
    lowest: place.dispersion.lowest,
    highest: place.dispersion.highest,
    deviation: place.dispersion.deviation,
    bestRank: range?.best ?? null,
    worstRank: range?.worst ?? null,
    estimatedCost: estimatedCost.amount,
    currency: estimatedCost.unit,
    estimatedEffort: estimatedEffort.amount,
    effortUnit: estimatedEffort.unit,
    standing: ranking.standing,
    inputsHash: ranking.inputsHash,
  };
}

export const rankingSorts = ['rank', 'disagreement', 'solution'] as const;
export type RankingSort = (typeof rankingSorts)[number];

const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const orders: Readonly<Record<RankingSort, (left: RankingRow, right: RankingRow) => number>> = {
  rank: (left, right) => byText(left.method, right.method) || left.rank - right.rank,
  disagreement: (left, right) => new Decimal(right.deviation).comparedTo(left.deviation),
  solution: (left, right) => byText(left.solution, right.solution),
};

/** Ties go by method and rank, so that no two rows are equal. */
export const inOrderOf =
  (sort: RankingSort) =>
  (left: RankingRow, right: RankingRow): number =>
    orders[sort](left, right) || orders.rank(left, right);
