import { exampleMetadata, specFor } from '@app/testing';
import { approved, awaiting, complete, endorsed, hash, inForce, returned } from '../plan.examples.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { ReturnPlan, returnPlan } from './return-plan.js';

const { given } = specFor(plan, ReturnPlan, returnPlan);
const as = (person: string, role: string) => ({ actor: { ...exampleMetadata.actor, person, role } });
const head = as('p-head', 'head-of-department');
const findings = [{ pointer: '/goals/0', finding: 'The target of the second year is missing.' }];
const withFindings = { contentHash: hash, findings };

describe('return a plan', () => {
  it('goes back to its authors with findings', () =>
    given(...awaiting)
      .when(withFindings, head)
      .then(returned));
  it('goes back after endorsement and approval too, and neither stands any longer', () => {
    for (const history of [
      [...awaiting, endorsed],
      [...awaiting, endorsed, approved],
    ]) {
      given(...history)
        .when(withFindings, head)
        .then(returned);
      const state = [...history, returned].reduce(plan.evolve, plan.initial);
      expect(state).toMatchObject({ status: 'goal-setting', findings });
      expect(Object.keys(state)).not.toContain('endorser');
      expect(Object.keys(state)).not.toContain('contentHash');
    }
  });
  it('is taken back by who submitted it', () =>
    given(...awaiting)
      .when(withFindings, as('p-clerk', 'service-owner'))
      .then({ type: 'PlanReturned', data: { contentHash: hash, findings, by: 'p-clerk' } }));
  it('sent twice, nothing happens', () =>
    given(...awaiting, returned)
      .when(withFindings, head)
      .then());
  it(planRules.aPlanIsOpenedFirst.sentence, () =>
    given().when(withFindings, head).refused(planRules.aPlanIsOpenedFirst),
  );
  it(planDecisionRules.aReturnNamesItsFindings.sentence, () =>
    given(...awaiting)
      .when({ ...withFindings, findings: [] }, head)
      .refused(planDecisionRules.aReturnNamesItsFindings, '/findings'),
  );
  it(planDecisionRules.onlyAPlanAwaitingADecisionIsReturned.sentence, () => {
    for (const history of [complete, inForce])
      given(...history)
        .when(withFindings, head)
        .refused(planDecisionRules.onlyAPlanAwaitingADecisionIsReturned);
  });
  it(planDecisionRules.everybodyDecidesOnTheSameContent.sentence, () =>
    given(...awaiting)
      .when({ ...withFindings, contentHash: 'f'.repeat(64) }, head)
      .refused(planDecisionRules.everybodyDecidesOnTheSameContent, '/contentHash'),
  );
  it(planDecisionRules.onlyWhoDecidesReturnsAPlan.sentence, () =>
    given(...awaiting)
      .when(withFindings, as('p-other', 'service-owner'))
      .refused(planDecisionRules.onlyWhoDecidesReturnsAPlan),
  );
});
