import { exampleMetadata, specFor } from '@app/testing';
import { plan } from '../plan.state.js';
import {
  callCentreProposed,
  callCentreScored,
  chatLineRejected,
  goalsSet,
  opening,
  otherRater,
  planReturned,
  planSubmitted,
  planWithGoalsSet,
  ranked,
  scoreOf,
  scored,
} from '../solution.examples.js';
import { solutionRules } from '../solution.rules.js';
import { ScoreSolution, scoreSolution } from './score-solution.js';

const { given } = specFor(plan, ScoreSolution, scoreSolution);
const history = [...planWithGoalsSet, callCentreProposed] as const;
const byWeights = {
  solutionId: 'call-centre',
  method: 'weighted-score' as const,
  values: { benefit: '8', ease: '5' },
};
const as = (person: string) => ({ actor: { ...exampleMetadata.actor, person } });

describe('score a solution', () => {
  it('is scored by somebody of the team, in his own name', () =>
    given(...history)
      .when(byWeights)
      .then(callCentreScored));
  it('is scored by each of the team', () =>
    given(...history, callCentreScored)
      .when(byWeights, as(otherRater))
      .then(scoreOf('call-centre', byWeights.values, otherRater)));
  it('is scored by each method', () =>
    given(...history, callCentreScored)
      .when({ ...byWeights, method: 'moscow', values: { bucket: 'must' } })
      .then(scoreOf('call-centre', { bucket: 'must' }, 'p-clerk', 'moscow')));
  it('replaces what the same person gave before', () =>
    given(...history, callCentreScored)
      .when({ ...byWeights, values: { benefit: '9', ease: '5' } })
      .then(scoreOf('call-centre', { benefit: '9', ease: '5' })));
  it('is taken from another rater after the ranking, too', () =>
    given(...ranked)
      .when(byWeights, as(otherRater))
      .then(scoreOf('call-centre', byWeights.values, otherRater)));
  it('sent twice, nothing happens', () =>
    given(...ranked)
      .when(byWeights)
      .then());
  it(solutionRules.aSolutionIsProposedFirst.sentence, () =>
    given(...planWithGoalsSet)
      .when(byWeights)
      .refused(solutionRules.aSolutionIsProposedFirst),
  );
  it.each([
    ['goals are not set', opening],
    ['it is submitted', [...history, planSubmitted]],
  ])(`${solutionRules.prioritiesAreSetAfterGoals.sentence} Not when %s.`, (_when, events) =>
    given(...events)
      .when(byWeights)
      .refused(solutionRules.prioritiesAreSetAfterGoals),
  );
  it.each(['p-stranger', 'p-verifier'])(`${solutionRules.theTeamPrioritises.sentence} Not %s.`, (person) =>
    given(...history)
      .when(byWeights, as(person))
      .refused(solutionRules.theTeamPrioritises),
  );
  it(solutionRules.aRejectedSolutionIsOutOfTheRace.sentence, () =>
    given(...ranked, chatLineRejected)
      .when({ ...byWeights, solutionId: 'chat-line' })
      .refused(solutionRules.aRejectedSolutionIsOutOfTheRace),
  );
  it.each([
    [{ benefit: '10.1' }, '/values/benefit'],
    [{ Benefit: '1' }, '/values/Benefit'],
    [{ 'a~/b': '1' }, '/values/a~0~1b'],
    [{}, '/values'],
  ])(`${solutionRules.aScoreLiesOnItsScale.sentence} Not %j.`, (values, pointer) =>
    given(...history)
      .when({ ...byWeights, values })
      .refused(solutionRules.aScoreLiesOnItsScale, pointer),
  );
  it(solutionRules.aRankedScoreStands.sentence, () =>
    given(...ranked)
      .when({ ...byWeights, values: { benefit: '9', ease: '5' } })
      .refused(solutionRules.aRankedScoreStands, '/values'),
  );
  it('may be replaced after the plan was returned, until it is ranked anew', () =>
    given(...ranked, planSubmitted, planReturned, goalsSet)
      .when({ ...byWeights, values: { benefit: '9', ease: '5' } })
      .then(scoreOf('call-centre', { benefit: '9', ease: '5' })));
  it('of another method may be replaced while one is ranked', () =>
    given(...scored, scoreOf('call-centre', { bucket: 'must' }, 'p-clerk', 'moscow'))
      .when({ ...byWeights, method: 'moscow', values: { bucket: 'could' } })
      .then(scoreOf('call-centre', { bucket: 'could' }, 'p-clerk', 'moscow')));
});
