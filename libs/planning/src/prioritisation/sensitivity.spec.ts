import fc from 'fast-check';
import type { Candidate } from './candidates.js';
import type { Criterion } from '../plan/plan.events.js';
import { prioritise } from './priorities.js';

const names = ['benefit', 'ease', 'speed'] as const;

/** Scores from 0 to 10 per criterion, one row a solution; weights in hundredths. */
function sensitivity(rows: readonly (readonly number[])[], weights: readonly number[]) {
  const criteria = weights.map((weight, index): Criterion => {
    const text = String(weight / 100);
    return { criterionId: names[index]!, kind: 'rated', weight: text };
  });
  const candidates = rows.map((row, index): Candidate => ({
    solutionId: `s-${index}`,
    proposedAt: '2026-01-05T09:00:00Z',
    estimatedEffort: '1',
    estimatedEffect: '0',
    scores: [{ rater: 'p-1', values: Object.fromEntries(row.map((score, column) => [names[column]!, String(score)])) }],
  }));
  return prioritise({ method: 'weighted-score', criteria, measures: [], candidates });
}

/** Index of the first by plain whole numbers: the weight of `column` is `part` of 100·scale, the others keep their proportion. */
function firstAt(
  rows: readonly (readonly number[])[],
  weights: readonly number[],
  column: number,
  part: number,
  scale: number,
) {
  const rest = weights.reduce((sum, weight, index) => (index === column ? sum : sum + weight), 0);
  const totals = rows.map((row) =>
    row.reduce(
      (sum, score, index) => sum + score * (index === column ? part * rest : weights[index]! * (100 * scale - part)),
      0,
    ),
  );
  const most = Math.max(...totals);
  return { first: totals.indexOf(most), tied: totals.filter((total) => total === most).length > 1 };
}

describe('the change of one weight that gives another first place', () => {
  it('is exact: 0.6 and 0.4 with 8, 4 against 4, 9', () =>
    // 8w + 4(1 − w) = 4w + 9(1 − w) at w = 5/9.
    expect(
      sensitivity(
        [
          [8, 4],
          [4, 9],
        ],
        [60, 40],
      ).sensitivity?.firstPlace,
    ).toEqual({
      criterionId: 'benefit',
      change: '-0.044444444444',
      newFirst: 's-1',
    }));
  it('is absent where one solution is best in everything', () =>
    expect(
      sensitivity(
        [
          [8, 4],
          [7, 4],
        ],
        [60, 40],
      ).sensitivity,
    ).toEqual({
      ranges: [
        { solutionId: 's-0', best: 1, worst: 1 },
        { solutionId: 's-1', best: 2, worst: 2 },
      ],
    }));
  it('is zero where the first place was a tie', () =>
    expect(
      sensitivity(
        [
          [5, 5],
          [4, 6],
        ],
        [50, 50],
      ).sensitivity?.firstPlace,
    ).toMatchObject({ change: '0', newFirst: 's-1' }));
  it('is absent where there is one criterion', () =>
    expect(sensitivity([[5], [4]], [100]).sensitivity?.firstPlace).toBeUndefined());

  const anyWeights = fc
    .tuple(fc.integer({ min: 1, max: 98 }), fc.integer({ min: 1, max: 98 }))
    .filter(([left, right]) => left + right < 100)
    .map(([left, right]) => [left, right, 100 - left - right] as const);
  const anyRows = fc.array(fc.tuple(...names.map(() => fc.integer({ min: 0, max: 10 }))), {
    minLength: 2,
    maxLength: 4,
  });
  it('agrees with trying every weight in steps of a thousandth', () => {
    let changed = 0;
    fc.assert(
      fc.property(anyRows, anyWeights, (rows, weights) => {
        const { ranking, sensitivity: found } = sensitivity(rows, weights);
        const standing = Number(ranking[0]!.solutionId.slice(2));
        const tooFar: number[] = [];
        const nearest = found?.firstPlace === undefined ? Infinity : Math.abs(Number(found.firstPlace.change)) * 1000;
        for (const [column, weight] of weights.entries())
          for (let step = 1; step < 1000; step += 1) {
            const distance = Math.abs(step - weight * 10);
            const { first, tied } = firstAt(rows, weights, column, step, 10);
            if (distance < nearest - 1e-6 && !tied && first !== standing) tooFar.push(step);
          }
        expect(tooFar).toEqual([]);
        if (found?.firstPlace === undefined) return;
        changed += 1;
        // A millionth beyond it the new one is first.
        const column = names.findIndex((name) => name === found.firstPlace!.criterionId);
        const change = Number(found.firstPlace.change);
        const beyond = (sign: number) =>
          firstAt(rows, weights, column, Math.round((weights[column]! / 100 + change) * 1e9) + sign * 1000, 10_000_000);
        const signs = change === 0 ? [-1, 1] : [Math.sign(change)];
        expect(signs.map((sign) => `s-${beyond(sign).first}`)).toContain(found.firstPlace.newFirst);
      }),
      { numRuns: 40 },
    );
    expect(changed).toBeGreaterThan(10);
  });
});

describe('the range of ranks', () => {
  it('is over one weight after the other, a tenth lower and higher', () =>
    expect(
      sensitivity(
        [
          [8, 4],
          [4, 9],
          [0, 0],
        ],
        [57, 43],
      ).sensitivity?.ranges,
    ).toEqual([
      { solutionId: 's-0', best: 1, worst: 2 },
      { solutionId: 's-1', best: 1, worst: 2 },
      { solutionId: 's-2', best: 3, worst: 3 },
    ]));
  it('holds the rank itself', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(10), fc.nat(10)), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 99 }),
        (rows, weight) => {
          const { ranking, sensitivity: found } = sensitivity(rows, [weight, 100 - weight]);
          for (const { solutionId, rank } of ranking) {
            const range = found!.ranges.find((one) => one.solutionId === solutionId)!;
            expect(range.best).toBeLessThanOrEqual(rank);
            expect(range.worst).toBeGreaterThanOrEqual(rank);
          }
        },
      ),
      { numRuns: 40 },
    ));
});
