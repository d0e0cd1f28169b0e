import { KilledServer, whatIsWrong } from '../spec-support/killed-server.js';

const ROUNDS = 25;

describe('The embedded document store in a process that is killed again and again', () => {
  const server = new KilledServer();
  afterAll(() => server.close());

  test(`given load, when it is killed ${ROUNDS} times at random moments, then it is whole after each`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await server.loadAndKill(round, 1 + Math.floor(Math.random() * 40), Math.random() * 30);
      const { child, says } = await server.start();
      expect(await whatIsWrong(server, says)).toEqual([]);
      child.kill('SIGKILL');
    }
    expect(Math.max(...server.acknowledged.values())).toBeGreaterThan(ROUNDS);
  });
});
