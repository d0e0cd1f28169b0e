import { specFor } from '@app/testing';
import { by, inForce } from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { plan } from '../plan.state.js';
import {
  closed2018,
  recorded2018,
  recorded2019,
  requestsCarried,
  requestsRecorded,
  stateAfter,
} from '../published-plan.examples.js';
import { publishedPlanRules } from '../published-plan.rules.js';
import { RecordSuccessor, recordSuccessor } from './record-successor.js';

const { given } = specFor(plan, RecordSuccessor, recordSuccessor);
const facts = { successor: stateAfter(recorded2019, requestsCarried) };
const followed: PlanEvent = { type: 'PlanCycleFollowed', data: { toPlan: '2019-20', by } };
const carriedForward: PlanEvent = {
  type: 'GoalCarriedForward',
  data: { goalId: 'dr-quant-329', toPlan: '2019-20', by },
};

describe('record the successor of a published plan', () => {
  it('the cycle is closed, and the goals that the next plan has are carried forward', () =>
    given(recorded2018, requestsRecorded)
      .when({ plan: '2019-20' }, { facts })
      .then(closed2018, followed, carriedForward));
  it('a goal that came to the next plan later is carried forward too', () =>
    given(recorded2018, requestsRecorded, closed2018, followed)
      .when({ plan: '2019-20' }, { facts })
      .then(carriedForward));
  it('sent twice, nothing happens', () =>
    given(recorded2018, requestsRecorded, closed2018, followed, carriedForward)
      .when({ plan: '2019-20' }, { facts })
      .then());
  it(publishedPlanRules.aPublishedGoalBelongsToARecordedPlan.sentence, () =>
    given(...inForce)
      .when({ plan: '2019-20' }, { facts })
      .refused(publishedPlanRules.aPublishedGoalBelongsToARecordedPlan),
  );
  it(publishedPlanRules.aSuccessorIsARecordedPlan.sentence, () => {
    const rule = publishedPlanRules.aSuccessorIsARecordedPlan;
    given(recorded2018)
      .when({ plan: '2019-20' }, { facts: { successor: stateAfter(...inForce) } })
      .refused(rule, '/plan');
    given(recorded2018)
      .when({ plan: '2017-18' }, { facts: { successor: stateAfter(recorded2018) } })
      .refused(rule, '/plan');
  });
  it(publishedPlanRules.aRecordedPlanHasOneSuccessor.sentence, () =>
    given(recorded2018, requestsRecorded, closed2018, followed)
      .when({ plan: '2019-20-b' }, { facts })
      .refused(publishedPlanRules.aRecordedPlanHasOneSuccessor, '/plan'),
  );
});
