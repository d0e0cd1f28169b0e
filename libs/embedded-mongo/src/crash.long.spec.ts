import { KilledDatabase } from '../spec-support/killed-database.js';
import { KilledServer, whatIsWrong } from '../spec-support/killed-server.js';

const ROUNDS = 25;
const ROUNDS_OF_CLIENTS = 100;

describe('The embedded document store in a process that is killed again and again', () => {
  const server = new KilledServer();
  afterAll(() => server.close());

  test(`given load, when it is killed ${ROUNDS_OF_CLIENTS} times at random moments, then all that its clients saw fits one order`, async () => {
    const database = new KilledDatabase();
    for (let round = 0; round < ROUNDS_OF_CLIENTS; round++)
      expect(await database.round(1 + Math.floor(Math.random() * 400), Math.random() * 40)).toEqual([]);
    process.stdout.write(`${database.acknowledged} acknowledged writes in ${ROUNDS_OF_CLIENTS} rounds\n`);
    await database.program.clear();
  });

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
