import fc from 'fast-check';
import type { Candidate, PrioritisationInputs } from './candidates.js';
import type { Criterion, ScoringMethod } from '../plan/plan.events.js';
import { areSourced, areWeighed, isShare } from './criteria.js';
import { unreadableIn, type RatedValues } from './methods.js';
import { mostOfMusts, prioritise, shareOfMusts } from './priorities.js';

const candidate = (solutionId: string, ...values: readonly RatedValues[]): Candidate => ({
  solutionId,
  proposedAt: '2026-01-05T09:00:00Z',
  estimatedEffort: '10',
  estimatedEffect: '0.5',
  scores: values.map((given, index) => ({ rater: `p-${index + 1}`, values: given })),
});
const inputs = (
  method: ScoringMethod,
  candidates: readonly Candidate[],
  criteria: readonly Criterion[] = [],
  measures: PrioritisationInputs['measures'] = [],
): PrioritisationInputs => ({ method, criteria, measures, candidates });
const rankingOf = (given: PrioritisationInputs): readonly string[] =>
  prioritise(given).ranking.map(({ solutionId }) => solutionId);
const rice = (reach: string, impact: string, confidence: string, effort: string): RatedValues => ({
  reach,
  impact,
  confidence,
  effort,
});
const wsjf = (businessValue: string, timeCriticality: string, riskReduction: string, jobSize: string): RatedValues => ({
  businessValue,
  timeCriticality,
  riskReduction,
  jobSize,
});
const benefit: Criterion = { criterionId: 'benefit', kind: 'rated', weight: '0.6' };
const ease: Criterion = { criterionId: 'ease', kind: 'rated', weight: '0.4' };

describe('RICE', () => {
  it('is reach times impact times confidence over effort', () =>
    expect(prioritise(inputs('rice', [candidate('pipes', rice('1000', '2', '0.8', '4'))])).ranking).toMatchObject([
      { solutionId: 'pipes', rank: 1, score: '400', raters: 1 },
    ]));
  it('compares quotients that no decimal holds', () =>
    expect(
      rankingOf(
        inputs('rice', [
          candidate('third', rice('1', '1', '1', '3')),
          candidate('more', rice('333334', '1', '0.000001', '1')),
        ]),
      ),
    ).toEqual(['more', 'third']));
  it('takes the median of each value, and shows how far the raters are apart', () => {
    const [first] = prioritise(
      inputs('rice', [
        candidate('pipes', rice('100', '1', '1', '2'), rice('300', '1', '1', '2'), rice('1000', '1', '0.5', '2')),
      ]),
    ).ranking;
    expect(first).toMatchObject({
      score: '150',
      raters: 3,
      dispersion: { median: '150', lowest: '50', highest: '250', deviation: '100' },
    });
  });
});

describe('WSJF', () => {
  it('is the cost of delay over the size of the job', () =>
    expect(prioritise(inputs('wsjf', [candidate('pipes', wsjf('8', '5', '3', '5'))])).ranking).toMatchObject([
      { score: '3.2' },
    ]));
  it('breaks a tie by the greater cost of delay', () =>
    expect(
      rankingOf(inputs('wsjf', [candidate('a', wsjf('1', '1', '1', '3')), candidate('b', wsjf('3', '1', '1', '5'))])),
    ).toEqual(['b', 'a']));
});

describe('MoSCoW', () => {
  const bucket = (id: string, effort: string, ...buckets: readonly string[]): Candidate => ({
    ...candidate(id, ...buckets.map((one) => ({ bucket: one }))),
    estimatedEffort: effort,
  });
  it('orders by bucket, and within a bucket by less effort', () =>
    expect(
      prioritise(
        inputs('moscow', [
          bucket('a', '5', 'could'),
          bucket('b', '5', 'must'),
          bucket('c', '2', 'must'),
          bucket('d', '1', 'wont'),
          bucket('e', '9', 'should'),
        ]),
      ).ranking.map(({ solutionId, group }) => `${solutionId} ${group!}`),
    ).toEqual(['c must', 'b must', 'e should', 'a could', 'd wont']));
  it('takes the lower bucket where the raters are divided', () =>
    expect(prioritise(inputs('moscow', [bucket('a', '5', 'must', 'should')])).ranking).toMatchObject([
      { group: 'should' },
    ]));
  it('counts the effort of the musts in everything that is not left out', () => {
    const share = shareOfMusts(
      inputs('moscow', [bucket('a', '6', 'must'), bucket('b', '4', 'could'), bucket('c', '90', 'wont')]),
    );
    expect(share.toString()).toBe(mostOfMusts);
    expect(shareOfMusts(inputs('moscow', [bucket('c', '90', 'wont')])).toString()).toBe('0');
  });
});

