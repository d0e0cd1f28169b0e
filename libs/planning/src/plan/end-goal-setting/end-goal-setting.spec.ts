import { specFor } from '@app/testing';
import { diagnosed, goalSet, goalSettingEnded, inForce, prioritising, settingGoals } from '../plan.examples.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { EndGoalSetting, endGoalSetting } from './end-goal-setting.js';

const { given } = specFor(plan, EndGoalSetting, endGoalSetting);

describe('end the setting of goals', () => {
  it('ends, and solutions are ranked', () =>
    given(...settingGoals, goalSet)
      .when({})
      .then(goalSettingEnded));
  it('sent twice, nothing happens', () =>
    given(...prioritising)
      .when({})
      .then());
  it(planRules.onlyGoalSettingEnds.sentence, () => {
    for (const history of [diagnosed, inForce])
      given(...history)
        .when({})
        .refused(planRules.onlyGoalSettingEnds);
  });
  it(planRules.everyProblemHasAGoalBeforePrioritising.sentence, () =>
    given(...settingGoals)
      .when({})
      .refused(planRules.everyProblemHasAGoalBeforePrioritising, '/problems'),
  );
});
