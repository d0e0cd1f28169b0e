import type { RecordedEvent } from '@app/kernel';
import { planEvents, type PlanEvent } from '../../plan/plan.events.js';
import { complete, endorsed, inForce, opened, returned, submitted } from '../../plan/plan.examples.js';
import { plan } from '../../plan/plan.state.js';
import { plans, rowOf, type ListedPlan } from './plans.js';

type Handler = (doc: ListedPlan | undefined, event: RecordedEvent) => ListedPlan | undefined;
const handlers = plans.on as unknown as Readonly<Record<string, Handler>>;

function listed(events: readonly PlanEvent[]): ListedPlan | undefined {
  return events.reduce<ListedPlan | undefined>((doc, event, index) => {
    const recorded = {
      ...event,
      revision: BigInt(index),
      stream: { category: 'plan', tenant: 'boston', id: 'water-2026' },
      metadata: { occurredAt: '2026-04-01T09:00:00Z' },
    } as unknown as RecordedEvent;
    return handlers[event.type]!(doc, recorded);
  }, undefined);
}

const by = 'p-clerk';
const hash = 'a'.repeat(64);
const after: readonly PlanEvent[] = [
  {
    type: 'PlanRevisionProposed',
    data: { revisionId: 'one', changes: [], weakening: false, reason: 'Law', proposer: by },
  },
  { type: 'PlanRevisionRejected', data: { revisionId: 'one', reason: 'No', by } },
  {
    type: 'PlanRevisionProposed',
    data: { revisionId: 'two', changes: [], weakening: false, reason: 'Law', proposer: by },
  },
  { type: 'PlanRevisionPublished', data: { revisionId: 'two', version: 2, contentHash: hash, by } },
  { type: 'PlanCycleClosed', data: { on: '2029-03-31', reason: 'It has ended.', by } },
  {
    type: 'PlanEvaluated',
    data: {
      goals: [],
      process: { approach: 1, deployment: 1, learning: 1, integration: 1 },
      results: { levels: 1, trends: 1, comparisons: 1, integration: 1 },
      lessons: [],
      by,
    },
  },
];

describe('the list of plans', () => {
  it('hears every event of a plan', () => expect(Object.keys(plans.on).sort()).toEqual(Object.keys(planEvents).sort()));
  it('shows a plan from its opening on, with its revision', () =>
    expect(rowOf(listed([opened])!)).toMatchObject({
      plan: 'water-2026',
      title: 'Water that runs',
      status: 'cycle-open',
      predecessor: null,
      services: [],
      goals: 0,
      revision: '0',
    }));
  it('counts what is in it', () =>
    expect(rowOf(listed(inForce)!)).toMatchObject({
      status: 'published',
      version: 1,
      services: ['water-supply'],
      problems: 1,
      goals: 1,
      selectedSolutions: 1,
      revision: String(inForce.length - 1),
    }));
  it('shows the plans that others published', () =>
    expect(
      rowOf(
        listed([
          {
            type: 'PublishedPlanRecorded',
            data: {
              title: 'Plan 2018-19',
              cycle: 1,
              from: '2018-04-01',
              to: '2019-03-31',
              publishedBy: 'National Defence',
              source: 'Open data',
              sourceHash: hash,
              by,
            },
          },
        ])!,
      ),
    ).toMatchObject({ status: 'published', publishedBy: 'National Defence', version: 1 }));
  it('stands where the plan itself stands, after every event', () => {
    const removed: PlanEvent = { type: 'GoalRemoved', data: { goalId: 'leaks-in-three-days', reason: 'Twice', by } };
    for (const history of [
      [...inForce, ...after],
      [...complete, submitted, returned, removed],
      [...complete, submitted, endorsed, returned],
    ])
      history.forEach((_event, index) => {
        const events = history.slice(0, index + 1);
        const state = events.reduce(plan.evolve, plan.initial);
        if (state.status === 'unopened') throw new Error('It was opened.');
        expect(listed(events)).toMatchObject({
          status: state.status,
          version: state.version,
          problems: state.problems.length,
          goals: state.goals.length,
        });
      });
  });
  it('has no plan that was not opened', () => expect(listed([submitted])).toBeUndefined());
});
