import { specFor } from '@app/testing';
import { diagnosed, goalSet, inForce, leaksGoal, prioritising, settingGoals } from '../plan.examples.js';
import type { Goal } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import type { GoalCard } from '../sound-goal.js';
import { SetGoal, setGoal } from './set-goal.js';

const { given } = specFor(plan, SetGoal, setGoal);
const card: GoalCard = { direction: 'lower-is-better', unit: 'working days', dimensions: ['district'] };
const facts = { facts: { card, goalsBefore: ['leaks-in-five-days'] } };
const calls: Goal = {
  goalId: 'calls-answered',
  title: 'Nine of ten calls are answered within a minute',
  problemIds: ['slow-repairs'],
  indicatorId: 'calls-answered',
  baseline: { value: '60' },
  target: { kind: 'max', value: '90' },
  unit: 'percent',
  direction: 'higher-is-better',
  dueDate: '2028-12-31',
  trajectory: [],
};
const callsCard: GoalCard = { direction: 'higher-is-better', unit: 'percent', dimensions: [] };
const higher = { facts: { card: callsCard, goalsBefore: [] } };
const refused = (change: Partial<Goal>, rule: keyof typeof planRules, pointer?: string) =>
  given(...settingGoals)
    .when({ ...leaksGoal, ...change }, facts)
    .refused(planRules[rule], pointer);

