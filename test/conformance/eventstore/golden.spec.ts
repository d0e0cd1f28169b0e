import { resolve } from 'node:path';
import { Player } from './player.js';
import { Recordings } from './recordings.js';

const PROJECT = resolve(__dirname, '../../..');
/** Those that wait for nothing; `npm run conformance:eventstore` plays all. */
const QUICK = ['append-expected-batch', 'append-idempotency', 'delete', 'names', 'read-stream'];

describe('What a real EventStoreDB 24.2.0 answered, the embedded event store answers', () => {
  const recordings = new Recordings(PROJECT);
  const player = new Player(recordings, PROJECT);
  afterAll(() => player.close());

  it.each(QUICK)('given the scenario %s, when it is played, then every step is as recorded or listed', async (name) => {
    const steps = await player.playEmbedded(name);
    expect(steps.length).toBeGreaterThan(0);
    expect(recordings.judge(name, steps).filter(({ kind }) => kind === 'different')).toEqual([]);
  });

  it('given a step that was answered otherwise, when it is judged, then it is told apart from those that are listed', () => {
    const recorded = recordings.steps('read-all');
    const wrong = recorded.map((step, index) => (index === 0 ? { ...step, result: 'something else' } : step));
    const listed = recorded.map((step) => {
      const difference = recordings.differences.find((one) => one.scenario === 'read-all' && one.step === step.step);
      return difference === undefined ? step : { step: step.step, ...difference.ours };
    });
    const kinds = (steps: typeof recorded): string[] => recordings.judge('read-all', steps).map(({ kind }) => kind);
    expect(kinds(recorded)).not.toContain('different');
    expect(kinds(wrong).filter((kind) => kind === 'different')).toHaveLength(1);
    expect(kinds(listed)).toContain('listed');
    expect(kinds(recorded.slice(1))).toContain('different');
  });

  it('given the list of differences, when it is read, then each names a recorded step and a reason', () => {
    for (const { scenario, step, ours, reason } of recordings.differences) {
      const steps = recordings.steps(scenario);
      expect(steps.map((recorded) => recorded.step)).toContain(step);
      expect(steps).not.toContainEqual({ step, ...ours });
      expect(reason).toMatch(/^(Kinder|Stricter): /);
    }
  });
});
