import { by } from './plan.examples.js';
import type { PlanEvent } from './plan.events.js';
import { plan, type PlanState } from './plan.state.js';

export const planOf2018 = {
  title: 'Departmental Plan 2018-19',
  cycle: 2,
  from: '2018-04-01',
  to: '2019-03-31',
  publishedBy: 'Treasury Board Secretariat',
  source: 'GC InfoBase',
  sourceHash: 'b'.repeat(64),
};
export const planOf2019 = {
  ...planOf2018,
  title: 'Departmental Plan 2019-20',
  cycle: 3,
  from: '2019-04-01',
  to: '2020-03-31',
  predecessor: 'boston',
};
export const requestsInTime = {
  goalId: 'dr-quant-329',
  title: 'Access to information requests answered in time',
  headings: ['core responsibility', 'Administrative Leadership'],
  indicatorId: 'dr-quant-329',
  target: { kind: 'max' as const, value: '100.00' },
  unit: 'percent',
  direction: 'higher-is-better' as const,
  dueDate: '2019-03-31',
  carriedForward: false,
};
const { carriedForward: _carriedForward, ...requestsTerms } = requestsInTime;
export const requestsGoal = { ...requestsTerms, problemIds: [], trajectory: [] };

export const recorded2018: PlanEvent = { type: 'PublishedPlanRecorded', data: { ...planOf2018, by } };
export const recorded2019: PlanEvent = { type: 'PublishedPlanRecorded', data: { ...planOf2019, by } };
export const requestsRecorded: PlanEvent = { type: 'GoalSet', data: { ...requestsGoal, by } };
/** The plan of the next cycle, which goes on with the goal. */
export const requestsCarried: PlanEvent = {
  type: 'GoalSet',
  data: { ...requestsGoal, dueDate: '2020-03-31', carriedFrom: { plan: 'boston', goalId: 'dr-quant-329' }, by },
};
export const closed2018: PlanEvent = {
  type: 'PlanCycleClosed',
  data: { on: '2019-03-31', reason: 'Departmental Plan 2019-20 was published.', by },
};

export const stateAfter = (...events: readonly PlanEvent[]): PlanState => events.reduce(plan.evolve, plan.initial);
