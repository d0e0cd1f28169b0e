import { specFor } from '@app/testing';
import { by, inForce } from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { plan } from '../plan.state.js';
import {
  closed2018,
  recorded2018,
  recorded2019,
  requestsCarried,
  requestsGoal,
  requestsInTime,
  requestsRecorded,
  stateAfter,
} from '../published-plan.examples.js';
import { publishedPlanRules } from '../published-plan.rules.js';
import { publishedGoalIn } from './published-goal.js';
import { RecordPublishedGoal, recordPublishedGoal } from './record-published-goal.js';

const { given } = specFor(plan, RecordPublishedGoal, recordPublishedGoal);
const facts = { predecessor: stateAfter(recorded2018, requestsRecorded) };
const carried = { ...requestsInTime, dueDate: '2020-03-31', carriedForward: true };
const carriedGoal = {
  ...requestsGoal,
  dueDate: '2020-03-31',
  carriedFrom: { plan: 'boston', goalId: 'dr-quant-329' },
};
const result = { reportedTo: '2019-03-31', actual: '98.2', status: 'not-met' as const };
const resultRecorded: PlanEvent = { type: 'PublishedResultRecorded', data: { goalId: 'dr-quant-329', ...result, by } };

describe('record a published goal', () => {
  it('is set as it was published', () =>
    given(recorded2018).when(requestsInTime, { facts: {} }).then(requestsRecorded));
  it('is set with what a report says of it', () =>
    given(recorded2018)
      .when({ ...requestsInTime, result }, { facts: {} })
      .then(requestsRecorded, resultRecorded));
  it('is reported on later, also after its cycle', () =>
    given(recorded2018, requestsRecorded, closed2018)
      .when({ ...requestsInTime, result }, { facts: {} })
      .then(resultRecorded));
  it('sent twice, nothing happens', () =>
    given(recorded2018, requestsRecorded, resultRecorded)
      .when({ ...requestsInTime, result }, { facts: {} })
      .then());
  it('goes on with the goal of the plan before', () =>
    given(recorded2019).when(carried, { facts }).then(requestsCarried));

  const revised = (target: PlanEvent & { type: 'GoalRevised' }): readonly PlanEvent[] => [requestsCarried, target];
  it('with less than before is set as it was and revised, which weakens it', () => {
    const target = { kind: 'max', value: '97' } as const;
    given(recorded2019)
      .when({ ...carried, target, changeNote: 'diminished' }, { facts })
      .then(
        ...revised({
          type: 'GoalRevised',
          data: {
            goalId: 'dr-quant-329',
            was: carriedGoal,
            now: { ...carriedGoal, target },
            weakening: true,
            reason: 'diminished',
            authority: 'Treasury Board Secretariat',
          },
        }),
      );
  });
  it('with another unit cannot be compared, and without a reason says so', () => {
    const target = { kind: 'range', from: '4', to: '5' } as const;
    const now = { ...carriedGoal, target, unit: 'points' };
    given(recorded2019)
      .when({ ...carried, target, unit: 'points' }, { facts })
      .then(
        ...revised({
          type: 'GoalRevised',
          data: {
            goalId: 'dr-quant-329',
            was: carriedGoal,
            now,
            reason: 'The publisher gives no reason.',
            authority: 'Treasury Board Secretariat',
          },
        }),
      );
  });
  it('with another unit and the same target is not revised', () =>
    given(recorded2019)
      .when({ ...carried, unit: 'points' }, { facts })
      .then({ type: 'GoalSet', data: { ...carriedGoal, unit: 'points', by } }));
  it('that was carried and revised, sent twice, nothing happens', () => {
    const target = { kind: 'max', value: '97' } as const;
    const events = recordPublishedGoal(
      { data: { ...carried, target }, metadata: { actor: { person: by } } } as RecordPublishedGoal,
      stateAfter(recorded2019),
      facts,
    );
    given(recorded2019, ...events)
      .when({ ...carried, target }, { facts })
      .then();
  });

  it(publishedPlanRules.aPublishedGoalBelongsToARecordedPlan.sentence, () => {
    const rule = publishedPlanRules.aPublishedGoalBelongsToARecordedPlan;
    given().when(requestsInTime, { facts: {} }).refused(rule);
    given(...inForce)
      .when(requestsInTime, { facts: {} })
      .refused(rule);
    given(recorded2018, closed2018).when(requestsInTime, { facts: {} }).refused(rule);
  });
  it(publishedPlanRules.aPublishedGoalIsRecordedOnce.sentence, () =>
    given(recorded2018, requestsRecorded)
      .when({ ...requestsInTime, target: { kind: 'max', value: '90' } }, { facts: {} })
      .refused(publishedPlanRules.aPublishedGoalIsRecordedOnce, '/target/value'),
  );
  it(publishedPlanRules.aCarriedGoalStandsInThePlanBefore.sentence, () => {
    const rule = publishedPlanRules.aCarriedGoalStandsInThePlanBefore;
    given(recorded2019)
      .when(carried, { facts: { predecessor: stateAfter(recorded2018) } })
      .refused(rule, '/carriedForward');
    given(recorded2018).when(carried, { facts: {} }).refused(rule, '/carriedForward');
  });
  it(publishedPlanRules.aPublishedResultIsRecordedOnce.sentence, () =>
    given(recorded2018, requestsRecorded, resultRecorded)
      .when({ ...requestsInTime, result: { ...result, status: 'met' } }, { facts: {} })
      .refused(publishedPlanRules.aPublishedResultIsRecordedOnce, '/result/status'),
  );
});

describe('a line of published goals', () => {
  const { dueDate: _dueDate, ...line } = requestsInTime;
  it('needs an id and a title, and no more', () =>
    expect(publishedGoalIn({ goalId: 'a', title: 'A' })).toEqual({
      goalId: 'a',
      title: 'A',
      headings: [],
      carriedForward: false,
    }));
  it.each([
    ['an unknown field', { ...line, colour: 'blue' }, publishedPlanRules.aLineIsAPublishedGoal],
    ['a day that is not in the calendar', { ...line, dueDate: '2018-02-30' }, publishedPlanRules.aLineIsAPublishedGoal],
    [
      'a number with a percent sign',
      { ...line, target: { kind: 'max', value: '77%' } },
      publishedPlanRules.aLineIsAPublishedGoal,
    ],
    ['an unknown kind of target', { ...line, target: { kind: 'best' } }, publishedPlanRules.aLineIsAPublishedGoal],
    ['no object', 'goal', publishedPlanRules.aLineIsAPublishedGoal],
    [
      'a range upside down',
      { ...line, target: { kind: 'range', from: '10', to: '9' } },
      publishedPlanRules.aPublishedRangeHasItsEndsInOrder,
    ],
  ])('is refused with %s', (_what, given, rule) =>
    expect(() => publishedGoalIn(given)).toThrow(expect.objectContaining({ rule })),
  );
});
