import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore } from '@app/embedded-eventstore';
import { EventLog, StreamDecider } from '@app/event-store';
import { Command } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
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

const goals = Array.from({ length: 500 }, (_, index): PlanEvent => ({
  type: 'GoalSet',
  data: { ...leaksGoal, goalId: `goal-${index}`, weight: '0.002', by: 'p-clerk' },
}));

it('a plan of 500 goals fits in one snapshot, so that it is loaded in one read', () => {
  const snapshot = snapshotOf([...settingGoals, ...goals]);
  expect(decode(JSON.parse(snapshot) as object)).toMatchObject({ goals: { length: 500 } });
  expect(Buffer.byteLength(snapshot)).toBeLessThan(500 * 1024);
});

class Happen extends Command<{ readonly events: readonly PlanEvent[] }> {}

it('and another process reads only what came after that snapshot', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plan-snapshot-'));
  const store = await startEmbeddedEventStore({ dataDir: folder });
  const log = EventLog.connect(store.connectionString);
  const happens = (decider: StreamDecider, index: number, events: readonly PlanEvent[]) => {
    const commandId = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const command = new Happen('boston', 'water-2026', { events }, { ...exampleMetadata, commandId });
    return decider.execute(plan, command, ({ data }) => data.events, undefined);
  };
  try {
    const decider = new StreamDecider(log);
    await happens(decider, 0, settingGoals);
    for (let index = 0; index < 5; index++)
      await happens(decider, index + 1, goals.slice(index * 100, index * 100 + 100));
    const newest = async () => (await log.last('snapshot-plan-boston/water-2026'))?.revision;
    for (let waited = 0; (await newest()) === undefined && waited < 100; waited++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    let read = 0;
    const counted = {
      ...plan,
      evolve: (...given: Parameters<typeof plan.evolve>) => ((read += 1), plan.evolve(...given)),
    };
    const { state, revision } = await new StreamDecider(log).load(counted, 'boston', 'water-2026');
    expect(state).toMatchObject({ goals: { length: 500 } });
    expect(revision).toBe(BigInt(settingGoals.length + 499));
    expect(read).toBeLessThan(100 + settingGoals.length);
  } finally {
    await log.close();
    await store.close();
    rmSync(folder, { recursive: true });
  }
});

it('a fold that makes another state of the same events has another snapshot version', () => {
  const states = history.map((_, index) => snapshotOf(history.slice(0, index + 1)));
  const digest = createHash('sha256').update(states.join('\n')).digest('hex').slice(0, 16);
  // When the digest differs and the examples are the same: raise the version in plan.state.ts, then put both here.
  expect({ version: plan.snapshot!.version, digest }).toEqual({ version: 1, digest: '7564f35d26541ff9' });
});
