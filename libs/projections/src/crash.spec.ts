import { killedProjector } from '../spec-support/killed-projector.js';

const rounds = 3;

it(`given events, when the projecting process is killed ${rounds} times, then each has its effect exactly once`, async () => {
  const { boards, tallies, plain, counted, interrupted, again } = await killedProjector(rounds);
  expect(interrupted).toBeGreaterThan(0);
  const living = boards.filter((board) => !('_deleted' in board)).map((board) => ({ ...board, _v: undefined }));
  expect(new Set(living)).toEqual(new Set(plain.map((board) => ({ ...board, _v: undefined }))));
  expect(tallies).toHaveLength(counted);
  expect(again).toEqual({ boards, tallies });
}, 120_000);
