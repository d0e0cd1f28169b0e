import { complete, endorsed, inForce, leaksGoal, returned, settingGoals, submitted } from './plan.examples.js';
import type { PlanEvent } from './plan.events.js';
import { plan } from './plan.state.js';

const { encode, decode } = plan.snapshot!;
const history: readonly PlanEvent[] = [...complete, submitted, endorsed, returned, ...inForce.slice(-4)];
const snapshotOf = (events: readonly PlanEvent[]) => JSON.stringify(encode(events.reduce(plan.evolve, plan.initial)));

it.each(history.map(({ type }, index) => [index + 1, type]))(
  'a snapshot after %i events (%s) goes on as the plan itself does',
  (count) => {
    const restored = decode(JSON.parse(snapshotOf(history.slice(0, count))) as object);
    const later = history.slice(count).reduce(plan.evolve, restored);
    expect(later).toEqual(history.reduce(plan.evolve, plan.initial));
  },
);

it('a plan of 500 goals fits in one snapshot, so that it is loaded in one read', () => {
  const goals = Array.from({ length: 500 }, (_, index): PlanEvent => ({
    type: 'GoalSet',
    data: { ...leaksGoal, goalId: `goal-${index}`, weight: '0.002', by: 'p-clerk' },
  }));
  const snapshot = snapshotOf([...settingGoals, ...goals]);
  expect(decode(JSON.parse(snapshot) as object)).toMatchObject({ goals: { length: 500 } });
  expect(Buffer.byteLength(snapshot)).toBeLessThan(500 * 1024);
});
