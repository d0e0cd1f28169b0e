import type { Evaluated } from '@app/planning/events';
import { answered, heard, processSpecFor } from '@app/testing';
import {
  nextDates,
  nextPlanId,
  openNextCycleWhenCycleIsEvaluated,
  type CycleFacts,
} from './open-next-cycle-when-cycle-is-evaluated.process.js';
import type { ProcessEvent } from './process/process.events.js';
import { processInstance } from './process/process.state.js';

const { given } = processSpecFor(processInstance, openNextCycleWhenCycleIsEvaluated);

const of = (id: string) => ({ category: 'plan', tenant: 'boston', id });
const planEvaluated = heard({ type: 'PlanEvaluated', data: {} }, of('water'));
const nextOpened = heard({ type: 'PlanCycleOpened', data: { predecessor: 'water' } }, of('water-cycle-2'));
const carriedGoal = { plan: 'water', goalId: 'leaks' };
const goalSet = heard({ type: 'GoalSet', data: { carriedFrom: carriedGoal } }, of('water-cycle-2'));

const evaluated = (carried: Evaluated['carried'] = [], changed: Partial<Evaluated> = {}): Evaluated =>
  ({
    status: 'evaluated',
    title: 'Water that runs',
    cycle: 1,
    from: '2026-04-01',
    to: '2029-03-31',
    strategicPlanRef: 'Strategic plan, outcome 3',
    goals: [{ goalId: 'leaks' }, { goalId: 'calls' }],
    evaluation: {
      goals: [
        { goalId: 'leaks', verdict: 'not-met' },
        { goalId: 'calls', verdict: 'met' },
      ],
    },
    carried,
    ...changed,
  }) as unknown as Evaluated;
const carried = [{ goalId: 'leaks', toPlan: 'water-cycle-2' }];
const factsOf = (plan: Evaluated | undefined, next?: CycleFacts['next']): CycleFacts => ({
  tenant: 'boston',
  planId: 'water',
  evaluated: plan,
  next,
});
const opened = { planId: 'water-cycle-2', takenUp: [] };

const openNext: ProcessEvent = {
  type: 'CommandIssued',
  data: {
    name: 'open the next cycle',
    command: 'open-plan-cycle',
    target: 'water-cycle-2',
    data: {
      title: 'Water that runs',
      cycle: 2,
      from: '2029-04-01',
      to: '2032-03-31',
      predecessor: 'water',
      strategicPlanRef: 'Strategic plan, outcome 3',
    },
  },
};
const refused: ProcessEvent = {
  type: 'CommandRefused',
  data: { name: 'open the next cycle', rule: 'plan/a-plan-is-opened-once', sentence: 'It stands as something else.' },
};
const askToOpen = (reason: string): ProcessEvent => ({
  type: 'ActionRequested',
  data: {
    action: 'open-next-cycle',
    kind: 'open-plan-cycle',
    role: 'service-owner',
    subject: { kind: 'plan', stream: 'plan-boston/water' },
    reason,
  },
});
const successor: ProcessEvent = { type: 'Remembered', data: { name: 'successor', value: 'water-cycle-2' } };
const carry: ProcessEvent = {
  type: 'CommandIssued',
  data: {
    name: 'carry leaks to water-cycle-2',
    command: 'carry-goal-forward',
    target: 'water',
    data: { goalId: 'leaks', toPlan: 'water-cycle-2' },
  },
};
const carryAccepted: ProcessEvent = {
  type: 'CommandAccepted',
  data: { name: 'carry leaks to water-cycle-2', revision: '90', eventIds: [] },
};
const takeUp: ProcessEvent = {
  type: 'ActionRequested',
  data: {
    action: 'take-up leaks',
    kind: 'take-up-carried-goal',
    role: 'team-member',
    subject: { kind: 'goal', stream: 'plan-boston/water-cycle-2', id: 'leaks' },
    reason: 'The goal was carried forward from the cycle before; its team sets it in this one.',
  },
};
const done = (action: string): ProcessEvent => ({ type: 'ActionSettled', data: { action, outcome: 'done' } });

describe('open the next cycle when a cycle is evaluated', () => {
  it('opens it the day after, for as long', () => given().when(planEvaluated, factsOf(evaluated())).then(openNext));
  it('heard twice, opens it once', () => given(openNext).when(planEvaluated, factsOf(evaluated())).then());
  it('leaves a plan alone that is not evaluated, or that others decided on', () =>
    given().when(planEvaluated, factsOf(undefined)).then());
  it('carries the goals forward that were not met, once the next cycle is open', () =>
    given(openNext).when(nextOpened, factsOf(evaluated(), opened)).then(successor, carry));
  it('goes on with the cycle that somebody has opened before', () => {
    given().when(nextOpened, factsOf(undefined, opened)).then(successor);
    given(successor).when(planEvaluated, factsOf(evaluated(), opened)).then(carry);
  });
  it('asks the team of the next cycle to take a carried goal up, until it does', () => {
    given(successor, carry, carryAccepted)
      .when(answered('carry leaks to water-cycle-2'), factsOf(evaluated(carried), opened))
      .then(takeUp);
    given(successor, carry, carryAccepted, takeUp)
      .when(goalSet, factsOf(evaluated(carried), { ...opened, takenUp: ['leaks'] }))
      .then(done('take-up leaks'));
  });
  it('leaves a goal where it was carried to before', () =>
    given(successor)
      .when(planEvaluated, factsOf(evaluated([{ goalId: 'leaks', toPlan: 'pipes' }]), opened))
      .then());
  it('asks the owner to open it when that is refused, or when the strategic plan is not known', () => {
    given(openNext, refused)
      .when(answered('open the next cycle'), factsOf(evaluated()))
      .then(askToOpen('It stands as something else.'));
    const { strategicPlanRef: _unknown, ...without } = evaluated();
    given()
      .when(planEvaluated, factsOf(without))
      .then(askToOpen('The strategic plan that the next cycle serves is not known.'));
    given(openNext, refused, askToOpen('It stands as something else.'))
      .when(nextOpened, factsOf(evaluated([], { goals: [] }), opened))
      .then(successor, done('open-next-cycle'));
  });
  it('numbers the plans of the cycles', () => {
    expect(nextPlanId('water', 1)).toBe('water-cycle-2');
    expect(nextPlanId('water-cycle-2', 2)).toBe('water-cycle-3');
  });
  it('keeps the length in months where it is whole, else in days', () => {
    expect(nextDates({ from: '2026-01-01', to: '2026-12-31' })).toEqual({ from: '2027-01-01', to: '2027-12-31' });
    expect(nextDates({ from: '2026-01-01', to: '2026-01-10' })).toEqual({ from: '2026-01-11', to: '2026-01-20' });
  });
});
