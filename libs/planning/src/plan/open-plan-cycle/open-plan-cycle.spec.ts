import { specFor } from '@app/testing';
import { cycle, inForce, opened } from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { OpenPlanCycle, openPlanCycle } from './open-plan-cycle.js';

const { given } = specFor(plan, OpenPlanCycle, openPlanCycle);
const none = { facts: undefined };
const closed: PlanEvent = {
  type: 'PlanCycleClosed',
  data: { on: '2029-03-31', reason: 'The cycle has ended.', by: 'p-clerk' },
};
const after = (...history: readonly PlanEvent[]) => ({ facts: history.reduce(plan.evolve, plan.initial) });
const next = { ...cycle, cycle: 2, from: '2029-04-01', to: '2032-03-31', predecessor: 'water-2026' };

describe('open a plan cycle', () => {
  it('is opened by the person who acts', () => given().when(cycle, none).then(opened));
  it('goes on with a cycle that is closed', () =>
    given()
      .when(next, after(...inForce, closed))
      .then({ type: 'PlanCycleOpened', data: { ...next, by: 'p-clerk' } }));
  it('sent twice, nothing happens', () => given(opened).when(cycle, none).then());
  it(planRules.aPlanIsOpenedOnce.sentence, () =>
    given(opened)
      .when({ ...cycle, title: 'Roads' }, none)
      .refused(planRules.aPlanIsOpenedOnce),
  );
  it.each(['2026-04-01', '2025-04-01', '2036-04-02'])(
    `${planRules.aCycleEndsAfterItStarts.sentence} Not on %s.`,
    (to) =>
      given()
        .when({ ...cycle, to }, none)
        .refused(planRules.aCycleEndsAfterItStarts, '/to'),
  );
  it(planRules.onlyTheFirstCycleHasNoPredecessor.sentence, () => {
    given()
      .when({ ...cycle, cycle: 2 }, none)
      .refused(planRules.onlyTheFirstCycleHasNoPredecessor, '/predecessor');
    given()
      .when({ ...cycle, predecessor: 'water-2023' }, after(...inForce, closed))
      .refused(planRules.onlyTheFirstCycleHasNoPredecessor, '/predecessor');
  });
  it(planRules.thePredecessorIsTheCycleBefore.sentence, () => {
    given().when(next, after()).refused(planRules.thePredecessorIsTheCycleBefore, '/predecessor');
    given()
      .when({ ...next, cycle: 3 }, after(...inForce, closed))
      .refused(planRules.thePredecessorIsTheCycleBefore, '/predecessor');
    given()
      .when({ ...next, from: '2029-03-31' }, after(...inForce, closed))
      .refused(planRules.thePredecessorIsTheCycleBefore, '/predecessor');
  });
  it(planRules.thePredecessorIsClosed.sentence, () => {
    for (const history of [[opened], inForce])
      given()
        .when(next, after(...history))
        .refused(planRules.thePredecessorIsClosed, '/predecessor');
  });
});
