import { KilledGroup } from '../spec-support/killed-group.js';

describe('A persistent subscription on a server that is killed', () => {
  const killed = new KilledGroup();
  afterAll(() => killed.remove());

  it('given consumers at work, when the process is killed twice, then every event that nobody acknowledged comes again', async () => {
    for (const events of [60, 90]) await killed.live(events);
    expect(killed.delivered.size).toBeGreaterThan(0);
    expect((await killed.settle()).missing).toEqual([]);
  }, 60_000);
});
