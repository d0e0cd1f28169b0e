import { KilledGroup } from '../spec-support/killed-group.js';

const LIVES = 20;

describe('A persistent subscription on a server that is killed again and again', () => {
  const killed = new KilledGroup();
  afterAll(() => killed.remove());

  it(`given consumers at work, when the process is killed ${LIVES} times, then every event that nobody acknowledged comes again`, async () => {
    for (let life = 0; life < LIVES; life++) await killed.live(20 + ((life * 37) % 400));
    expect(killed.parked.size).toBeGreaterThan(0);
    expect((await killed.settle()).missing).toEqual([]);
  }, 300_000);
});
