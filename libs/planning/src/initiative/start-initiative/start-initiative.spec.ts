import { specFor } from '@app/testing';
import { cancelled, initiativeStarted, owner, start, today } from '../initiative.examples.js';
import { initiativeRules } from '../initiative.rules.js';
import { initiative } from '../initiative.state.js';
import { StartInitiative, startInitiative } from './start-initiative.js';

const { given } = specFor(initiative, StartInitiative, startInitiative);
const solution = { title: 'A second repair crew', owner, currency: 'ZAR' };
const facts = { ...today, plan: { to: '2029-03-31', solution } };
const { owner: _owner, ...unowned } = start;

describe('start an initiative', () => {
  it('is started for a selected solution, with owner, budget and due date', () =>
    given().when(start, { facts }).then(initiativeStarted));
  it('goes to the owner of the solution unless somebody is named', () =>
    given().when(unowned, { facts }).then(initiativeStarted));
  it('sent twice, nothing happens', () => {
    given(initiativeStarted).when(start, { facts }).then();
    given(initiativeStarted)
      .when({ ...unowned, budget: { amount: '1200000.0', unit: 'ZAR' } }, { facts: today })
      .then();
  });
  it(initiativeRules.anInitiativeIsStartedOnce.sentence, () => {
    for (const change of [{ owner: 'p-other' }, { budget: { amount: '1', unit: 'ZAR' } }, { dueOn: '2028-01-01' }])
      given(initiativeStarted)
        .when({ ...start, ...change }, { facts })
        .refused(initiativeRules.anInitiativeIsStartedOnce);
    given(initiativeStarted, cancelled)
      .when({ ...start, dueOn: '2028-01-01' }, { facts })
      .refused(initiativeRules.anInitiativeIsStartedOnce);
  });
  it(initiativeRules.aPlanInForceIsCarriedOut.sentence, () =>
    given().when(start, { facts: today }).refused(initiativeRules.aPlanInForceIsCarriedOut),
  );
  it(initiativeRules.aSelectedSolutionIsCarriedOut.sentence, () =>
    given()
      .when(start, { facts: { ...today, plan: { to: '2029-03-31' } } })
      .refused(initiativeRules.aSelectedSolutionIsCarriedOut, '/solutionId'),
  );
  it(initiativeRules.somebodyAnswersForAnInitiative.sentence, () =>
    given()
      .when(unowned, { facts: { ...facts, plan: { ...facts.plan, solution: { title: 'A', currency: 'ZAR' } } } })
      .refused(initiativeRules.somebodyAnswersForAnInitiative, '/owner'),
  );
  it.each([
    [{ amount: '-1', unit: 'ZAR' }, '/budget/amount'],
    [{ amount: '0.1234567', unit: 'ZAR' }, '/budget/amount'],
    [{ amount: '1', unit: 'USD' }, '/budget/unit'],
  ])(`${initiativeRules.aBudgetIsInTheMoneyOfThePlan.sentence} Not %j.`, (budget, pointer) =>
    given()
      .when({ ...start, budget }, { facts })
      .refused(initiativeRules.aBudgetIsInTheMoneyOfThePlan, pointer),
  );
  it.each(['2026-01-05', '2029-04-01'])(`${initiativeRules.anInitiativeIsDueWithinItsPlan.sentence} Not %s.`, (dueOn) =>
    given()
      .when({ ...start, dueOn }, { facts })
      .refused(initiativeRules.anInitiativeIsDueWithinItsPlan, '/dueOn'),
  );
});
