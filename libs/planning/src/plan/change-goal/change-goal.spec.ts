import { specFor } from '@app/testing';
import { goalSet, inForce, leaksGoal, prioritising, settingGoals } from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { ChangeGoal, changeGoal } from './change-goal.js';

const { given } = specFor(plan, ChangeGoal, changeGoal);
const card = { direction: 'lower-is-better' as const, unit: 'working days', dimensions: ['district'] };
const facts = { facts: { card, goalsBefore: [] } };
const four = { ...leaksGoal, target: { kind: 'min' as const, value: '4' } };
const changed: PlanEvent = { type: 'GoalChanged', data: { ...four, by: 'p-clerk' } };

describe('change a goal', () => {
  it('stands changed, in the same place', () => {
    given(...prioritising)
      .when(four, facts)
      .then(changed);
    const second: PlanEvent = { type: 'GoalSet', data: { ...leaksGoal, goalId: 'second', by: 'p-clerk' } };
    expect([...settingGoals, goalSet, second, changed].reduce(plan.evolve, plan.initial)).toMatchObject({
      goals: [{ goalId: 'leaks-in-three-days', target: { value: '4' } }, { goalId: 'second' }],
    });
  });
  it('makes whoever changes it an author', () =>
    expect(
      [...settingGoals, goalSet, { ...changed, data: { ...changed.data, by: 'p-head' } } as PlanEvent].reduce(
        plan.evolve,
        plan.initial,
      ),
    ).toMatchObject({ authors: ['p-clerk', 'p-head'] }));
  it('sent twice, nothing happens', () =>
    given(...settingGoals, goalSet)
      .when(leaksGoal, facts)
      .then());
  it(planRules.aGoalExistsBeforeItIsChanged.sentence, () =>
    given(...settingGoals)
      .when(leaksGoal, facts)
      .refused(planRules.aGoalExistsBeforeItIsChanged, '/goal'),
  );
  it(planRules.aTargetIsBetterThanItsBaseline.sentence, () =>
    given(...prioritising)
      .when({ ...four, target: { kind: 'min', value: '9' }, trajectory: [] }, facts)
      .refused(planRules.aTargetIsBetterThanItsBaseline),
  );
  it(planRules.aDraftIsEdited.sentence, () =>
    given(...inForce)
      .when(four, facts)
      .refused(planRules.aDraftIsEdited),
  );
});
