import type { Rule } from '@app/kernel';
import { specFor } from '@app/testing';
import type { PlanEvent, SolutionTerms } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import {
  callCentre,
  callCentreProposed,
  chatLine,
  chatLineProposed,
  opening,
  planSubmitted,
  planWithGoal,
  planWithGoalsSet,
  proposed,
} from '../solution.examples.js';
import { solutionRules } from '../solution.rules.js';
import { ProposeSolution, proposeSolution } from './propose-solution.js';

const { given } = specFor(plan, ProposeSolution, proposeSolution);
const refused = (change: Partial<SolutionTerms>, rule: Rule, pointer: string): void =>
  given(...planWithGoal)
    .when({ ...callCentre, ...change })
    .refused(rule, pointer);

describe('propose a solution', () => {
  it('is proposed for problems and goals, with its estimates', () =>
    given(...planWithGoal)
      .when(callCentre)
      .then(callCentreProposed));
  it('is proposed beside others while priorities are set', () =>
    given(...planWithGoalsSet, callCentreProposed)
      .when(chatLine)
      .then(chatLineProposed));
  it('sent twice, nothing happens', () =>
    given(...planWithGoal, callCentreProposed)
      .when(callCentre)
      .then());
  it(planRules.aPlanIsOpenedFirst.sentence, () => given().when(callCentre).refused(planRules.aPlanIsOpenedFirst));
  it.each([
    ['the diagnosis has not ended', opening],
    ['it is submitted', [...planWithGoalsSet, planSubmitted]],
  ])(`${solutionRules.solutionsAreProposedForGoals.sentence} Not when %s.`, (_when, history) =>
    given(...history)
      .when(callCentre)
      .refused(solutionRules.solutionsAreProposedForGoals),
  );
  it(solutionRules.aSolutionIsProposedOnce.sentence, () =>
    given(...planWithGoal, callCentreProposed)
      .when({ ...callCentre, title: 'Calls' })
      .refused(solutionRules.aSolutionIsProposedOnce, '/solutionId'),
  );
  it.each([
    [{ problemIds: [] }, '/problemIds'],
    [{ problemIds: ['slow-calls', 'slow-calls'] }, '/problemIds'],
    [{ problemIds: ['leaks'] }, '/problemIds'],
    [{ goalIds: [] }, '/goalIds'],
    [{ goalIds: ['fix-leaks'] }, '/goalIds'],
  ])(`${solutionRules.aSolutionServesThePlan.sentence} Not %j.`, (change, pointer) =>
    refused(change, solutionRules.aSolutionServesThePlan, pointer),
  );
  it.each([
    [{ estimatedCost: { amount: '-1', unit: 'ZAR' } }, '/estimatedCost/amount'],
    [{ estimatedEffort: { amount: '0', unit: 'person-days' } }, '/estimatedEffort/amount'],
    [{ estimatedEffort: { amount: '0.1234567', unit: 'person-days' } }, '/estimatedEffort/amount'],
    [{ estimatedEffects: [{ goalId: 'answer-calls', change: '1e2' }] }, '/estimatedEffects/0/change'],
  ])(`${solutionRules.estimatesAreShortDecimals.sentence} Not %j.`, (change, pointer) =>
    refused(change, solutionRules.estimatesAreShortDecimals, pointer),
  );
  it.each([
    [{ estimatedEffects: [{ goalId: 'fix-leaks', change: '1' }] }],
    [
      {
        estimatedEffects: [
          { goalId: 'answer-calls', change: '1' },
          { goalId: 'answer-calls', change: '2' },
        ],
      },
    ],
  ])(`${solutionRules.effectsAreOnServedGoals.sentence} Not %j.`, (change) =>
    refused(change, solutionRules.effectsAreOnServedGoals, '/estimatedEffects'),
  );
  it(solutionRules.theRaceHasRoomForSixty.sentence, () => {
    const many = Array.from({ length: 60 }, (_, index) => proposed({ ...callCentre, solutionId: `s-${index}` }));
    given(...planWithGoal, ...many)
      .when(chatLine)
      .refused(solutionRules.theRaceHasRoomForSixty);
    const out: PlanEvent = {
      type: 'SolutionRejected',
      data: { solutionId: 's-7', reason: 'Costly', by: 'p-clerk' },
    };
    given(...planWithGoal, ...many, out)
      .when(chatLine)
      .then(chatLineProposed);
  });
  it.each([
    [{ estimatedCost: { amount: '1', unit: 'USD' } }, '/estimatedCost/unit'],
    [{ estimatedEffort: { amount: '1', unit: 'person-months' } }, '/estimatedEffort/unit'],
  ])(`${solutionRules.aPlanEstimatesInOneUnit.sentence} Not %j.`, (change, pointer) =>
    given(...planWithGoal, callCentreProposed)
      .when({ ...chatLine, ...change })
      .refused(solutionRules.aPlanEstimatesInOneUnit, pointer),
  );
});
