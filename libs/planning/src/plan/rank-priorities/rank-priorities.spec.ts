import type { Rule } from '@app/kernel';
import { exampleMetadata, specFor } from '@app/testing';
import { plan, type PlanState } from '../plan.state.js';
import {
  callCentre,
  callCentreProposed,
  callCentreScored,
  chatLineProposed,
  chatLineRejected,
  criteria,
  goalsSet,
  otherRater,
  planReturned,
  planSubmitted,
  planWithGoalsSet,
  proposed,
  ranked,
  rankedByWeights,
  scoreOf,
  scored,
} from '../solution.examples.js';
import { solutionRules } from '../solution.rules.js';
import { RankPriorities, rankPriorities } from './rank-priorities.js';

const { given } = specFor(plan, RankPriorities, rankPriorities);
const byWeights = { method: 'weighted-score' as const, criteria, measures: [] };
const by = (method: 'rice' | 'wsjf' | 'moscow' | 'impact-effort') => ({ method, criteria: [], measures: [] });
const moscow = (callCentre: string, chatLine: string) => [
  ...scored,
  scoreOf('call-centre', { bucket: callCentre }, 'p-clerk', 'moscow'),
  scoreOf('chat-line', { bucket: chatLine }, 'p-clerk', 'moscow'),
];
const refused = (data: Partial<RankPriorities['data']>, rule: Rule, pointer: string): void =>
  given(...scored)
    .when({ ...byWeights, ...data })
    .refused(rule, pointer);
const after = (events: readonly Parameters<typeof plan.evolve>[1][]): PlanState =>
  events.reduce(plan.evolve, plan.initial);
const decide = (events: readonly Parameters<typeof plan.evolve>[1][], data: RankPriorities['data']) =>
  rankPriorities(new RankPriorities('boston', 'water', data, exampleMetadata), after(events), undefined);

