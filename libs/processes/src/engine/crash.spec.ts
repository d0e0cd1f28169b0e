import { killedEngine } from '../../spec-support/killed-engine.js';

const rounds = 1;

it(`given events, when the process that hears them is killed, and again when its timers are due, then every command and timer has its effect exactly once`, async () => {
  const { interrupted, broken, mended, timersSet, timersElapsed, lookedAfter } = await killedEngine(rounds);
  expect(interrupted).toBe(rounds);
  expect(Object.keys(mended)).toHaveLength(broken);
  expect(Object.values(mended).filter((times) => times !== 1)).toEqual([]);
  expect({ timersSet, timersElapsed, lookedAfter }).toEqual({
    timersSet: broken,
    timersElapsed: broken,
    lookedAfter: broken,
  });
}, 120_000);
