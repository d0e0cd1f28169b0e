import type { RecordedEvent } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import { goalSet, inForce, leaksGoal, opened, prioritising, weakeningProposed } from './plan.examples.js';
import type { PlanEvent } from './plan.events.js';
import { plan } from './plan.state.js';
import { planHistory, type HistoryEntry } from './plan-history.js';

const recorded = (event: PlanEvent, index: number): RecordedEvent =>
  ({
    ...event,
    revision: BigInt(index),
    recordedAt: new Date('2026-01-05T09:00:01Z'),
    metadata: { ...exampleMetadata, legalBasis: 'Regulation 38' },
  }) as unknown as RecordedEvent;

async function historyOf(...events: readonly PlanEvent[]): Promise<HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  for await (const entry of planHistory(events.map(recorded), plan.initial)) entries.push(entry);
  return entries;
}

describe('the history of a plan', () => {
  it('says who did what, when, in which role and on what basis', async () => {
    const [first] = await historyOf(opened);
    expect(first).toMatchObject({
      revision: '0',
      type: 'PlanCycleOpened',
      occurredAt: '2026-01-05T09:00:00Z',
      recordedAt: '2026-01-05T09:00:01.000Z',
      person: 'p-clerk',
      role: 'administrator',
      legalBasis: 'Regulation 38',
      data: { title: 'Water that runs' },
    });
    expect(first!.changed).toContainEqual({ pointer: '/status', before: 'unopened', after: 'cycle-open' });
  });
  it('names what changed by the ids of the parts', async () => {
    const changed: PlanEvent = {
      type: 'GoalChanged',
      data: { ...leaksGoal, target: { kind: 'min', value: '2' }, by: 'p-clerk' },
    };
    const entries = await historyOf(...prioritising, changed);
    expect(entries.at(-1)!.changed).toEqual([
      { pointer: '/goals/leaks-in-three-days/target/value', before: '3', after: '2' },
    ]);
    expect(entries[prioritising.indexOf(goalSet as never)]!.changed).toEqual([
      { pointer: '/goals/leaks-in-three-days', after: leaksGoal },
    ]);
  });
  it('shows only the part that went away, not those behind it', async () => {
    const other: PlanEvent = { type: 'GoalSet', data: { ...leaksGoal, goalId: 'another', by: 'p-clerk' } };
    const removed: PlanEvent = {
      type: 'GoalRemoved',
      data: { goalId: 'leaks-in-three-days', reason: 'Two in one.', by: 'p-clerk' },
    };
    const entries = await historyOf(...prioritising, other, removed);
    expect(entries.at(-1)!.changed).toEqual([
      { pointer: '/goals/leaks-in-three-days', before: leaksGoal },
      { pointer: '/removedGoals/0', after: 'leaks-in-three-days' },
    ]);
  });
  it('has an entry for every event, and each of them leads to the state of the plan', async () => {
    const history = [...inForce, weakeningProposed];
    const entries = await historyOf(...history);
    expect(entries.map(({ type }) => type)).toEqual(history.map(({ type }) => type));
    expect(entries.every(({ changed }) => changed.length > 0)).toBe(true);
  });
});