describe('impact and effort', () => {
  const at = (impact: string, effort: string): RatedValues => ({ impact, effort });
  it('puts a solution into a quadrant, the middle of the scale being high', () =>
    expect(
      prioritise(
        inputs('impact-effort', [
          candidate('a', at('2', '9')),
          candidate('b', at('2', '2')),
          candidate('c', at('9', '9')),
          candidate('d', at('9', '2')),
          candidate('e', at('5.5', '5.4')),
        ]),
      ).ranking.map(({ solutionId, group }) => `${solutionId} ${group!}`),
    ).toEqual(['d quick-win', 'e quick-win', 'c major-project', 'b fill-in', 'a thankless-task']));
});

describe('the weighted score', () => {
  it('sums the weighed medians', () =>
    expect(
      prioritise(
        inputs(
          'weighted-score',
          [
            candidate('pipes', { benefit: '8', ease: '5', unused: '1' }, { benefit: '6', ease: '5' }),
            candidate('meters', { benefit: '5', ease: '9.5' }),
          ],
          [benefit, ease],
        ),
      ).ranking,
    ).toMatchObject([
      { solutionId: 'meters', score: '6.8' },
      { solutionId: 'pipes', score: '6.2', dispersion: { lowest: '5.6', highest: '6.8', deviation: '0.6' } },
    ]));
  it('weighs cross-group support and equity benefit as measured shares of the scale', () => {
    const support: Criterion = {
      criterionId: 'support',
      kind: 'cross-group-support',
      weight: '0.3',
      source: 'water-2026',
    };
    const equity: Criterion = { criterionId: 'equity', kind: 'equity-benefit', weight: '0.2', source: 'Census' };
    const measure = (criterionId: string, value: string) => ({ criterionId, solutionId: 'pipes', value });
    const [first] = prioritise(
      inputs(
        'weighted-score',
        [candidate('pipes', { benefit: '8' }, { benefit: '4' })],
        [{ ...benefit, weight: '0.5' }, support, equity],
        [measure('support', '0.25'), measure('equity', '1')],
      ),
    ).ranking;
    expect(first).toMatchObject({ score: '5.75', dispersion: { lowest: '4.75', highest: '6.75' } });
  });
});

describe('ties', () => {
  const tied = (change: Partial<Candidate>, id = 'a'): Candidate => ({ ...candidate(id, { benefit: '5' }), ...change });
  const alone = [{ ...benefit, weight: '1' }];
  const plain = tied({}, 'b');
  it.each([
    ['more effect', tied({ estimatedEffect: '0.6', estimatedEffort: '99' }, 'z')],
    ['less effort', tied({ estimatedEffort: '9', proposedAt: '2026-02-01T00:00:00Z' }, 'z')],
    ['the earlier proposal, as an instant', tied({ proposedAt: '2026-01-05T09:59:59+01:00' }, 'z')],
    ['the smaller id', tied({}, 'a')],
  ])('go to %s', (_title, better) => {
    expect(rankingOf(inputs('weighted-score', [plain, better], alone))[0]).toBe(better.solutionId);
    expect(rankingOf(inputs('weighted-score', [better, plain], alone))[0]).toBe(better.solutionId);
  });
});

