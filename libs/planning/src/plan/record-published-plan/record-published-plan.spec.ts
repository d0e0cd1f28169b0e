import { specFor } from '@app/testing';
import { opened } from '../plan.examples.js';
import { plan } from '../plan.state.js';
import { planOf2018, planOf2019, recorded2018, recorded2019, stateAfter } from '../published-plan.examples.js';
import { publishedPlanRules } from '../published-plan.rules.js';
import { RecordPublishedPlan, recordPublishedPlan } from './record-published-plan.js';

const { given } = specFor(plan, RecordPublishedPlan, recordPublishedPlan);
const facts = { predecessor: stateAfter(recorded2018) };

describe('record a published plan', () => {
  it('is recorded with its publisher, source and hash', () =>
    given().when(planOf2018, { facts: {} }).then(recorded2018));
  it('is recorded with the plan before it', () => given().when(planOf2019, { facts }).then(recorded2019));
  it('sent twice, nothing happens', () => given(recorded2019).when(planOf2019, { facts }).then());
  it('sent again from a file that has grown, nothing happens', () =>
    given(recorded2018)
      .when({ ...planOf2018, sourceHash: 'c'.repeat(64) }, { facts: {} })
      .then());
  it(publishedPlanRules.aPublishedPlanIsRecordedOnce.sentence, () => {
    given(recorded2018)
      .when({ ...planOf2018, title: 'Another plan' }, { facts: {} })
      .refused(publishedPlanRules.aPublishedPlanIsRecordedOnce, '/title');
    given(opened).when(planOf2018, { facts: {} }).refused(publishedPlanRules.aPublishedPlanIsRecordedOnce);
  });
  it(publishedPlanRules.aPublishedPlanEndsAfterItBegins.sentence, () =>
    given()
      .when({ ...planOf2018, to: '2018-04-01' }, { facts: {} })
      .refused(publishedPlanRules.aPublishedPlanEndsAfterItBegins, '/to'),
  );
  it(publishedPlanRules.aPublishedPlanFollowsARecordedOne.sentence, () => {
    const rule = publishedPlanRules.aPublishedPlanFollowsARecordedOne;
    given()
      .when(planOf2019, { facts: { predecessor: plan.initial } })
      .refused(rule, '/predecessor');
    given()
      .when(planOf2019, { facts: { predecessor: stateAfter(opened) } })
      .refused(rule, '/predecessor');
    given()
      .when({ ...planOf2019, cycle: 2 }, { facts })
      .refused(rule, '/predecessor');
  });
});
