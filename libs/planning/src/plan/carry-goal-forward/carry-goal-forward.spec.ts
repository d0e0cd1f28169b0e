import { specFor } from '@app/testing';
import { closed, inForce } from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { CarryGoalForward, carryGoalForward } from './carry-goal-forward.js';

const { given } = specFor(plan, CarryGoalForward, carryGoalForward);
const facts = { predecessor: 'boston' };
const asked = { goalId: 'leaks-in-three-days', toPlan: 'water-2029' };
const carried: PlanEvent = { type: 'GoalCarriedForward', data: { ...asked, by: 'p-clerk' } };

describe('carry a goal forward', () => {
  it('goes on in the plan of the next cycle', () =>
    given(...closed)
      .when(asked, { facts })
      .then(carried));
  it('goes on when the cycle is evaluated, too', () => {
    const all = { approach: 60, deployment: 45, learning: 30, integration: 40 };
    const results = { levels: 55, trends: 50, comparisons: 20, integration: 40 };
    const data = { goals: [], process: all, results, lessons: ['Ask first.'], by: 'p-auditor' };
    given(...closed, { type: 'PlanEvaluated', data })
      .when(asked, { facts })
      .then(carried);
  });
  it('sent twice, nothing happens', () =>
    given(...closed, carried)
      .when(asked, { facts })
      .then());
  it(planRules.aPlanIsOpenedFirst.sentence, () => given().when(asked, { facts }).refused(planRules.aPlanIsOpenedFirst));
  it(planDecisionRules.onlyAClosedCycleIsCarriedForward.sentence, () =>
    given(...inForce)
      .when(asked, { facts })
      .refused(planDecisionRules.onlyAClosedCycleIsCarriedForward),
  );
  it(planDecisionRules.aCarriedGoalIsInThePlan.sentence, () =>
    given(...closed)
      .when({ ...asked, goalId: 'another' }, { facts })
      .refused(planDecisionRules.aCarriedGoalIsInThePlan),
  );
  it(planDecisionRules.aGoalIsCarriedForwardOnce.sentence, () =>
    given(...closed, carried)
      .when({ ...asked, toPlan: 'water-2030' }, { facts })
      .refused(planDecisionRules.aGoalIsCarriedForwardOnce, '/toPlan'),
  );
  it(planDecisionRules.aGoalGoesToTheNextCycle.sentence, () => {
    for (const predecessor of [undefined, 'another'])
      given(...closed)
        .when(asked, { facts: { predecessor } })
        .refused(planDecisionRules.aGoalGoesToTheNextCycle, '/toPlan');
  });
});