describe('values that raters give', () => {
  const good: readonly (readonly [ScoringMethod, RatedValues])[] = [
    ['rice', rice('1000000000', '0.25', '1', '0.01')],
    ['wsjf', wsjf('1', '2', '13', '20')],
    ['moscow', { bucket: 'wont' }],
    ['impact-effort', { impact: '1', effort: '10' }],
    ['weighted-score', { benefit: '0', 'ease-of-use': '9.999999' }],
  ];
  it.each(good)('of %s are read at the ends of their scales', (method, values) =>
    expect(unreadableIn(method, values)).toBeUndefined(),
  );
  const bad: readonly (readonly [ScoringMethod, RatedValues, name: string])[] = [
    ['rice', rice('1000000001', '1', '1', '1'), 'reach'],
    ['rice', rice('1', '4', '1', '1'), 'impact'],
    ['rice', rice('1', '1', '1.1', '1'), 'confidence'],
    ['rice', rice('1', '1', '1', '0'), 'effort'],
    ['rice', rice('0.1234567', '1', '1', '1'), 'reach'],
    ['rice', rice('1e3', '1', '1', '1'), 'reach'],
    ['rice', { reach: '1' }, 'impact'],
    ['wsjf', wsjf('4', '1', '1', '1'), 'businessValue'],
    ['wsjf', { ...wsjf('1', '1', '1', '1'), toString: '1' }, 'toString'],
    ['moscow', { bucket: 'would' }, 'bucket'],
    ['impact-effort', { impact: '0.5', effort: '1' }, 'impact'],
    ['weighted-score', { benefit: '10.1' }, 'benefit'],
    ['weighted-score', { 'No Slug': '1' }, 'No Slug'],
    ['weighted-score', {}, ''],
  ];
  it.each(bad)('of %s are refused off the scale: %j', (method, values, name) =>
    expect(unreadableIn(method, values)?.name).toBe(name),
  );
});

describe('criteria', () => {
  it('weigh 1 together, exactly', () => {
    const thirds = ['0.3', '0.3', '0.4'].map((weight, index) => ({ ...benefit, criterionId: `c-${index}`, weight }));
    expect(areWeighed(thirds)).toBe(true);
    expect(areWeighed([{ ...benefit, weight: '0.999999' }])).toBe(false);
    expect(areWeighed([])).toBe(false);
    expect(areWeighed([benefit, { ...ease, criterionId: 'benefit' }])).toBe(false);
    expect(areWeighed([benefit, { ...ease, weight: '0' }, { ...ease, criterionId: 'x' }])).toBe(false);
    expect(
      areWeighed([
        { ...benefit, weight: '-1' },
        { ...ease, weight: '2' },
      ]),
    ).toBe(false);
  });
  it('name the source of what is measured, each kind once', () => {
    const support: Criterion = { criterionId: 'support', kind: 'cross-group-support', weight: '0.5', source: 'Votes' };
    expect(areSourced([benefit, support, { ...support, kind: 'equity-benefit' }])).toBe(true);
    expect(areSourced([{ ...benefit, source: 'Votes' }])).toBe(false);
    expect(areSourced([{ ...support, source: ' ' }])).toBe(false);
    expect(areSourced([{ ...support, source: undefined }])).toBe(false);
    expect(areSourced([support, { ...support, criterionId: 'other' }])).toBe(false);
  });
  it('are measured as shares', () => {
    expect(['0', '1', '0.5'].map(isShare)).toEqual([true, true, true]);
    expect(['-0.1', '1.000001', '0.1234567', 'x'].map(isShare)).toEqual([false, false, false, false]);
  });
});

const anyCandidates = (values: fc.Arbitrary<RatedValues>): fc.Arbitrary<readonly Candidate[]> =>
  fc.uniqueArray(
    fc.record({
      solutionId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      proposedAt: fc.constantFrom('2026-01-05T09:00:00Z', '2026-01-05T10:00:00+01:00', '2026-02-01T00:00:00Z'),
      estimatedEffort: fc.constantFrom('1', '2', '10'),
      estimatedEffect: fc.constantFrom('0', '0.5'),
      scores: fc.uniqueArray(fc.record({ rater: fc.constantFrom('p-1', 'p-2', 'p-3'), values }), {
        selector: ({ rater }) => rater,
        minLength: 1,
      }),
    }),
    { selector: ({ solutionId }) => solutionId, minLength: 1 },
  );