describe('rank priorities', () => {
  it('is computed from the scores of the team, with criteria, dispersion and sensitivity', () =>
    given(...scored)
      .when(byWeights)
      .then(rankedByWeights));
  it('sent twice, nothing happens', () =>
    given(...ranked)
      .when(byWeights)
      .then());
  it('is computed anew when a score came in', () => {
    const [event] = decide([...ranked, scoreOf('chat-line', { benefit: '10', ease: '10' }, otherRater)], byWeights);
    expect(event?.data).toMatchObject({ ranking: [{ solutionId: 'chat-line', score: '7.7', raters: 2 }, {}] });
  });
  it('is recorded anew after the plan was returned', () => {
    const returned = [...ranked, planSubmitted, planReturned, goalsSet];
    given(...returned)
      .when(byWeights)
      .then(rankedByWeights);
  });
  it('leaves rejected solutions out', () => {
    const [event] = decide([...ranked, chatLineRejected], byWeights);
    expect(event?.data).toMatchObject({ ranking: [{ solutionId: 'call-centre', rank: 1 }] });
    expect((event?.data as { ranking: unknown[] }).ranking).toHaveLength(1);
  });
  it('breaks a tie by the expected effect on the goals', () => {
    const tied = [
      ...planWithGoalsSet,
      chatLineProposed,
      callCentreProposed,
      scoreOf('chat-line', { benefit: '8', ease: '5' }),
      callCentreScored,
    ];
    const [event] = decide(tied, byWeights);
    expect(event?.data).toMatchObject({ ranking: [{ solutionId: 'call-centre' }, { solutionId: 'chat-line' }] });
  });
  it('takes measured criteria with their source', () => {
    const measured = [
      { ...criteria[0]!, weight: '0.5' },
      {
        criterionId: 'support',
        kind: 'cross-group-support' as const,
        weight: '0.5',
        source: 'Consultation water-2026',
      },
    ];
    const measures = ['call-centre', 'chat-line'].map((solutionId, index) => ({
      criterionId: 'support',
      solutionId,
      value: String(index),
    }));
    const [event] = decide(scored, { method: 'weighted-score', criteria: measured, measures });
    expect(event?.data).toMatchObject({
      measures,
      ranking: [
        { solutionId: 'chat-line', score: '7.5' },
        { solutionId: 'call-centre', score: '4' },
      ],
    });
  });
  it('of sixty solutions fits in one event, with the longest names', () => {
    const ids = Array.from({ length: 60 }, (_, index) => `${'s'.repeat(62)}${index + 10}`);
    const weighed = Array.from({ length: 20 }, (_, index) => ({
      criterionId: `${'c'.repeat(62)}${index + 10}`,
      kind: (['cross-group-support', 'equity-benefit'] as const)[index] ?? ('rated' as const),
      weight: '0.05',
      ...(index < 2 ? { source: '\u{1F4A7}'.repeat(150) } : {}),
    }));
    const values = Object.fromEntries(weighed.map(({ criterionId }, index) => [criterionId, `${index % 10}.123457`]));
    const history = [
      ...planWithGoalsSet,
      ...ids.map((solutionId) => proposed({ ...callCentre, solutionId })),
      ...ids.flatMap((id) => [
        scoreOf(id, values),
        scoreOf(id, { ...values, [weighed[5]!.criterionId]: '0.3' }, otherRater),
      ]),
    ];
    const measures = ids.flatMap((solutionId, index) =>
      weighed.slice(0, 2).map(({ criterionId }) => ({ criterionId, solutionId, value: `0.1234${index + 10}` })),
    );
    const [event] = decide(history, { method: 'weighted-score', criteria: weighed, measures });
    expect(Buffer.byteLength(JSON.stringify(event?.data))).toBeLessThan(60 * 1024);
  });
  it(solutionRules.theTeamPrioritises.sentence, () =>
    given(...scored)
      .when(byWeights, { actor: { ...exampleMetadata.actor, person: 'p-verifier' } })
      .refused(solutionRules.theTeamPrioritises),
  );
  it.each([[[]], [[criteria[0]!]], [[criteria[0]!, { ...criteria[1]!, criterionId: 'benefit' }]]])(
    `${solutionRules.criteriaWeighOne.sentence} Not %j.`,
    (given) => refused({ criteria: given }, solutionRules.criteriaWeighOne, '/criteria'),
  );
  it(solutionRules.onlyAWeightedScoreHasCriteria.sentence, () => {
    refused({ method: 'rice' }, solutionRules.onlyAWeightedScoreHasCriteria, '/criteria');
    refused(
      {
        ...by('rice'),
        measures: [{ criterionId: 'benefit', solutionId: 'call-centre', value: '1' }],
      },
      solutionRules.onlyAWeightedScoreHasCriteria,
      '/measures',
    );
  });
  const support = { criterionId: 'support', kind: 'cross-group-support' as const, weight: '0.4', source: 'Survey' };
  const measure = { criterionId: 'support', solutionId: 'call-centre', value: '0.5' };
  it.each([
    [[{ ...measure, value: '1.1' }], 0],
    [[{ ...measure, criterionId: 'benefit' }], 0],
    [[{ ...measure, solutionId: 'leaks' }], 0],
    [[measure, measure], 1],
  ])(`${solutionRules.measuresAreShares.sentence} Not %j.`, (measures, index) =>
    refused({ criteria: [criteria[0]!, support], measures }, solutionRules.measuresAreShares, `/measures/${index}`),
  );
  it.each([
    [[{ ...criteria[0]!, source: 'Survey' }, criteria[1]!]],
    [[criteria[0]!, { ...support, source: ' ' }]],
    [[{ ...support, criterionId: 'other', weight: '0.6' }, support]],
  ])(`${solutionRules.measuredCriteriaNameTheirSource.sentence} Not %j.`, (given) =>
    refused({ criteria: given }, solutionRules.measuredCriteriaNameTheirSource, '/criteria'),
  );
  it(solutionRules.thereIsSomethingToRank.sentence, () =>
    given(...planWithGoalsSet)
      .when(byWeights)
      .refused(solutionRules.thereIsSomethingToRank),
  );
  it(solutionRules.everySolutionIsScored.sentence, () =>
    given(...planWithGoalsSet, callCentreProposed, chatLineProposed, callCentreScored)
      .when(byWeights)
      .refused(solutionRules.everySolutionIsScored, '/method'),
  );
  it(solutionRules.everyCriterionHasAValue.sentence, () => {
    given(...scored, scoreOf('chat-line', { benefit: '5' }, otherRater))
      .when(byWeights)
      .refused(solutionRules.everyCriterionHasAValue, '/criteria');
    refused(
      { criteria: [criteria[0]!, support], measures: [measure] },
      solutionRules.everyCriterionHasAValue,
      '/criteria',
    );
  });
  it(solutionRules.theMustsLeaveRoom.sentence, () => {
    // 40 and 60 person-days.
    given(...moscow('must', 'must'))
      .when(by('moscow'))
      .refused(solutionRules.theMustsLeaveRoom, '/method');
    const [event] = decide(moscow('could', 'must'), by('moscow'));
    expect(event?.data).toMatchObject({
      ranking: [
        { solutionId: 'chat-line', group: 'must' },
        { solutionId: 'call-centre', group: 'could' },
      ],
    });
  });
});