describe('set a goal', () => {
  it('is set with everything that makes it measurable', () =>
    given(...settingGoals)
      .when(leaksGoal, facts)
      .then(goalSet));
  it('may be set in parts: what is missing is asked for at submission', () => {
    const begun: Goal = { goalId: 'begun', title: 'Faster', problemIds: ['slow-repairs'], trajectory: [] };
    given(...settingGoals)
      .when(begun, { facts: { goalsBefore: [] } })
      .then({ type: 'GoalSet', data: { ...begun, by: 'p-clerk' } });
  });
  it.each<[string, Partial<Goal>]>([
    ['a range', { direction: 'within-band', target: { kind: 'range', from: '2', to: '2' } }],
    ['exactly a value', { direction: 'within-band', target: { kind: 'target', value: '2' } }],
    ['words', { direction: 'milestone', target: { kind: 'text', text: 'The depot is open.' } }],
  ])('may aim at %s', (_what, change) => {
    const { equityFloor: _floor, ...goal } = { ...leaksGoal, ...change, trajectory: [] };
    given(...settingGoals)
      .when(goal, facts)
      .then({ type: 'GoalSet', data: { ...goal, by: 'p-clerk' } });
  });
  it('may aim at more, and go on with a goal of the predecessor', () => {
    given(...settingGoals)
      .when(calls, higher)
      .then({ type: 'GoalSet', data: { ...calls, by: 'p-clerk' } });
    const [opening, ...rest] = settingGoals;
    const second = { ...opening, data: { ...opening.data, cycle: 2, predecessor: 'water-2023' } } as const;
    const carried = { ...leaksGoal, carriedFrom: { plan: 'water-2023', goalId: 'leaks-in-five-days' } };
    given(second, ...rest)
      .when(carried, facts)
      .then({ type: 'GoalSet', data: { ...carried, by: 'p-clerk' } });
  });
  it('sent twice, nothing happens', () =>
    given(...settingGoals, goalSet)
      .when(leaksGoal, facts)
      .then());
  it(planRules.goalsFollowTheDiagnosis.sentence, () =>
    given(...diagnosed)
      .when(leaksGoal, facts)
      .refused(planRules.goalsFollowTheDiagnosis),
  );
  it('is not set in a plan in force', () =>
    given(...inForce)
      .when(calls, higher)
      .refused(planRules.aDraftIsEdited));
  it(planRules.aGoalIsSetOnce.sentence, () =>
    given(...prioritising)
      .when({ ...leaksGoal, title: 'Faster' }, facts)
      .refused(planRules.aGoalIsSetOnce, '/id'),
  );
  it(planRules.aRemovedGoalDoesNotComeBack.sentence, () =>
    given(...settingGoals, goalSet, {
      type: 'GoalRemoved',
      data: { goalId: 'leaks-in-three-days', reason: 'Twice', by: 'p-clerk' },
    })
      .when(leaksGoal, facts)
      .refused(planRules.aRemovedGoalDoesNotComeBack, '/id'),
  );
  it.each([[[]], [['unknown']], [['slow-repairs', 'slow-repairs']]])(
    `${planRules.aGoalServesProblemsOfThePlan.sentence} Not %j.`,
    (problemIds) => refused({ problemIds }, 'aGoalServesProblemsOfThePlan', '/problems'),
  );
  it(planRules.aCarriedGoalIsOfThePredecessor.sentence, () =>
    refused({ carriedFrom: { plan: 'water-2023', goalId: 'leaks-in-five-days' } }, 'aCarriedGoalIsOfThePredecessor'),
  );
  it(planRules.goalNumbersAreDecimals.sentence, () => {
    refused({ baseline: { value: 'nine' } }, 'goalNumbersAreDecimals', '/baseline/value');
    refused({ target: { kind: 'min', value: '3e0' } }, 'goalNumbersAreDecimals', '/target/value');
    refused({ target: { kind: 'range', from: '1', to: '' } }, 'goalNumbersAreDecimals', '/target/to');
    refused({ trajectory: [{ period: '2027', expected: '+5' }] }, 'goalNumbersAreDecimals', '/trajectory/0/expected');
    refused({ equityFloor: { dimension: 'district', floor: '.5' } }, 'goalNumbersAreDecimals', '/equityFloor/floor');
    refused({ weight: '1/2' }, 'goalNumbersAreDecimals', '/weight');
  });
  it(planRules.aGoalMeasuresADefinedIndicator.sentence, () =>
    given(...settingGoals)
      .when(leaksGoal, { facts: { goalsBefore: [] } })
      .refused(planRules.aGoalMeasuresADefinedIndicator, '/indicator'),
  );
  it(planRules.theDirectionFollowsTheIndicator.sentence, () =>
    refused({ direction: 'higher-is-better' }, 'theDirectionFollowsTheIndicator', '/direction'),
  );
  it(planRules.theUnitFollowsTheIndicator.sentence, () =>
    refused({ unit: 'hours' }, 'theUnitFollowsTheIndicator', '/unit'),
  );
  it(planRules.theTargetFollowsTheDirection.sentence, () =>
    refused({ target: { kind: 'max', value: '12' } }, 'theTargetFollowsTheDirection', '/target/kind'),
  );
  it(planRules.aRangeHasItsEndsInOrder.sentence, () =>
    refused(
      { direction: 'within-band', target: { kind: 'range', from: '3', to: '2' } },
      'aRangeHasItsEndsInOrder',
      '/target/to',
    ),
  );
  it.each(['9', '9.1'])(`${planRules.aTargetIsBetterThanItsBaseline.sentence} Not at most %s, from 9.`, (value) =>
    refused({ target: { kind: 'min', value }, trajectory: [] }, 'aTargetIsBetterThanItsBaseline', '/target/value'),
  );
  it(`${planRules.aTargetIsBetterThanItsBaseline.sentence} (more is better)`, () =>
    given(...settingGoals)
      .when({ ...calls, target: { kind: 'max', value: '60' } }, higher)
      .refused(planRules.aTargetIsBetterThanItsBaseline, '/target/value'));
  it.each(['2026-03-31', '2029-04-01'])(`${planRules.theDueDateLiesInThePlan.sentence} Not on %s.`, (dueDate) =>
    refused({ dueDate, trajectory: [] }, 'theDueDateLiesInThePlan', '/dueDate'),
  );
  it.each<[string, Goal['trajectory']]>([
    ['no period', [{ period: 'soon', expected: '7' }]],
    ['before the plan', [{ period: '2026-Q1', expected: '7' }]],
    ['after the due date', [{ period: '2029-Q1', expected: '7' }]],
    [
      'twice',
      [
        { period: '2027', expected: '7' },
        { period: '2027', expected: '6' },
      ],
    ],
    [
      'back in time',
      [
        { period: '2028', expected: '7' },
        { period: '2027', expected: '6' },
      ],
    ],
    [
      'away from the target',
      [
        { period: '2027', expected: '5' },
        { period: '2028', expected: '6' },
      ],
    ],
    ['worse than the baseline', [{ period: '2027', expected: '9.5' }]],
    ['beyond the target', [{ period: '2027', expected: '2' }]],
  ])(`${planRules.aTrajectoryLeadsToTheTarget.sentence} (%s)`, (_what, trajectory) =>
    refused({ trajectory }, 'aTrajectoryLeadsToTheTarget', '/trajectory'),
  );
  it(planRules.anEquityFloorUsesADimensionOfTheIndicator.sentence, () => {
    refused(
      { equityFloor: { dimension: 'ward', floor: '4' } },
      'anEquityFloorUsesADimensionOfTheIndicator',
      '/equityFloor/dimension',
    );
    const { indicatorId: _indicator, ...without } = leaksGoal;
    given(...settingGoals)
      .when(without, { facts: { goalsBefore: [] } })
      .refused(planRules.anEquityFloorUsesADimensionOfTheIndicator, '/equityFloor');
  });
  it(planRules.aFloorAsksNoMoreThanTheTarget.sentence, () =>
    refused({ equityFloor: { dimension: 'district', floor: '2' } }, 'aFloorAsksNoMoreThanTheTarget'),
  );
  it.each(['0', '-0.5', '1.01'])(`${planRules.aWeightIsAboveZeroAndAtMostOne.sentence} Not %s.`, (weight) =>
    refused({ weight }, 'aWeightIsAboveZeroAndAtMostOne', '/weight'),
  );
});
