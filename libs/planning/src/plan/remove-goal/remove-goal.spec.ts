import { specFor } from '@app/testing';
import { complete, goalSet, inForce, settingGoals } from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { RemoveGoal, removeGoal } from './remove-goal.js';

const { given } = specFor(plan, RemoveGoal, removeGoal);
const twice = { goalId: 'leaks-in-three-days', reason: 'Another goal measures the same.' };
const removed: PlanEvent = { type: 'GoalRemoved', data: { ...twice, by: 'p-clerk' } };

describe('remove a goal', () => {
  it('stands no more', () =>
    given(...settingGoals, goalSet)
      .when(twice)
      .then(removed));
  it('sent twice, nothing happens', () =>
    given(...settingGoals, goalSet, removed)
      .when(twice)
      .then());
  it(planRules.aGoalExistsBeforeItIsChanged.sentence, () =>
    given(...settingGoals)
      .when(twice)
      .refused(planRules.aGoalExistsBeforeItIsChanged, '/goal'),
  );
  it(planRules.aRemovalNamesItsReason.sentence, () =>
    given(...settingGoals, goalSet)
      .when({ ...twice, reason: ' ' })
      .refused(planRules.aRemovalNamesItsReason, '/reason'),
  );
  it(planRules.aGoalThatASolutionServesStays.sentence, () =>
    given(...complete)
      .when(twice)
      .refused(planRules.aGoalThatASolutionServesStays, '/goal'),
  );
  it(planRules.aDraftIsEdited.sentence, () =>
    given(...inForce)
      .when(twice)
      .refused(planRules.aDraftIsEdited),
  );
});
