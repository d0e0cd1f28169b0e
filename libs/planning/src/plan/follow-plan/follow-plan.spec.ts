import { specFor } from '@app/testing';
import { by, inForce } from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { FollowPlan, followPlan } from './follow-plan.js';

const { given } = specFor(plan, FollowPlan, followPlan);
const next = { toPlan: 'water-2029', cycle: 2, from: '2029-04-01' };
const closed: PlanEvent = {
  type: 'PlanCycleClosed',
  data: { on: '2029-03-31', reason: 'The cycle has ended.', by },
};
const followed: PlanEvent = { type: 'PlanCycleFollowed', data: { toPlan: 'water-2029', by } };

describe('follow a plan', () => {
  it('says which plan goes on with it', () =>
    given(...inForce, closed)
      .when(next)
      .then(followed));
  it('sent twice, nothing happens', () =>
    given(...inForce, closed, followed)
      .when(next)
      .then());
  it(planRules.aPlanHasOneSuccessor.sentence, () =>
    given(...inForce, closed, followed)
      .when({ ...next, toPlan: 'water-for-all' })
      .refused(planRules.aPlanHasOneSuccessor, '/predecessor'),
  );
  it(planRules.thePredecessorIsTheCycleBefore.sentence, () => {
    given().when(next).refused(planRules.thePredecessorIsTheCycleBefore, '/predecessor');
    given(...inForce, closed)
      .when({ ...next, cycle: 3 })
      .refused(planRules.thePredecessorIsTheCycleBefore, '/predecessor');
  });
  it(planRules.thePredecessorIsClosed.sentence, () =>
    given(...inForce)
      .when(next)
      .refused(planRules.thePredecessorIsClosed, '/predecessor'),
  );
});
