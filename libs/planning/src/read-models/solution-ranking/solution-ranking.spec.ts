import type { RecordedEvent } from '@app/kernel';
import type { PlanEvent } from '../../plan/plan.events.js';
import { plan } from '../../plan/plan.state.js';
import {
  callCentreProposed,
  callCentreSelected,
  chatLineProposed,
  chatLineRejected,
  planReturned,
  planSubmitted,
  ranked,
  rankedByWeights,
} from '../../plan/solution.examples.js';
import { inOrderOf, rowsOf, solutionRanking, type PlanRankings } from './solution-ranking.js';

type Handler = (doc: PlanRankings | undefined, event: RecordedEvent) => PlanRankings | undefined;
const handlers = solutionRanking.on as unknown as Readonly<Record<string, Handler>>;

function fold(...events: readonly PlanEvent[]): PlanRankings | undefined {
  return events.reduce<PlanRankings | undefined>((doc, event) => {
    const stream = { category: 'plan', tenant: 'boston', id: 'water' };
    return handlers[event.type]?.(doc, { ...event, stream } as unknown as RecordedEvent) ?? doc;
  }, undefined);
}
const byRice: PlanEvent = {
  type: 'PrioritiesRanked',
  data: {
    ...(rankedByWeights.data as Extract<PlanEvent, { type: 'PrioritiesRanked' }>['data']),
    method: 'rice',
    criteria: [],
    sensitivity: undefined,
  },
};
const all = [...ranked, byRice, callCentreSelected, chatLineRejected];

describe('the ranking of solutions', () => {
  it('has a row for each solution and method, with dispersion and the range of its rank', () =>
    expect(rowsOf(fold(...all)!)).toMatchObject([
      {
        method: 'weighted-score',
        rank: 1,
        solution: 'call-centre',
        title: 'Call centre',
        status: 'selected',
        score: '6.8',
        group: null,
        deviation: '0',
        bestRank: 1,
        worstRank: 1,
        estimatedCost: '250000',
        standing: true,
      },
      { method: 'weighted-score', rank: 2, solution: 'chat-line', status: 'rejected' },
      { method: 'rice', rank: 1, bestRank: null, worstRank: null },
      { method: 'rice', rank: 2 },
    ]));
  it('is the same as what the plan knows', () =>
    expect(rowsOf(fold(...all)!)).toEqual(rowsOf(all.reduce(plan.evolve, plan.initial) as never)));
  it('keeps the newest ranking of a method', () => expect(rowsOf(fold(...ranked, rankedByWeights)!)).toHaveLength(2));
  it('does not stand after the plan was returned', () => {
    const rows = rowsOf(fold(...ranked, planSubmitted, planReturned)!);
    expect(rows.map(({ standing }) => standing)).toEqual([false, false]);
  });
  it('has no row before priorities are ranked', () =>
    expect(rowsOf(fold(callCentreProposed, chatLineProposed)!)).toEqual([]));
  it('is sorted by rank, by disagreement or by solution', () => {
    const rows = rowsOf(fold(...all)!).map((row, index) => ({ ...row, deviation: ['0', '9', '10', '0'][index]! }));
    const sorted = (sort: Parameters<typeof inOrderOf>[0]) =>
      [...rows].sort(inOrderOf(sort)).map(({ method, solution }) => `${method} ${solution}`);
    expect(sorted('rank')).toEqual([
      'rice call-centre',
      'rice chat-line',
      'weighted-score call-centre',
      'weighted-score chat-line',
    ]);
    expect(sorted('disagreement').slice(0, 2)).toEqual(['rice call-centre', 'weighted-score chat-line']);
    expect(sorted('solution').slice(0, 2)).toEqual(['rice call-centre', 'weighted-score call-centre']);
  });
});