const small = fc.constantFrom('1', '2', '3');
const valuesOf: Readonly<Record<ScoringMethod, fc.Arbitrary<RatedValues>>> = {
  rice: fc.record({ reach: small, impact: small, confidence: fc.constantFrom('0.5', '1'), effort: small }),
  wsjf: fc.record({ businessValue: small, timeCriticality: small, riskReduction: small, jobSize: small }),
  moscow: fc.record({ bucket: fc.constantFrom('must', 'should', 'could', 'wont') }),
  'impact-effort': fc.record({ impact: fc.constantFrom('5', '6'), effort: fc.constantFrom('5', '6') }),
  'weighted-score': fc.record({ benefit: small, ease: small }),
};

/** Twice the median, of numbers whose doubles are whole. */
function twiceTheMedian(scores: Candidate['scores'], name: string): number {
  const sorted = scores.map(({ values }) => Number(values[name])).sort((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!;
}

/** The score by plain numbers, as [over, under]. */
const naive: Readonly<Partial<Record<ScoringMethod, (of: (name: string) => number) => readonly [number, number]>>> = {
  rice: (of) => [of('reach') * of('impact') * of('confidence'), of('effort')],
  wsjf: (of) => [of('businessValue') + of('timeCriticality') + of('riskReduction'), of('jobSize')],
  'weighted-score': (of) => [6 * of('benefit') + 4 * of('ease'), 1],
};

describe.each(Object.keys(valuesOf) as ScoringMethod[])('a ranking by %s', (method) => {
  const criteria = method === 'weighted-score' ? [benefit, ease] : [];
  const score = naive[method];
  const naiveScores = (candidates: readonly Candidate[], ids: readonly string[]) =>
    ids.map((id) => {
      const { scores } = candidates.find(({ solutionId }) => solutionId === id)!;
      return score?.((name) => twiceTheMedian(scores, name)) ?? [0, 1];
    });
  it('does not depend on the order of its inputs, ranks each once, and never a lower score higher', () =>
    fc.assert(
      fc.property(
        anyCandidates(valuesOf[method]).chain((candidates) =>
          fc.tuple(
            fc.constant(candidates),
            fc.shuffledSubarray([...candidates], { minLength: candidates.length }),
            fc.boolean(),
          ),
        ),
        ([candidates, shuffled, turned]) => {
          const found = prioritise(inputs(method, candidates, criteria));
          const other = shuffled.map((one) => ({ ...one, scores: turned ? [...one.scores].reverse() : one.scores }));
          const otherCriteria = turned ? [...criteria].reverse() : criteria;
          expect(prioritise(inputs(method, other, otherCriteria))).toEqual(found);
          const ids = found.ranking.map(({ solutionId }) => solutionId);
          expect(found.ranking.map(({ rank }) => rank)).toEqual(candidates.map((_one, index) => index + 1));
          expect(new Set(ids).size).toBe(candidates.length);
          const scores = naiveScores(candidates, ids);
          const products = scores.slice(1).map(([over, under], index) => {
            const [overBefore, underBefore] = scores[index]!;
            return overBefore * under - over * underBefore;
          });
          expect(products.filter((product) => product < 0)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    ));
});

describe('the hash of the inputs', () => {
  const given = inputs('weighted-score', [candidate('pipes', { benefit: '8', ease: '5' })], [benefit, ease]);
  it('is the same for 8 and 8.0', () =>
    expect(prioritise({ ...given, candidates: [candidate('pipes', { benefit: '8.0', ease: '5' })] }).inputsHash).toBe(
      prioritise(given).inputsHash,
    ));
  it.each([
    ['a value', { candidates: [candidate('pipes', { benefit: '7', ease: '5' })] }],
    [
      'a weight',
      {
        criteria: [
          { ...benefit, weight: '0.5' },
          { ...ease, weight: '0.5' },
        ],
      },
    ],
    ['an estimate', { candidates: [{ ...given.candidates[0]!, estimatedEffort: '11' }] }],
  ])('changes with %s', (_title, change) =>
    expect(prioritise({ ...given, ...change }).inputsHash).not.toBe(prioritise(given).inputsHash),
  );
});
