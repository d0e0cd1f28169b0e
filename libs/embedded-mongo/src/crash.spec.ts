import { KilledDatabase } from '../spec-support/killed-database.js';
import { KilledServer, whatIsWrong } from '../spec-support/killed-server.js';

const ROUNDS = 1;
const ROUNDS_OF_CLIENTS = 3;

describe('The embedded document store in a process that is killed', () => {
  const server = new KilledServer();
  afterAll(() => server.close());

  test(`given load, when it is killed ${ROUNDS_OF_CLIENTS} times, then all that its clients saw fits one order, and nothing is missing`, async () => {
    const database = new KilledDatabase();
    for (let round = 0; round < ROUNDS_OF_CLIENTS; round++)
      expect(await database.round(60 + 40 * round, 5 * round)).toEqual([]);
    await database.program.clear();
  }, 60_000);

  test(`given load, when it is killed ${ROUNDS} times, then no acknowledged write is lost and no document is torn`, async () => {
    for (let round = 0; round < ROUNDS; round++) await server.loadAndKill(round, 4 + round, 3 * round);
    const { says } = await server.start();
    expect(server.acknowledged.size).toBeGreaterThan(0);
    expect(await whatIsWrong(server, says)).toEqual([]);
  });

  test('given it runs, when a second process opens the folder, then that one is refused and told what to do', async () => {
    const { says } = await server.start();
    expect(says).toMatch(
      /^refused: .* is in use by another embedded document store \(process \d+\)\. Connect to that one, or stop it/,
    );
  });
});
